"""Fields of cooperation find their concept; what is only near one is told as near, and joined with nothing."""

import re

import pytest

from kg.fuse import fuse
from kg.fuse.sectors import sector
from kg.model import Article, Entity, Evidence, Reading, Statement
from kg.schema import ontology_dir
from kg.tables import read_table, sectors

KGS = "https://w3id.org/newskg/sectors#"


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("energy", "energy"),
        ("the energy sector", "energy"),
        ("Agricultural cooperation", "agriculture"),
        ("sphere of culture", "culture"),
        ("film industry", "film-industry"),
        ("IT", "information-technology"),
        ("Defense", "defence"),
        ("Railways", "rail-transport"),
        ("transport and logistics", "transport-and-logistics"),
    ],
)
def test_a_field_is_found_by_its_names(name: str, id: str) -> None:
    found = sector(Entity("e", "Sector", name))
    assert found and found.sure
    assert found.same_as[0] == KGS + id


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("trade and investment", ["trade", "investment"]),
        ("commercial small modular nuclear power", ["nuclear-energy"]),
        ("rural health care", ["health"]),
    ],
)
def test_a_name_that_holds_a_field_is_close_to_it(name: str, near: list[str]) -> None:
    found = sector(Entity("e", "Sector", name))
    assert found and not found.sure
    assert found.same_as == tuple(KGS + id for id in near)


def test_nil_is_an_answer() -> None:
    assert sector(Entity("e", "Sector", "protecting giant pandas")) is None


def test_one_concept_is_one_entity_and_carries_its_matches() -> None:
    def reading(id: str, name: str) -> Reading:
        article = Article.of(f"Oman and Qatar discussed {name}.", id=id)
        proof = Evidence(id, 0, len(article.text), None, None, "hand", 0.9)
        entities = (Entity("o", "Country", "Oman"), Entity("s", "Sector", name))
        return Reading(article, entities, (), (Statement("o", "cooperatesIn", "s", evidence=(proof,), confidence=0.9),))

    fused = fuse([reading("a", "transport"), reading("b", "the transport sector"), reading("c", "sea transport law")])
    found = {entity.id: entity for entity in fused.entities if entity.type == "Sector"}
    assert set(found) == {"sector/transport", "sector/sea-transport-law"}
    transport = found["sector/transport"]
    assert "http://data.europa.eu/ux2/nace2.1/H" in transport.close_match
    assert ("broader", KGS + "economy") in transport.notes
    assert found["sector/sea-transport-law"].close_match == (KGS + "maritime-transport",)
    assert not found["sector/sea-transport-law"].same_as


def test_the_scheme_is_a_tree_with_unique_names() -> None:
    known = sectors()
    for found in known.values():
        path = [found.id]
        while known[path[-1]].broader:
            path.append(known[path[-1]].broader)
            assert len(path) < 6, path
        assert all(found.label.values())
    names = [name.lower() for found in known.values() for name in (found.label["en"], *found.aliases)]
    assert len(names) == len(set(names))


def test_the_match_table_names_only_what_the_scheme_has() -> None:
    assert {row["sector"] for row in read_table("sector_matches")} <= set(sectors())
    matched = {id for id, found in sectors().items() if found.exact or found.close}
    assert len(matched) == len(sectors())
    text = (ontology_dir() / "sectors.ttl").read_text(encoding="utf-8")
    assert len(re.findall(r"^kgs:\S+ a skos:Concept ;", text, re.M)) == len(sectors())
