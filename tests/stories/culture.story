The Sarajevo Winter Festival takes place in the Bosnian capital from 7 February to 21 March.
# expect
Sarajevo Winter Festival | heldIn | Sarajevo
---
Director Noor Haddad received the Silver Lion for her film The Salt Road at the festival in Venice.
# expect
Noor Haddad | receivedAward | Silver Lion
---
“We never thought so many people would come,” said Mila Horak, who directs the National Gallery of Slovakia, “and we had to print more tickets.”
# expect
Mila Horak | said | We never thought so many people would come, and we had to print more tickets.
Mila Horak | leaderOf | National Gallery of Slovakia
---
The poet Anton Greve declined the Booker Prize.
# not
Anton Greve | receivedAward | Booker Prize
---
The exhibition “Roads of Silk”, opened by Kazakh Culture Minister Aigul Serik, is on show at the Prado Museum in Madrid.
# expect
Prado Museum | locatedIn | Madrid
Aigul Serik | officialOf | Kazakhstan
---
The mayor of Porto, Rui Lima, and the rector of the University of Porto, Sara Pinto, opened the new library.
# expect
Rui Lima | leaderOf | Porto
Sara Pinto | leaderOf | University of Porto
# not
Sara Pinto | leaderOf | Porto
