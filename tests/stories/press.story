Ambassador of Japan to Kenya Hiroshi Sato and Kenyan Minister of Health Grace Njeri opened the clinic in Mombasa.
# expect
Hiroshi Sato | officialOf | Japan
Grace Njeri | officialOf | Kenya
# not
Hiroshi Sato | officialOf | Kenya
Grace Njeri | officialOf | Japan
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
