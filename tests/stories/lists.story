The agreement was signed by Energy Minister Tomas Berg, Transport Minister Linda Holm and Culture Minister Pia Sund in Oslo.
# expect
Tomas Berg | signed | agreement
Linda Holm | signed | agreement
Pia Sund | signed | agreement
---
Attending the Caspian Trade Forum were ministers Davit Kobalia of Georgia, Leyla Hasanova of Azerbaijan and Mehmet Aydin of Turkey.
# expect
Davit Kobalia | participatedIn | Caspian Trade Forum
Leyla Hasanova | participatedIn | Caspian Trade Forum
Mehmet Aydin | participatedIn | Caspian Trade Forum
Leyla Hasanova | officialOf | Azerbaijan
---
Iceland, Norway and Liechtenstein are members of the European Economic Area together with the European Union.
# expect
Iceland | memberOf | European Economic Area
Norway | memberOf | European Economic Area
Liechtenstein | memberOf | European Economic Area
---
Germany and Denmark, as well as Poland and Sweden, signed the Baltic Wind Declaration in Copenhagen.
# expect
Germany | signed | Baltic Wind Declaration
Denmark | signed | Baltic Wind Declaration
Poland | signed | Baltic Wind Declaration
Sweden | signed | Baltic Wind Declaration
---
Prime Minister Arvo Tamm met separately with Latvian President Inga Ozola and Lithuanian President Jonas Petrauskas.
# expect
Arvo Tamm | metWith | Inga Ozola
Arvo Tamm | metWith | Jonas Petrauskas
# not
Inga Ozola | metWith | Jonas Petrauskas
---
The talks between Croatia and Malta covered tourism, shipbuilding and youth exchanges.
# expect
Croatia | cooperatesWith | Malta
Croatia | cooperatesIn | tourism
Malta | cooperatesIn | shipbuilding
---
The Order of Friendship went to the pianist Lea Brandt, the sculptor Otto Keller and the surgeon Ida Frey.
# expect
Lea Brandt | receivedAward | Order of Friendship
Otto Keller | receivedAward | Order of Friendship
Ida Frey | receivedAward | Order of Friendship
