"""A small graph built by hand: two articles, every status, a quotation, a trade figure."""

import pytest

from kg.graph import KnowledgeGraph
from kg.model import Article, Entity, Evidence, Statement, Status

FIRST = Article.of(
    "Ana Petrova, President of Freedonia, met Ben Carter in Sylvania on Monday. “We will build the railway,” she said. "
    "Trade between Freedonia and Sylvania reached $1.5 billion. Freedonia denied that it joined the League.",
    id="first",
    title="A meeting in Sylvania",
    published="2026-02-27",
    url="https://news.example/first?a=1&b=2",
    publisher="The Example",
)
SECOND = Article.of(
    "Президент Фридонии Ана Петрова. Ana Petrova met Ben Carter.", id="second / ü", published="2026-03", language="ru"
)


def proof(article: Article, sentence: str, subject: str = "", object: str = "", score: float = 0.9) -> Evidence:
    start = article.text.index(sentence)
    spans = [
        (start + sentence.index(word), start + sentence.index(word) + len(word)) for word in (subject, object) if word
    ]
    return Evidence(article.id, start, start + len(sentence), *[*spans, None, None][:2], "test.rule", score)


MET = "Ana Petrova, President of Freedonia, met Ben Carter in Sylvania on Monday."
TRADE = "Trade between Freedonia and Sylvania reached $1.5 billion."
DENIED = "Freedonia denied that it joined the League."
ANA, BEN, FREE, SYLV = "person/ana-petrova", "person/ben-carter", "country/freedonia", "country/sylvania"


@pytest.fixture(scope="session")
def graph() -> KnowledgeGraph:
    entities = [
        Entity(ANA, "Person", "Ana Petrova", ("Petrova", "Ана Петрова")),
        Entity(BEN, "Person", "Ben Carter", close_match=("http://www.wikidata.org/entity/Q2",)),
        Entity(
            FREE, "Country", "Freedonia", same_as=("http://www.wikidata.org/entity/Q1",),
            notes=(("lat", "51.10"), ("lon", "-71.5"), ("iso", "FD"), ("link-reason", "name in the table"),
                   ("lat", "north")),
        ),
        Entity(SYLV, "Country", "Sylvania"),
        Entity("organization/league", "Organization", "League"),
        Entity("quotation/q1", "Quotation", "We will build the railway,"),
        Entity("sector/energy", "Sector", "energy"),
    ]  # fmt: skip
    statements = [
        Statement(
            ANA, "leaderOf", FREE, (("from", "2026-02-30"), ("role", "President"), ("to", "2030")),
            evidence=(
                proof(FIRST, MET, "Ana Petrova", "Freedonia"),
                proof(SECOND, "Президент Фридонии Ана Петрова.", "Ана Петрова"),
            ),
            confidence=0.93,
        ),
        Statement(
            ANA, "metWith", BEN, (("date", "2026-02"), ("place", SYLV)), confidence=0.8,
            evidence=(proof(FIRST, MET, "Ana Petrova"), proof(SECOND, "Ana Petrova met Ben Carter.", "Ana Petrova")),
        ),
        Statement(ANA, "said", "quotation/q1", evidence=(proof(FIRST, "“We will build the railway,” she said."),)),
        Statement(
            FREE, "tradeTurnover", SYLV, (("amount", "1500000000"), ("currency", "USD"), ("value", "$1.5 billion")),
            evidence=(proof(FIRST, TRADE),), confidence=1.0,
        ),
        Statement(
            FREE, "memberOf", "organization/league", status=Status.DENIED, attributed_to=FREE,
            evidence=(proof(FIRST, DENIED, "Freedonia", "League"),), confidence=0.5,
        ),
        Statement(FREE, "cooperatesIn", "sector/energy", (("giver", "the United Nations"),), confidence=0.4),
    ]  # fmt: skip
    return KnowledgeGraph([FIRST, SECOND], entities, statements)
