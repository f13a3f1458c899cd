Mayor Piotr Zając opened the tram line between Rynek and Podgórze on Saturday.
# expect
tram line between Rynek and Podgórze | connects | Rynek
tram line between Rynek and Podgórze | connects | Podgórze
---
The mayor of Split, Ana Babić, met with the mayor of Ancona, Paolo Conti, to talk about ferries.
# expect
Ana Babić | metWith | Paolo Conti
Ana Babić | leaderOf | Split
Paolo Conti | leaderOf | Ancona
# not
Paolo Conti | leaderOf | Split
---
The town of Brugg lies in Switzerland, thirty kilometres from Zurich.
# expect
Brugg | locatedIn | Switzerland
# not
Brugg | locatedIn | Zurich
