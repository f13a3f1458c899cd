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
