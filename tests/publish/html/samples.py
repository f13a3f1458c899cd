"""Sample graphs of any size, with evidence that reads like news: the same seed gives the same graph."""

from __future__ import annotations

import random
from datetime import date, timedelta

from kg.graph import KnowledgeGraph
from kg.model import Article, Entity, Evidence, Statement, Status

GIVEN = [
    "Ana",
    "Ben",
    "Chiara",
    "Daulet",
    "Élodie",
    "Farid",
    "Galina",
    "Hugo",
    "Ilse",
    "Jorge",
    "Kateryna",
    "Léon",
    "Mira",
    "Nurlan",
    "Olga",
    "Paul",
    "Zoë",
    "Rıza",
    "Saule",
    "Tomáš",
]
FAMILY = [
    "Petrova",
    "Okafor",
    "Lindqvist",
    "Żukowski",
    "Haddad",
    "Moreau",
    "Tanaka",
    "Iversen",
    "Kaya",
    "Rossi",
    "Novak",
    "Omarov",
    "Schmidt",
    "Duarte",
    "Silva",
    "Abenov",
]
PLACES = (
    ("Astana", "City", 51.17, 71.43), ("Lyon", "City", 45.76, 4.84), ("Nairobi", "City", -1.29, 36.82),
    ("Lima", "City", -12.05, -77.04), ("Osaka", "City", 34.69, 135.5), ("Tbilisi", "City", 41.72, 44.79),
    ("Kazakhstan", "Country", 48.0, 68.0), ("France", "Country", 46.0, 2.0), ("Kenya", "Country", 1.0, 38.0),
    ("Peru", "Country", -10.0, -76.0), ("Japan", "Country", 36.0, 138.0), ("Georgia", "Country", 42.0, 43.5),
    ("Caspian Sea", "Place", 42.0, 50.0), ("Halifax", "City", 44.65, -63.57), ("Perth", "City", -31.95, 115.86),
)  # fmt: skip
SECTORS = ["energy", "transport", "agriculture", "tourism", "education", "health", "water", "finance"]
BODIES = ["Council", "Bank", "Ministry", "Agency", "Institute", "University", "Railways", "Airlines", "Group", "Union"]
RELATIONS = {
    ("Person", "Country"): ("leaderOf", "visited", "officialOf"),
    ("Person", "City"): ("visited", "leaderOf"),
    ("Person", "Place"): ("visited",),
    ("Person", "Organization"): ("leaderOf", "officialOf", "memberOf"),
    ("Person", "Person"): ("metWith",),
    ("Person", "Event"): ("participatedIn",),
    ("Person", "Award"): ("receivedAward",),
    ("Person", "Agreement"): ("signed",),
    ("Person", "Quotation"): ("said",),
    ("Country", "Country"): ("cooperatesWith", "tradeTurnover"),
    ("Country", "Sector"): ("cooperatesIn",),
    ("Country", "Organization"): ("memberOf",),
    ("Country", "Event"): ("participatedIn",),
    ("Country", "Agreement"): ("signed",),
    ("Organization", "Sector"): ("cooperatesIn",),
    ("Organization", "Country"): ("operatesIn", "locatedIn"),
    ("Organization", "City"): ("operatesIn", "locatedIn"),
    ("Organization", "Organization"): ("cooperatesWith", "memberOf"),
    ("Event", "City"): ("heldIn",),
    ("Event", "Country"): ("heldIn",),
    ("Route", "City"): ("connects",),
    ("City", "Country"): ("locatedIn",),
    ("Award", "Country"): ("conferredBy",),
}
SAID = {
    "leaderOf": "leads", "visited": "arrived in", "officialOf": "was named a deputy minister of", "memberOf": "joined",
    "metWith": "held talks with", "participatedIn": "spoke at", "receivedAward": "was given", "signed": "signed",
    "said": "said:", "cooperatesWith": "deepens its work with", "tradeTurnover": "counts $1.5 billion of trade with",
    "cooperatesIn": "widens its projects in", "operatesIn": "opened an office in", "locatedIn": "has its seat in",
    "heldIn": "takes place in", "connects": "will link", "conferredBy": "is bestowed by",
}  # fmt: skip
STATUSES = [Status.ASSERTED] * 8 + [Status.PLANNED, Status.REPORTED, Status.POSSIBLE, Status.DENIED, Status.PAST]


