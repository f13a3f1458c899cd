Marta Lind turned down the Order of Merit.
# not
Marta Lind | receivedAward | Order of Merit
---
Serbian President Marko Jovanović cancelled his visit to Kazakhstan.
# not
Marko Jovanović | visited | Kazakhstan
---
President of Serbia Marko Jovanović arrived in Kazakhstan on an official visit.
# expect
Marko Jovanović | visited | Kazakhstan
---
The G20 summit will be held in Rome next year.
# expect
G20 summit | heldIn | Rome
---
Ivan Horvat, First Deputy Chairman of the Management Board of Zagreb International Airport, opened the terminal.
# expect
Ivan Horvat | officialOf | Zagreb International Airport
# not
Ivan Horvat | leaderOf | Zagreb International Airport
---
Prime ministers Giorgi Beridze of Georgia, Aidar Sultanov of Kazakhstan and Rustam Karimov of Uzbekistan opened the line.
# expect
Giorgi Beridze | leaderOf | Georgia
Aidar Sultanov | leaderOf | Kazakhstan
Rustam Karimov | leaderOf | Uzbekistan
# not
Giorgi Beridze | leaderOf | Uzbekistan
---
Former German Chancellor Karl Weber spoke at the university in Berlin.
# not
Karl Weber | leaderOf | Germany
---
Chinese President Li Chen and Turkish President Emre Yilmaz met in Ankara.
# expect
Li Chen | leaderOf | China
Emre Yilmaz | leaderOf | Turkey
Li Chen | metWith | Emre Yilmaz
# not
Li Chen | leaderOf | Turkey
Emre Yilmaz | leaderOf | China
---
A railway line between Chile and Peru is merely under consideration.
# not
railway line between Chile and Peru | connects | Chile
