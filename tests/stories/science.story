Uppsala University and the University of Tartu have cooperated in genetics since 2011.
# expect
Uppsala University | cooperatesWith | University of Tartu
Uppsala University | cooperatesIn | genetics
University of Tartu | cooperatesIn | genetics
---
Professor Eva Lind, director of the Institute of Polar Research in Tromsø, was awarded the Amundsen Medal by the Norwegian Academy of Science.
# expect
Eva Lind | leaderOf | Institute of Polar Research
Institute of Polar Research | locatedIn | Tromsø
Eva Lind | receivedAward | Amundsen Medal
Amundsen Medal | conferredBy | Norwegian Academy of Science
---
“The samples are older than we hoped,” Lind told the Tromsø Climate Conference on Monday. Eva Lind leads the Institute of Polar Research.
# expect
Eva Lind | said | The samples are older than we hoped,
Eva Lind | participatedIn | Tromsø Climate Conference
Eva Lind | leaderOf | Institute of Polar Research
