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
Lima and Santiago have agreed to deepen their cooperation in mining.
# expect
Lima | cooperatesWith | Santiago
Lima | cooperatesIn | mining
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
