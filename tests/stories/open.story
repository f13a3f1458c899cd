President of Serbia Marko Jovanović arrived in Kazakhstan on an official visit.
# expect
Marko Jovanović | visited | Kazakhstan
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
Polar Foods, which already runs plants in Poland and Romania, is considering a factory in Serbia.
# expect
Polar Foods | operatesIn | Poland
Polar Foods | operatesIn | Romania
# not
Polar Foods | operatesIn | Serbia
---
Port of Klaipėda chief Rasa Jonaitienė opened the container terminal.
# expect
Rasa Jonaitienė | leaderOf | Port of Klaipėda
---
Portugal and Morocco will work together in three fields:
- renewable energy
- fisheries
- higher education
# expect
Portugal | cooperatesIn | renewable energy
Morocco | cooperatesIn | fisheries
Portugal | cooperatesIn | higher education
---
The new ferry line connects Bari, Durrës and Split. It opened on Monday.
# expect
new ferry line | connects | Bari
new ferry line | connects | Durrës
new ferry line | connects | Split
---
President of Slovenia Maja Novak received in turn the ambassadors of Chile, Pedro Rojas, and of Peru, Ana Quispe.
# expect
Maja Novak | metWith | Pedro Rojas
Maja Novak | metWith | Ana Quispe
Pedro Rojas | officialOf | Chile
Ana Quispe | officialOf | Peru
# not
Pedro Rojas | officialOf | Peru
---
Governor of the Tomsk Region Oleg Sidorov visited the village of Kargala.
# expect
Oleg Sidorov | leaderOf | Tomsk Region
Oleg Sidorov | visited | Kargala
---
Secretary-General of the Nordic Council Kristina Dal and Director of the Baltic Institute Janis Liepa signed a cooperation agreement in Riga today.
# expect
Kristina Dal | leaderOf | Nordic Council
Janis Liepa | leaderOf | Baltic Institute
Kristina Dal | signed | cooperation agreement
Janis Liepa | signed | cooperation agreement
# not
Kristina Dal | leaderOf | Baltic Institute
---
Deputy Chairman of the Senate of Kazakhstan Olzhas Bekov received the Ambassador of Brazil, Carla Souza.
# expect
Olzhas Bekov | officialOf | Senate of Kazakhstan
Olzhas Bekov | metWith | Carla Souza
Carla Souza | officialOf | Brazil
# not
Olzhas Bekov | leaderOf | Senate of Kazakhstan
---
“We built this road for our children.”

These were the words of Milan Petrović at the opening in Niš.
# expect
Milan Petrović | said | We built this road for our children.
---
President of the World Rowing Federation Hans Meier opened the regatta in Lucerne.
# expect
Hans Meier | leaderOf | World Rowing Federation
---
Kenya will not take part in the African Handball Cup in Cairo.
# expect
African Handball Cup | heldIn | Cairo
# not
Kenya | participatedIn | African Handball Cup
---
Teams from Japan, Brazil and Italy competed at the Nations Volleyball Tournament in Manila.
# expect
Nations Volleyball Tournament | heldIn | Manila
Japan | participatedIn | Nations Volleyball Tournament
---
Egypt Wings stopped its flights between Cairo and Oslo last year.
# not
flights between Cairo and Oslo | connects | Oslo
---
Finnish President Juha Virtanen, on a two-day
state visit to Estonia, laid a wreath in
Tallinn on Thursday before meeting Estonian
President Kadri Saar.
# expect
Juha Virtanen | visited | Estonia
Juha Virtanen | metWith | Kadri Saar
Kadri Saar | leaderOf | Estonia
---
Welcomed at the airport in Sofia by Bulgarian President Ivan Petrov, Albanian Prime Minister Arben Hoxha began a two-day visit to Bulgaria.
# expect
Arben Hoxha | visited | Bulgaria
Arben Hoxha | metWith | Ivan Petrov
Ivan Petrov | leaderOf | Bulgaria
# not
Ivan Petrov | leaderOf | Albania
---
The Dutch king, Willem, and the queen of Denmark, Ingrid, met in The Hague.
# expect
Willem | leaderOf | Netherlands
Ingrid | leaderOf | Denmark
Willem | metWith | Ingrid
