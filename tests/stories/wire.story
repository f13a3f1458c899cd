MADRID, March 3 - Spanish Prime Minister Elena Vidal flew to Rabat on Tuesday for talks with her Moroccan counterpart, Karim Bennani.
# expect
Elena Vidal | visited | Rabat
Elena Vidal | leaderOf | Spain
Karim Bennani | leaderOf | Morocco
---
ROME (AP) - Italian Foreign Minister Marco Rossi met his Greek counterpart Nikos Pappas on Friday.
# expect
Marco Rossi | metWith | Nikos Pappas
Marco Rossi | officialOf | Italy
Nikos Pappas | officialOf | Greece
---
The award of the Nansen Medal to the Turkish doctor Ayşe Demir was announced in Geneva.
# expect
Ayşe Demir | receivedAward | Nansen Medal
---
Tunisia's foreign minister, Salma Trabelsi, was received at the Elysee Palace by French President Paul Girard.
# expect
Salma Trabelsi | officialOf | Tunisia
Salma Trabelsi | metWith | Paul Girard
Paul Girard | leaderOf | France
# not
Salma Trabelsi | officialOf | France
---
Speaking after the talks, Serbian Foreign Minister Vesna Ilić said that she and Cypriot Foreign Minister Andreas Georgiou had discussed energy.
# expect
Vesna Ilić | metWith | Andreas Georgiou
Vesna Ilić | officialOf | Serbia
Andreas Georgiou | officialOf | Cyprus
# not
Vesna Ilić | officialOf | Cyprus
---
The G20 summit will be held in Rome next year.
# expect
G20 summit | heldIn | Rome
---
Chinese President Li Chen and Turkish President Emre Yilmaz met in Ankara.
# expect
Li Chen | leaderOf | China
Emre Yilmaz | leaderOf | Türkiye
Li Chen | metWith | Emre Yilmaz
# not
Li Chen | leaderOf | Turkey
Emre Yilmaz | leaderOf | China
---
The Charlemagne Prize, awarded by the Royal Academy of Belgium, goes this year to the Latvian writer Nora Zarina.
# expect
Nora Zarina | receivedAward | Charlemagne Prize
Charlemagne Prize | conferredBy | Royal Academy of Belgium
---
The President of the Republic of Cyprus, Mr Andreas Georgiou, held a telephone conversation today with the Prime Minister of the Hellenic Republic, Ms Sofia Pappa.
# expect
Andreas Georgiou | metWith | Sofia Pappa
Andreas Georgiou | leaderOf | Republic of Cyprus
---
The European Space Agency and the Indian Space Research Organisation will cooperate in satellite navigation under an agreement signed in Bengaluru.
# expect
European Space Agency | cooperatesWith | Indian Space Research Organisation
European Space Agency | cooperatesIn | satellite navigation
---
The first direct train between Vienna and Ljubljana in ten years left on Sunday.
# expect
first direct train between Vienna and Ljubljana | connects | Vienna
first direct train between Vienna and Ljubljana | connects | Ljubljana
---
Polar Foods, which already runs plants in Poland and Romania, is considering a factory in Serbia.
# expect
Polar Foods | operatesIn | Poland
Polar Foods | operatesIn | Romania
# not
Polar Foods | operatesIn | Serbia
---
The new ferry line connects Bari, Durrës and Split. It opened on Monday.
# expect
new ferry line | connects | Bari
new ferry line | connects | Durrës
new ferry line | connects | Split
---
Teams from Japan, Brazil and Italy competed at the Nations Volleyball Tournament in Manila.
# expect
Nations Volleyball Tournament | heldIn | Manila
Japan | participatedIn | Nations Volleyball Tournament
---
Portugal and Morocco will work together in three fields:
- renewable energy
- fisheries
- higher education
# expect
Portugal | cooperatesIn | renewable energy
Morocco | cooperatesIn | fisheries
Portugal | cooperatesIn | higher education
