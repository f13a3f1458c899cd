Serbian President Marko Jovanović met with Hungarian Prime Minister Péter Szabó in Budapest.
# expect
Marko Jovanović | metWith | Péter Szabó
Marko Jovanović | leaderOf | Serbia
Péter Szabó | leaderOf | Hungary
---
President of Kazakhstan Daniyar Omarov received Foreign Minister of Italy Marco Rossi.
# expect
Daniyar Omarov | metWith | Marco Rossi
---
President Daniyar Omarov had a telephone conversation with President of Finland Juha Virtanen.
# expect
Daniyar Omarov | metWith | Juha Virtanen
---
Serbian President Marko Jovanović did not meet with Hungarian Prime Minister Péter Szabó.
# not
Marko Jovanović | metWith | Péter Szabó
---
Serbian President Marko Jovanović will meet with Hungarian Prime Minister Péter Szabó next week.
# not
Marko Jovanović | metWith | Péter Szabó
---
Serbian President Marko Jovanović may visit Kazakhstan in the autumn.
# not
Marko Jovanović | visited | Kazakhstan
---
Serbian President Marko Jovanović plans to visit Kazakhstan in May.
# not
Marko Jovanović | visited | Kazakhstan
---
Marko Jovanović, the Serbian president, arrived in Astana on Monday.
# expect
Marko Jovanović | visited | Astana
Marko Jovanović | leaderOf | Serbia
---
Foreign Minister of Italy Marco Rossi was received in Ankara by Turkish President Emre Yilmaz.
# expect
Marco Rossi | metWith | Emre Yilmaz
Marco Rossi | visited | Ankara
---
The Vienna Energy Forum was held in Vienna on Monday.
# expect
Vienna Energy Forum | heldIn | Vienna
---
Austrian Chancellor Franz Huber opened the Vienna Energy Forum.
# expect
Franz Huber | participatedIn | Vienna Energy Forum
Franz Huber | leaderOf | Austria
---
Austrian Chancellor Franz Huber will not attend the Vienna Energy Forum.
# not
Franz Huber | participatedIn | Vienna Energy Forum
---
Foreign Minister Marco Rossi spoke at the Baku Climate Conference.
# expect
Marco Rossi | participatedIn | Baku Climate Conference
---
During his visit to Japan, Chilean President Diego Morales met with Prime Minister Kenji Tanaka.
# expect
Diego Morales | visited | Japan
Diego Morales | metWith | Kenji Tanaka
Diego Morales | leaderOf | Chile
