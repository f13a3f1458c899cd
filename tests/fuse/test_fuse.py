"""Fusing: one node for one thing, one statement for one claim, in whatever order articles come."""

import itertools

import pytest

from kg.fuse import fuse
from kg.fuse.belief import unite
from kg.model import Article, Entity, Evidence, Fused, Reading, Statement, Status


def reading(
    id: str,
    *entities: tuple[str, ...],
    facts: tuple[tuple[str, ...], ...] = (),
    date: str | None = "2026-02-27",
    confidence: float = 0.8,
    **fields: object,
) -> Reading:
    """A reading of `(type, name, *aliases)` and `(subject, relation, object, *value)` by name."""
    article = Article.of(f"Article {id}.", id=id, published=date)
    made = tuple(Entity(f"e{at}", type, name, tuple(also)) for at, (type, name, *also) in enumerate(entities))
    ids = {entity.name: entity.id for entity in made}
    evidence = (Evidence(id, 0, 9, (0, 1), (2, 3), "test", confidence),)
    statements = tuple(
        Statement(
            ids[s], relation, ids[o], tuple(("value", v) for v in value), evidence=evidence, confidence=confidence,
            **fields,  # type: ignore[arg-type]
        )
        for s, relation, o, *value in facts
    )  # fmt: skip
    return Reading(article, made, (), statements)


def ids(fused: Fused, type: str) -> list[str]:
    return [entity.id for entity in fused.entities if entity.type == type]


SERBIAN = reading(
    "a1",
    ("Person", "Aleksandar Vučić", "Vučić"),
    ("Country", "Serbia"),
    ("Person", "Kassym-Jomart Tokayev"),
    ("City", "Astana"),
    facts=(
        ("Aleksandar Vučić", "leaderOf", "Serbia"),
        ("Kassym-Jomart Tokayev", "metWith", "Aleksandar Vučić"),
        ("Aleksandar Vučić", "visited", "Astana"),
    ),
)
KAZAKH = reading(
    "a2",
    ("Person", "Aleksandar Vucic"),
    ("Country", "Republic of Serbia"),
    ("Person", "Qasym-Zhomart Toqaev"),
    ("City", "Nur-Sultan"),
    ("Country", "Kazakhstan"),
    facts=(
        ("Aleksandar Vucic", "metWith", "Qasym-Zhomart Toqaev"),
        ("Aleksandar Vucic", "leaderOf", "Republic of Serbia"),
        ("Aleksandar Vucic", "visited", "Nur-Sultan"),
    ),
    confidence=0.6,
)
NAMESAKE = reading(
    "a3",
    ("Person", "John Smith"),
    ("Country", "Canada"),
    facts=(("John Smith", "officialOf", "Canada"),),
)
OTHER = reading(
    "a4",
    ("Person", "John Smith"),
    ("Country", "New Zealand"),
    facts=(("John Smith", "officialOf", "New Zealand"),),
)


def test_one_node_for_spellings_and_identifiers() -> None:
    fused = fuse([SERBIAN, KAZAKH])
    assert ids(fused, "Person") == ["person/aleksandar-vucic", "person/kassym-jomart-tokayev"]
    assert ids(fused, "Country") == ["country/kazakhstan", "country/serbia"]
    assert ids(fused, "City") == ["city/astana"]
    vucic = next(e for e in fused.entities if e.id == "person/aleksandar-vucic")
    assert {vucic.name, *vucic.aliases} == {"Aleksandar Vučić", "Aleksandar Vucic", "Vučić"}


def test_same_claim_is_one_statement_with_all_its_evidence() -> None:
    fused = fuse([SERBIAN, KAZAKH])
    assert len(fused.statements) == 3
    for statement in fused.statements:
        assert {item.article for item in statement.evidence} == {"a1", "a2"}
        assert 0.8 < statement.confidence < 0.99


def test_symmetric_relations_keep_spans_with_their_ends() -> None:
    met = next(s for s in fuse([SERBIAN, KAZAKH]).statements if s.relation == "metWith")
    assert met.subject < met.object
    spans = {item.article: (item.subject, item.object) for item in met.evidence}
    assert spans == {"a1": ((2, 3), (0, 1)), "a2": ((0, 1), (2, 3))}


def test_any_order_gives_the_same() -> None:
    readings = [SERBIAN, KAZAKH, NAMESAKE, OTHER]
    first = fuse(readings)
    assert all(fuse(order) == first for order in itertools.permutations(readings))


def test_same_name_in_other_countries_stays_two_with_stable_ids() -> None:
    fused = fuse([NAMESAKE, OTHER])
    assert len(ids(fused, "Person")) == 2
    assert all(id.startswith("person/john-smith-") for id in ids(fused, "Person"))
    assert set(ids(fused, "Person")) <= set(ids(fuse([NAMESAKE, OTHER, SERBIAN]), "Person"))


