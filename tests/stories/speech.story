“We have agreed on a new railway line,” said Serbian President Marko Jovanović.
# expect
Marko Jovanović | said | We have agreed on a new railway line,
---
“The line will open in May,” said Ana Petrova. “It took ten years to build.”
# expect
Ana Petrova | said | The line will open in May, It took ten years to build.
---
Serbian President Marko Jovanović said: “We have agreed on a new railway line.”
# expect
Marko Jovanović | said | We have agreed on a new railway line.
---
Serbian President Marko Jovanović said that a new railway line had been agreed.
# not
Marko Jovanović | said | a new railway line had been agreed
---
"This port will serve both countries," Ana Petrova told reporters in Oslo.
# expect
Ana Petrova | said | This port will serve both countries,
---
According to Ana Petrova, “the port will serve both countries well.”
# expect
Ana Petrova | said | the port will serve both countries well.
---
“The port will serve both countries,” Ana Petrova noted.

“It will open next year.”
# expect
Ana Petrova | said | The port will serve both countries,
---
«The port will serve both countries,» Ana Petrova added.
# expect
Ana Petrova | said | The port will serve both countries,
---
Visitors called the port “the pride of the whole coast” in a survey.
# not
Visitors | said | the pride of the whole coast
---
“Peru has earned its place among the members of our union,” the Lima Daily quoted Secretary General Rosa Quispe as saying.
# expect
Rosa Quispe | said | Peru has earned its place among the members of our union,
# not
Lima Daily | said | Peru has earned its place among the members of our union,
---
“The union needs new members,” according to its secretary-general, Rosa Quispe.
# expect
Rosa Quispe | said | The union needs new members,
---
Asked whether the port would close, Ana Petrova answered: “Not while I am mayor of this town.”
# expect
Ana Petrova | said | Not while I am mayor of this town.
---
“I thank my friend Jan Nowak for his help,” Rui Costa said.
# expect
Rui Costa | said | I thank my friend Jan Nowak for his help,
# not
Jan Nowak | said | I thank my friend Jan Nowak for his help,
---
“Our trade will double,” said Daniyar Omarov, the president of Kazakhstan. He added: “The new line will help.”
# expect
Daniyar Omarov | said | Our trade will double,
Daniyar Omarov | said | The new line will help.
---
“The bridge,” Milan Petrović explained, “belongs to both towns.”
# expect
Milan Petrović | said | The bridge, belongs to both towns.
---
“We want more trade,” stated Kazakh President Ali-Jan Omarov after his talks with Serbian President Marko Jovanović.

Ali-Jan Omarov noted that Marko Jovanović’s delegation included many farmers.

“The two ministries will now agree on the details of the plan,” the President concluded.
# expect
Ali-Jan Omarov | said | The two ministries will now agree on the details of the plan,
# not
Marko Jovanović | said | The two ministries will now agree on the details of the plan,
---
Martin Cole welcomed the new members. He reminded them that they follow Robert Hale. “Their spirit of enquiry is as much alive as ever,” he said.
# expect
Martin Cole | said | Their spirit of enquiry is as much alive as ever,
# not
Robert Hale | said | Their spirit of enquiry is as much alive as ever,
---
President Omarov’s message to the winners said:

“I congratulate you all on this success.”
# expect
Omarov | said | I congratulate you all on this success.
---
Announcing the team, President Rui Costa named: Sara Pinto at finance and Jan Lima at transport.
# not
Rui Costa | said | Sara Pinto at finance and Jan Lima at transport.
