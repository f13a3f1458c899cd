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
---
Prime ministers Giorgi Beridze of Georgia, Aidar Sultanov of Kazakhstan and Rustam Karimov of Uzbekistan opened the line.
# expect
Giorgi Beridze | leaderOf | Georgia
Aidar Sultanov | leaderOf | Kazakhstan
Rustam Karimov | leaderOf | Uzbekistan
# not
Giorgi Beridze | leaderOf | Uzbekistan
---
Port of Klaipėda chief Rasa Jonaitienė opened the container terminal.
# expect
Rasa Jonaitienė | leaderOf | Port of Klaipėda
---
Deputy Chairman of the Senate of Kazakhstan Olzhas Bekov received the Ambassador of Brazil, Carla Souza.
# expect
Olzhas Bekov | officialOf | Senate of Kazakhstan
Olzhas Bekov | metWith | Carla Souza
Carla Souza | officialOf | Brazil
# not
Olzhas Bekov | leaderOf | Senate of Kazakhstan
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