def test_same_name_of_another_type_stays_two() -> None:
    fused = fuse([reading("a1", ("Person", "Akorda")), reading("a2", ("Place", "Akorda"))])
    assert [entity.id for entity in fused.entities] == ["person/akorda", "place/akorda"]


def test_a_surname_goes_to_the_one_whose_country_is_named() -> None:
    lone = reading("b1", ("Person", "Vučić"), ("Country", "Serbia"), facts=(("Vučić", "leaderOf", "Serbia"),))
    away = reading("b2", ("Person", "Vučić"), ("Country", "Peru"), facts=(("Vučić", "officialOf", "Peru"),))
    fused = fuse([SERBIAN, lone, away])
    assert [i for i in ids(fused, "Person") if "vucic" in i] == ["person/aleksandar-vucic", "person/vucic"]
    reasons = {merge.name: merge.reason for merge in fused.merges if merge.entity == "person/aleksandar-vucic"}
    assert reasons["Vučić"] == "surname, shared context"


def test_what_has_no_name_of_its_own_stays_with_its_article() -> None:
    events = [reading(f"c{at}", ("Event", "extended talks"), ("Agreement", "four agreements")) for at in range(2)]
    assert len(fuse(events).entities) == 4
    named = [reading(f"c{at}", ("Event", "Astana International Forum"), ("Sector", "energy")) for at in range(2)]
    assert [e.id for e in fuse(named).entities] == ["event/astana-international-forum", "sector/energy"]
    later = reading("c9", ("Event", "Astana International Forum"), date="2027-05-20")
    assert len(ids(fuse([*named, later]), "Event")) == 2


def test_a_ministry_is_one_for_each_country() -> None:
    def ministry(id: str, country: str) -> Reading:
        return reading(
            id,
            ("Person", f"Ana {country}"),
            ("Organization", "Foreign Ministry"),
            ("Country", country),
            facts=(
                (f"Ana {country}", "officialOf", "Foreign Ministry"),
                (f"Ana {country}", "officialOf", country),
            ),
        )

    fused = fuse([ministry("d1", "Peru"), ministry("d2", "Peru"), ministry("d3", "Chile")])
    assert len(ids(fused, "Organization")) == 2


def test_a_city_is_told_by_its_country() -> None:
    british = reading("e1", ("City", "Birmingham"), ("Country", "United Kingdom"))
    american = reading("e2", ("City", "Birmingham"), ("Country", "United States"))
    fused = fuse([british, american])
    assert ids(fused, "City") == ["city/birmingham", "city/birmingham-us"]
    assert all(e.same_as[0].startswith("https://sws.geonames.org/") for e in fused.entities if e.type == "City")


def test_a_small_namesake_does_not_take_a_capital() -> None:
    fused = fuse([reading("e1", ("City", "London"), ("Country", "Canada"))])
    assert ids(fused, "City") == ["city/london"]


def test_quotations_get_ids_from_their_text() -> None:
    text = "We will build the line together, whatever it takes."
    fused = fuse([reading("f1", ("Quotation", text)), reading("f2", ("Quotation", text))])
    assert len(fused.entities) == 1
    assert fused.entities[0].id.startswith("quotation/we-will-build-the-line")


@pytest.mark.parametrize("name", ["Ж", "中国商报", "...", "</script>", "a" * 500])
def test_any_name_gives_an_ascii_path(name: str) -> None:
    (entity,) = fuse([reading("g1", ("Organization", name))]).entities
    assert entity.id.isascii() and len(entity.id) < 120 and entity.id.count("/") == 1
    assert entity.id.removeprefix("organization/")


def test_statuses_and_trade_figures_stay_apart() -> None:
    facts = (("Peru", "tradeTurnover", "Chile", "$1 billion"),)
    more = (("Peru", "tradeTurnover", "Chile", "$2 billion"),)
    ends = (("Country", "Peru"), ("Country", "Chile"))
    fused = fuse(
        [
            reading("h1", *ends, facts=facts),
            reading("h2", *ends, facts=more),
            reading("h3", *ends, facts=facts, status=Status.DENIED),
        ]
    )
    assert len(fused.statements) == 3


def test_speaker_is_named_only_where_every_article_names_one() -> None:
    ends = (("Country", "Peru"), ("Country", "Chile"), ("Person", "Ana Petrova"))
    facts = (("Peru", "cooperatesWith", "Chile"),)
    told = reading("i1", *ends, facts=facts, attributed_to="e2")
    assert [s.attributed_to for s in fuse([told]).statements] == ["person/ana-petrova"]
    assert [s.attributed_to for s in fuse([told, reading("i2", *ends, facts=facts)]).statements] == [None]


def test_further_sources_raise_and_never_lower() -> None:
    assert unite([0.7]) == 0.7
    assert 0.7 < unite([0.7, 0.3]) < unite([0.7, 0.6]) < unite([0.7, 0.6, 0.6]) <= 0.99
    assert unite([0.995, 0.1]) == 0.995
