BELGRADE, Serbia - The minister of energy presented a new plan.
# expect
BELGRADE | locatedIn | Serbia
---
Nordic Airways, which is based in Oslo, presented its results.
# expect
Nordic Airways | locatedIn | Oslo
---
The London-based Global Shipping Institute published a report.
# expect
Global Shipping Institute | locatedIn | London
---
Tirana, the capital of Albania, hosted the festival.
# expect
Tirana | locatedIn | Albania
---
The minister flew from Belgrade to Hungary.
# not
Belgrade | locatedIn | Hungary
---
The conference took place in Lyon, France.
# expect
Lyon | locatedIn | France
---
Wizz Air operates flights in Serbia and Hungary.
# expect
Wizz Air | operatesIn | Serbia
