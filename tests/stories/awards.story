President of Kazakhstan Daniyar Omarov awarded Marko Jovanović the Order of Friendship.
# expect
Marko Jovanović | receivedAward | Order of Friendship
Order of Friendship | conferredBy | Daniyar Omarov
---
The Order of Merit was presented to Marta Lind by Swedish King Oscar.
# expect
Marta Lind | receivedAward | Order of Merit
---
Marta Lind was decorated with the Order of the White Rose.
# expect
Marta Lind | receivedAward | Order of the White Rose
---
The Booker Prize went to Marta Lind for her second novel.
# expect
Marta Lind | receivedAward | Booker Prize
---
Marta Lind and Jan Nowak were awarded the Order of Merit.
# expect
Marta Lind | receivedAward | Order of Merit
Jan Nowak | receivedAward | Order of Merit
---
Marta Lind has been nominated for the Booker Prize.
# not
Marta Lind | receivedAward | Booker Prize
---
Marta Lind received the Nobel Prize in Literature in Stockholm.
# expect
Marta Lind | receivedAward | Nobel Prize in Literature