def _entities(count: int, rng: random.Random) -> list[Entity]:
    made = [
        Entity(f"{t.lower()}/{n.lower().replace(' ', '-')}", t, n, notes=(("lat", str(y)), ("lon", str(x))))
        for n, t, y, x in PLACES
    ]
    made += [Entity(f"sector/{name}", "Sector", name) for name in SECTORS]
    kinds = (
        ["Person"] * 9
        + ["Organization"] * 7
        + ["Event"] * 3
        + ["Agreement"] * 2
        + ["Quotation"] * 2
        + ["Award", "Route", "City"]
    )
    number = 0
    while len(made) < count:
        number += 1
        kind = kinds[number % len(kinds)]
        if kind == "Person":
            given, family = GIVEN[rng.randrange(len(GIVEN))], FAMILY[rng.randrange(len(FAMILY))]
            name = f"{given} {family}" if number < 120 else f"{given} {family} {number}"
            made.append(
                Entity(
                    f"person/p{number}",
                    kind,
                    name,
                    aliases=(family,),
                    same_as=(f"http://www.wikidata.org/entity/Q{number}",),
                )
            )
        elif kind == "Organization":
            made.append(
                Entity(
                    f"organization/o{number}", kind, f"{PLACES[number % 15][0]} {BODIES[number % 10]} {number // 10}"
                )
            )
        elif kind == "City":
            place = (("lat", f"{rng.uniform(-40, 60):.2f}"), ("lon", f"{rng.uniform(-120, 140):.2f}"))
            made.append(Entity(f"city/c{number}", kind, f"Port {FAMILY[number % 16]} {number}", notes=place))
        elif kind == "Quotation":
            made.append(
                Entity(
                    f"quotation/q{number}", kind, f"We shall finish all {number} kilometres before the first snow falls"
                )
            )
        else:
            made.append(Entity(f"{kind.lower()}/x{number}", kind, f"{FAMILY[number % 16]} {kind} {number}"))
    return made[:count]


def _articles(count: int, rng: random.Random) -> list[Article]:
    start = date(2025, 3, 1)
    return [
        Article(
            id=f"a{number:05}", text="", title=f"Talks in {PLACES[number % 15][0]} turn to {SECTORS[number % 8]}",
            published=(start + timedelta(days=rng.randrange(420))).isoformat(), url=f"https://news.example/{number}",
            publisher=("The Lantern", "Harbour Post", "Степной вестник", "Le Quai")[number % 4],
        )
        for number in range(count)
    ]  # fmt: skip


def sample(nodes: int, *, density: float = 2.35, seed: int = 7) -> KnowledgeGraph:
    """A graph of `nodes` entities and about `density` statements an entity, in communities, with hubs."""
    rng = random.Random(seed)
    entities = _entities(nodes, rng)
    articles = _articles(max(4, nodes // 12), rng)
    group = [number % max(3, nodes // 45) for number in range(nodes)]
    members: dict[int, list[int]] = {}
    for number, value in enumerate(group):
        members.setdefault(value, []).append(number)
    texts = {article.id: "" for article in articles}
    statements: dict[str, Statement] = {}
    for turn in range(int(nodes * density * 4)):
        if len(statements) >= nodes * density:
            break
        first = turn % nodes if turn < nodes else rng.randrange(nodes)
        near = members[group[first]]
        second = (
            near[rng.randrange(len(near))] if rng.random() < 0.8 else min(rng.randrange(nodes), rng.randrange(nodes))
        )
        for s, o in ((first, second), (second, first)):
            relations = RELATIONS.get((entities[s].type, entities[o].type))
            if relations and s != o:
                made = _statement(
                    entities[s], entities[o], relations[rng.randrange(len(relations))], articles, texts, rng
                )
                statements[made.id] = made
                break
    full = [Article(a.id, texts[a.id], a.title, a.published, a.url, a.publisher) for a in articles]
    return KnowledgeGraph(full, entities, statements.values())


def _statement(
    s: Entity, o: Entity, relation: str, articles: list[Article], texts: dict[str, str], rng: random.Random
) -> Statement:
    article = articles[rng.randrange(len(articles))]
    lead = ("On Tuesday ", "In a joint statement, ", "Officials confirmed that ", "")[rng.randrange(4)]
    before = texts[article.id]
    sentence = f"{lead}{s.name} {SAID[relation]} {o.name}, according to the press service."
    texts[article.id] = f"{before}{sentence} "
    at = len(before)
    head = at + len(lead)
    tail = head + len(s.name) + len(SAID[relation]) + 2
    evidence = Evidence(
        article.id, at, at + len(sentence), (head, head + len(s.name)), (tail, tail + len(o.name)), "pattern:made", 0.9
    )
    day = date(2024, 1, 1) + timedelta(days=rng.randrange(850))
    qualifiers = {"leaderOf": (("role", "chair"),), "tradeTurnover": (("value", "$1.5 billion"),)}.get(relation, ())
    if rng.random() < 0.7:
        qualifiers = (("date", day.isoformat()[: rng.choice((4, 7, 10))]), *qualifiers)
    status = STATUSES[rng.randrange(len(STATUSES))]
    return Statement(s.id, relation, o.id, qualifiers, status, None, (evidence,), round(rng.uniform(0.35, 0.99), 2))
