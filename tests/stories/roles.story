Ambassador of Serbia to Kazakhstan Milan Petrović attended the concert.
# expect
Milan Petrović | officialOf | Serbia
# not
Milan Petrović | officialOf | Kazakhstan
Milan Petrović | leaderOf | Serbia
---
Anna Kovacs, the Hungarian ambassador to Vietnam, spoke to reporters.
# expect
Anna Kovacs | officialOf | Hungary
# not
Anna Kovacs | officialOf | Vietnam
---
Jordan's King Hassan received Egyptian President Omar Farid in Amman.
# expect
Omar Farid | leaderOf | Egypt
---
Finland's Prime Minister, Liisa Korhonen, spoke to reporters in Helsinki.
# expect
Liisa Korhonen | leaderOf | Finland
---
Portuguese President Rui Costa and his Polish counterpart, Jan Nowak, opened the exhibition.
# expect
Rui Costa | leaderOf | Portugal
Jan Nowak | leaderOf | Poland
---
Secretary-General of the United Nations Maria Lopez condemned the attack.
# expect
Maria Lopez | leaderOf | United Nations
---
John Reed, chief executive of Nordic Airways, presented the results.
# expect
John Reed | leaderOf | Nordic Airways
---
John Reed, Nordic Airways' chief financial officer, presented the results.
# expect
John Reed | officialOf | Nordic Airways
# not
John Reed | leaderOf | Nordic Airways
---
Deputy Foreign Minister of Slovakia Peter Novak arrived in Vienna.
# expect
Peter Novak | officialOf | Slovakia
# not
Peter Novak | leaderOf | Slovakia
---
Ms Eva Lind, Rector of Uppsala University, welcomed the guests.
# expect
Eva Lind | leaderOf | Uppsala University
---
The Speaker of the Parliament of Georgia, Nino Lomidze, chaired the session.
# expect
Nino Lomidze | leaderOf | Parliament of Georgia
---
Armenian Foreign Minister Arman Sargsyan and Indian External Affairs Minister Ravi Menon held talks in New Delhi.
# expect
Arman Sargsyan | officialOf | Armenia
Ravi Menon | officialOf | India
Arman Sargsyan | metWith | Ravi Menon
# not
Arman Sargsyan | officialOf | India
Ravi Menon | officialOf | Armenia
---
Brazil's Vice President, Paulo Mendes, arrived in Lisbon.
# expect
Paulo Mendes | officialOf | Brazil
# not
Paulo Mendes | leaderOf | Brazil
---
Spokesperson of the European Commission Clara Dubois declined to comment.
# expect
Clara Dubois | officialOf | European Commission
---
Emperor Akihiro of Japan received the delegation in Tokyo.
# expect
Akihiro | leaderOf | Japan
---
Mayor of Belgrade Luka Savić took part in the opening of the bridge.
# expect
Luka Savić | leaderOf | Belgrade
