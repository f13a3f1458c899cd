If the parliament agrees, Iceland will join the European Union in 2030.
# not
Iceland | memberOf | European Union
---
Croatian President Ivan Horvat is expected in Skopje on Thursday.
# expect
Ivan Horvat | visited | Skopje | planned
# not
Ivan Horvat | visited | Skopje
---
Georgian Prime Minister Giorgi Beridze has been invited to visit Finland.
# not
Giorgi Beridze | visited | Finland
---
Honduras left the Lima Group in 2022.
# not
Honduras | memberOf | Lima Group
---
Neither Hungary nor Slovakia signed the Vienna Declaration.
# not
Hungary | signed | Vienna Declaration
Slovakia | signed | Vienna Declaration
---
Bolivian President Luis Choque could meet Paraguayan President Marta Benítez next month.
# not
Luis Choque | metWith | Marta Benítez
---
Contrary to earlier reports, Iraqi President Salam Jabbar did not attend the Doha Water Summit.
# not
Salam Jabbar | participatedIn | Doha Water Summit
---
Turkish Airlines plans to open an office in Malawi.
# expect
Turkish Airlines | operatesIn | Malawi | planned
# not
Turkish Airlines | operatesIn | Malawi
---
Marta Lind turned down the Order of Merit.
# not
Marta Lind | receivedAward | Order of Merit
---
Serbian President Marko Jovanović cancelled his visit to Kazakhstan.
# not
Marko Jovanović | visited | Kazakhstan
---
Former German Chancellor Karl Weber spoke at the university in Berlin.
# not
Karl Weber | leaderOf | Germany
---
A railway line between Chile and Peru is merely under consideration.
# not
railway line between Chile and Peru | connects | Chile
---
Kenyan President Joseph Mwangi denied that he had met opposition leader Peter Otieno in Nairobi.
# not
Joseph Mwangi | metWith | Peter Otieno
---
Prime Minister of Malta Joseph Vella postponed his trip to Tunisia.
# not
Joseph Vella | visited | Tunisia
---
Moldova is to sign a free trade agreement with Norway in June.
# expect
Moldova | signed | free trade agreement | planned
# not
Moldova | signed | free trade agreement
Norway | signed | free trade agreement
---
Former Greek Prime Minister Nikos Pappas will speak at the Delphi Forum.
# not
Nikos Pappas | leaderOf | Greece
Nikos Pappas | participatedIn | Delphi Forum
---
Olga Brandt, who was Austria's ambassador to Japan until 2021, published her memoirs.
# not
Olga Brandt | officialOf | Austria
Olga Brandt | officialOf | Japan
---
Danish Foreign Minister Lars Holm would like to meet his Turkish counterpart Mehmet Aydin.
# not
Lars Holm | metWith | Mehmet Aydin
