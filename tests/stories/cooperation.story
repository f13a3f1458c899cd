Kazakhstan and Serbia agreed to expand cooperation in energy, agriculture and tourism.
# expect
Kazakhstan | cooperatesWith | Serbia
Kazakhstan | cooperatesIn | energy
Serbia | cooperatesIn | energy
Kazakhstan | cooperatesIn | agriculture
Serbia | cooperatesIn | tourism
---
Serbian President Marko Jovanović and Kazakh President Daniyar Omarov held talks in Astana. The sides discussed cooperation in energy and transport.
# expect
Serbia | cooperatesWith | Kazakhstan
Serbia | cooperatesIn | energy
Kazakhstan | cooperatesIn | transport
---
The memorandum of understanding was signed by Marco Rossi and Kenji Tanaka in Rome.
# expect
Marco Rossi | signed | memorandum of understanding
Kenji Tanaka | signed | memorandum of understanding
---
India has not signed the trade agreement with Japan.
# not
India | signed | trade agreement
---
India and Japan are expected to sign a trade agreement next year.
# not
India | signed | trade agreement
Japan | signed | trade agreement
---
Finland hopes to join OPEC one day.
# not
Finland | memberOf | OPEC
---
Trade between India and Japan reached $20 billion in 2023.
# expect
India | tradeTurnover | Japan
India | cooperatesWith | Japan
---
India and Japan want to raise trade to $20 billion by 2030.
# not
India | tradeTurnover | Japan
---
Direct flights between Astana and Belgrade will be launched in May.
# expect
Direct flights between Astana and Belgrade | connects | Astana
Direct flights between Astana and Belgrade | connects | Belgrade
---
The Baku–Tbilisi–Kars railway connects Azerbaijan, Georgia and Turkey.
# expect
Baku–Tbilisi–Kars railway | connects | Azerbaijan
Baku–Tbilisi–Kars railway | connects | Georgia
Baku–Tbilisi–Kars railway | connects | Turkey
---
India and Japan signed a memorandum of understanding on energy.
# expect
India | signed | memorandum of understanding on energy
Japan | signed | memorandum of understanding on energy
India | cooperatesWith | Japan
---
Finland joined NATO in 2023.
# expect
Finland | memberOf | NATO
