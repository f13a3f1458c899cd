"""A graph of six short articles, made by hand, on which every question of the library has a known answer."""

from kg.graph import KnowledgeGraph
from kg.model import Article, Entity, Evidence, Statement, Status

TYPES = {
    "Person": ["Kassym-Jomart Tokayev", "Nursultan Nazarbayev", "Aleksandar Vučić", "Olzhas Bektenov", "Murat Nurtleu"],
    "Country": ["Kazakhstan", "Serbia", "Hungary"],
    "City": ["Astana", "Belgrade", "Budapest"],
    "Organization": ["Organization of Turkic States", "Air Astana", "Akorda Press"],
    "Award": ["Order of Altyn Qyran"],
    "Route": ["Astana-Belgrade flight", "Middle Corridor"],
    "Sector": ["energy", "agriculture", "culture"],
    "Event": ["Astana Forum"],
    "Agreement": ["Joint Statement", "Air Services Agreement"],
    "Quotation": ["Serbia is our friend in the Balkans."],
}
ALIASES = {"Kazakhstan": ("Republic of Kazakhstan",), "Kassym-Jomart Tokayev": ("Tokayev",)}
FIELDS = "https://w3id.org/newskg/sectors#"
SAME = {
    "Kazakhstan": ("http://www.wikidata.org/entity/Q232",),
    "Serbia": ("http://www.wikidata.org/entity/Q403",),
    "energy": (f"{FIELDS}energy",),
    "agriculture": (f"{FIELDS}agriculture", "http://cv.iptc.org/newscodes/mediatopic/20000210"),
}
CLOSE = {"agriculture": ("http://data.europa.eu/ux2/nace2.1/A",)}
NOTES = {
    "Astana": (("lat", "51.1801"), ("lon", "71.4460")),
    "energy": (("broader", f"{FIELDS}economy"),),
    "agriculture": (("broader", f"{FIELDS}economy"),),
}
ARTICLES = {
    "old": ("2016-05-01", "The Herald"),
    "seed": ("2026-02-27", "The Herald"),
    "visit": ("2026-02-28", "Steppe Times"),
    "trade": ("2025-11-03", "Steppe Times"),
    "corridor": ("2026-03", "Steppe Times"),
    "undated": (None, None),
}
# articles | subject | relation | object | qualifiers | status | confidence
FACTS = """
old            | Nursultan Nazarbayev | leaderOf | Kazakhstan | role=President | asserted | 0.9
seed visit     | Kassym-Jomart Tokayev | leaderOf | Kazakhstan | role=President; from=2019 | asserted | 0.98
seed           | Aleksandar Vučić | leaderOf | Serbia | role=President | asserted | 0.95
trade          | Olzhas Bektenov | leaderOf | Kazakhstan | role=Prime Minister | asserted | 0.9
undated        | Nursultan Nazarbayev | leaderOf | Kazakhstan | role=President | past | 0.7
visit          | Murat Nurtleu | officialOf | Kazakhstan | role=Deputy PM and Foreign Minister | asserted | 0.9
seed visit     | Kassym-Jomart Tokayev | metWith | Aleksandar Vučić | date=2026-02-27 | asserted | 0.9
visit          | Aleksandar Vučić | metWith | Murat Nurtleu | | asserted | 0.55
seed           | Aleksandar Vučić | receivedAward | Order of Altyn Qyran | reason=for friendship | asserted | 0.8
seed           | Order of Altyn Qyran | conferredBy | Kazakhstan | | asserted | 0.8
seed           | Aleksandar Vučić | visited | Kazakhstan | | asserted | 0.85
seed           | Kazakhstan | cooperatesWith | Serbia | | asserted | 0.9
trade          | Hungary | cooperatesWith | Kazakhstan | | asserted | 0.8
seed           | Kazakhstan | cooperatesIn | energy | | asserted | 0.8
seed           | Serbia | cooperatesIn | energy | | asserted | 0.8
seed visit     | Kazakhstan | cooperatesIn | agriculture | | asserted | 0.8
visit          | Serbia | cooperatesIn | agriculture | | asserted | 0.8
trade          | Kazakhstan | cooperatesIn | culture | | asserted | 0.4
seed           | Kazakhstan | signed | Joint Statement | | asserted | 0.8
seed           | Serbia | signed | Joint Statement | | asserted | 0.8
trade          | Kazakhstan | signed | Air Services Agreement | | asserted | 0.8
visit          | Astana-Belgrade flight | connects | Astana | | asserted | 0.8
visit          | Astana-Belgrade flight | connects | Belgrade | | asserted | 0.8
corridor       | Middle Corridor | connects | Astana | | asserted | 0.8
corridor       | Middle Corridor | connects | Budapest | | planned | 0.6
seed           | Belgrade | locatedIn | Serbia | | asserted | 0.9
visit          | Air Astana | locatedIn | Kazakhstan | | asserted | 0.9
visit          | Air Astana | operatesIn | Serbia | | asserted | 0.7
trade          | Kazakhstan | tradeTurnover | Serbia | amount=80000000; currency=USD; value=$80 million | asserted | 0.9
corridor       | Kazakhstan | memberOf | Organization of Turkic States | | asserted | 0.9
corridor       | Hungary | memberOf | Organization of Turkic States | | asserted | 0.6
trade          | Hungary | memberOf | Organization of Turkic States | | denied | 0.6
corridor       | Hungary | participatedIn | Astana Forum | | asserted | 0.8
corridor       | Astana Forum | heldIn | Astana | | asserted | 0.8
seed           | Kassym-Jomart Tokayev | said | Serbia is our friend in the Balkans. | | asserted | 0.9
visit          | Olzhas Bektenov | visited | Hungary | | reported | 0.3
"""


def atlas() -> KnowledgeGraph:
    kinds = {name: kind for kind, names in TYPES.items() for name in names}
    ids = {name: f"{kind.lower()}/{name.lower().replace(' ', '-').strip('.')}" for name, kind in kinds.items()}
    rows = [[cell.strip() for cell in line.split("|")] for line in FACTS.strip().splitlines()]
    texts = dict.fromkeys(ARTICLES, "")
    statements = []
    for articles, subject, relation, object, qualifiers, status, confidence in rows:
        evidence = []
        for id in articles.split():
            sentence = f"{subject} {relation} {object}."
            start = len(texts[id])
            texts[id] += sentence + " "
            evidence.append(
                Evidence(id, start, start + len(sentence), (start, start + len(subject)), None, "hand", 0.9)
            )
        pairs = (pair.split("=", 1) for pair in qualifiers.split("; ") if pair)
        told = tuple(sorted((name, value) for name, value in pairs))
        ends = (ids[subject], relation, ids[object])
        statements.append(Statement(*ends, told, Status(status), None, tuple(evidence), float(confidence)))
    return KnowledgeGraph(
        [
            Article.of(texts[id], id=id, title=f"Article {id}", published=day, publisher=publisher)
            for id, (day, publisher) in ARTICLES.items()
        ],
        [
            Entity(
                ids[name],
                kind,
                name,
                ALIASES.get(name, ()),
                SAME.get(name, ()),
                CLOSE.get(name, ()),
                NOTES.get(name, ()),
            )
            for name, kind in kinds.items()
        ],
        statements,
    )
