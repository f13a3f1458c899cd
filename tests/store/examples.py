"""Readings made by hand, many and varied, with no language model: what the tests of the store keep."""

import random
from dataclasses import replace

from kg.model import Article, Entity, Evidence, Mention, Reading, Statement, Status

PEOPLE = ("Ana Petrova", "A. Petrova", "Petrova", "Ben Smith", "Ben Smyth", "Serik Omarov", "Omarov", "Xu Li")
COUNTRIES = ("Serbia", "Kazakhstan", "Norway", "Republic of Serbia")
BODIES = ("Foreign Ministry", "Astana Ballet", "World Trade Organization", "WTO", "Nordic Rail")
EVENTS = ("extended talks", "Oslo Forum", "Astana Summit 2024")
SECTORS = ("energy", "transport", "tourism")


def reading(number: int, version: str = "1", *, edition: int = 0) -> Reading:
    """The reading of article `number`: the same number gives the same; another edition says something else.

    Article 1007 has the text of article 7, published elsewhere.
    """
    if number >= 1000:
        first = reading(number - 1000, version, edition=edition)
        url = f"https://news.example/{number}"
        own = replace(first.article, id=article(number), published="2025-01-01", url=url, publisher="Copyist")
        statements = tuple(
            replace(statement, evidence=tuple(replace(item, article=own.id) for item in statement.evidence))
            for statement in first.statements
        )
        return replace(first, article=own, statements=statements)
    chance = random.Random(f"{number}-{edition}")
    entities = [
        *(Entity(f"p{i}", "Person", name) for i, name in enumerate(chance.sample(PEOPLE, 2))),
        *(Entity(f"c{i}", "Country", name) for i, name in enumerate(chance.sample(COUNTRIES, 2))),
        Entity("o", "Organization", chance.choice(BODIES)),
        Entity("e", "Event", chance.choice(EVENTS)),
        Entity("s", "Sector", chance.choice(SECTORS)),
        Entity("q", "Quotation", f"We will do {chance.choice('abc')}."),
    ]
    names = {entity.id: entity.name for entity in entities}
    told = [
        ("p0", "leaderOf", "c0"), ("p1", "officialOf", "o"), ("o", "locatedIn", "c1"), ("p0", "metWith", "p1"),
        ("c0", "cooperatesIn", "s"), ("p0", "participatedIn", "e"), ("p0", "said", "q"), ("c0", "tradeTurnover", "c1"),
    ]  # fmt: skip
    text, statements, mentions = "", [], []
    for subject, relation, object in chance.sample(told, chance.randint(1, len(told))):
        sentence = f"{names[subject]} {relation} {names[object]}."
        start = len(text)
        ends = (
            (start, start + len(names[subject])),
            (start + len(sentence) - 1 - len(names[object]), start + len(sentence) - 1),
        )
        mentions += [Mention(*span, names[end], "", end) for end, span in zip((subject, object), ends, strict=True)]
        proof = Evidence(article(number), start, start + len(sentence), *ends, "told", round(chance.uniform(0.4, 1), 3))
        qualifiers = (("value", chance.choice(("$1 billion", "$2 billion"))),) if relation == "tradeTurnover" else ()
        status = chance.choice([Status.ASSERTED] * 4 + [Status.DENIED])
        speaker = chance.choice([None, None, "p1"])
        statements.append(Statement(subject, relation, object, qualifiers, status, speaker, (proof,), proof.score))
        text += sentence + " "
    day = f"2024-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}"
    told_by = Article.of(
        text, id=article(number), title=f"News {number}", published=day, url=f"https://news.example/{number}",
        publisher=chance.choice(("Gazette", "Courier")),
    )  # fmt: skip
    return Reading(told_by, tuple(entities), tuple(mentions), tuple(statements), version)


def article(number: int) -> str:
    """The id of article `number`."""
    return f"a{number:05d}"
