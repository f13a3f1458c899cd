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
Egypt Wings stopped its flights between Cairo and Oslo last year.
# not
flights between Cairo and Oslo | connects | Oslo
---
The Dutch king, Willem, and the queen of Denmark, Ingrid, met in The Hague.
# expect
Willem | leaderOf | Netherlands
Ingrid | leaderOf | Denmark
Willem | metWith | Ingrid
---
The chairman of the board of Delta Solar, Hany Mansour, and its chief engineer, Dina Aziz, toured the plant.
# expect
Hany Mansour | leaderOf | Delta Solar
Dina Aziz | officialOf | Delta Solar
# not
Dina Aziz | leaderOf | Delta Solar
---
Head of the Almaty city health department Saule Akhmetova answered questions.
# expect
Saule Akhmetova | leaderOf | Almaty city health department
---
On behalf of the Government of Peru, the document was signed by Foreign Minister Ana Quispe.
# expect
Ana Quispe | officialOf | Peru
Ana Quispe | signed | document
---
By decree of President of Kazakhstan Daniyar Omarov, conductor Alan Weiss was awarded the Order of Honour for his contribution to music.
# expect
Alan Weiss | receivedAward | Order of Honour | asserted | reason=his contribution to music
Order of Honour | conferredBy | Daniyar Omarov
---
Portuguese President Rui Costa and his Polish counterpart, Jan Nowak, opened the exhibition.
# expect
Rui Costa | leaderOf | Portugal
Jan Nowak | leaderOf | Poland
---
A visit by Danish Prime Minister Karen Madsen to Nuuk ended on Sunday.
# expect
Karen Madsen | visited | Nuuk
Karen Madsen | leaderOf | Denmark
---
The signing of the Lake Treaty by Uganda and Kenya took place in Kampala on Monday.
# expect
Uganda | signed | Lake Treaty
Kenya | signed | Lake Treaty
---
Lima and Santiago have agreed to deepen their cooperation in mining.
# expect
Lima | cooperatesWith | Santiago
Lima | cooperatesIn | mining
