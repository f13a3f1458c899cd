Ambassador of Japan to Kenya Hiroshi Sato and Kenyan Minister of Health Grace Njeri opened the clinic in Mombasa.
# expect
Hiroshi Sato | officialOf | Japan
Grace Njeri | officialOf | Kenya
# not
Hiroshi Sato | officialOf | Kenya
Grace Njeri | officialOf | Japan
---
On behalf of the Government of Peru, the document was signed by Foreign Minister Ana Quispe.
# expect
Ana Quispe | officialOf | Peru
Ana Quispe | signed | document
---
By decree of President of Kazakhstan Daniyar Omarov, conductor Alan Weiss was awarded the Order of Honour for his contribution to music.
# expect
Alan Weiss | receivedAward | Order of Honour | asserted | reason=his contribution to music
Order of Honour | conferredBy | Daniyar Omarov
---
President of Turkmenistan Merdan Atayev: We are ready to build this road together with our neighbours.
# expect
Merdan Atayev | said | We are ready to build this road together with our neighbours.
---
The sides agreed to expand cooperation in water management, Uzbek Prime Minister Rustam Karimov said after talks with Tajik Prime Minister Farid Rahimov.
# expect
Uzbekistan | cooperatesIn | water management
Tajikistan | cooperatesIn | water management
Uzbekistan | cooperatesWith | Tajikistan
Rustam Karimov | metWith | Farid Rahimov
