Nordic Airways will resume flights between Oslo and Riga on 12 March, the carrier said.
# expect
flights between Oslo and Riga | connects | Oslo
flights between Oslo and Riga | connects | Riga
---
Helsinki-based Polar Foods has appointed Sanna Laine as its chief executive.
# expect
Polar Foods | locatedIn | Helsinki
Sanna Laine | leaderOf | Polar Foods
---
Sanna Laine, who has run Polar Foods since 2019, will hand over to Mika Salo in June.
# expect
Sanna Laine | leaderOf | Polar Foods
---
Masar Energy and Delta Solar signed a memorandum of understanding on Tuesday. Under it the two companies will develop solar parks in Egypt.
# expect
Masar Energy | signed | memorandum of understanding
Delta Solar | signed | memorandum of understanding
Masar Energy | cooperatesWith | Delta Solar
---
Two-way trade between Chile and Vietnam rose 12 percent to $1.9 billion last year.
# expect
Chile | tradeTurnover | Vietnam | asserted | value=$1.9 billion
---
Trade turnover between Mongolia and Laos stood at 40 million dollars in 2025, against 35 million a year earlier.
# expect
Mongolia | tradeTurnover | Laos | asserted | value=40 million dollars
---
Exports from Ghana to Togo fell to $200 million.
# not
Ghana | tradeTurnover | Togo
---
Talks on a merger between Nordic Airways and Baltic Wings have collapsed.
# not
Nordic Airways | signed | merger
---
Delta Solar, headquartered in Cairo, has opened offices in Amman and Muscat.
# expect
Delta Solar | locatedIn | Cairo
Delta Solar | operatesIn | Amman
Delta Solar | operatesIn | Muscat
