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
