The European Athletics Championships opened in Zagreb on Monday.
# expect
European Athletics Championships | heldIn | Zagreb
---
Norway's Ingrid Dahl won the Golden Ski Award in Lillehammer.
# expect
Ingrid Dahl | receivedAward | Golden Ski Award
