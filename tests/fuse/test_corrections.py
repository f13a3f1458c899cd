"""Merges forced, forbidden and undone by a small file."""

from pathlib import Path

import pytest

from kg.errors import StoreError
from kg.fuse import fuse
from kg.fuse.corrections import Corrections, families, load_corrections
from kg.graph import KnowledgeGraph
from kg.model import Fused, Reading
from kg.settings import Settings
from tests.fuse.test_fuse import NAMESAKE, SERBIAN, reading


def corrected(folder: Path, corrections: Corrections, *readings: Reading) -> Fused:
    path = folder / "corrections.toml"
    path.write_text(corrections.dump(), encoding="utf-8")
    return fuse(readings, Settings(corrections=str(path)))


def facts(fused: Fused) -> set[tuple[str, str, str]]:
    return {(s.subject, s.relation, s.object) for s in fused.statements}


ENDS = (("Country", "Peru"), ("Person", "Ana Petrova"))
ONE = reading("a1", *ENDS, facts=(("Ana Petrova", "visited", "Peru"),))
TWO = reading("a2", *ENDS, facts=(("Ana Petrova", "visited", "Peru"), ("Ana Petrova", "officialOf", "Peru")))
PEN = reading("a3", ("Person", "Nadia Pen"), ("Country", "Peru"), facts=(("Nadia Pen", "visited", "Peru"),))


def test_forced_merge_unites_claims_and_redirects(tmp_path: Path) -> None:
    fused = fuse([ONE, TWO, PEN])
    one = corrected(tmp_path, Corrections(same=(("person/ana-petrova", "person/nadia-pen"),)), ONE, TWO, PEN)
    assert facts(one) == {("person/ana-petrova", r, "country/peru") for r in ("visited", "officialOf")}
    visited = next(s for s in one.statements if s.relation == "visited")
    assert [item.article for item in visited.evidence] == ["a1", "a2", "a3"]
    assert visited.confidence > next(s for s in fused.statements if s.relation == "visited").confidence
    assert "told to be one with person/nadia-pen" in {merge.reason for merge in one.merges}
    graph = KnowledgeGraph.of(one)
    assert graph.find("person/nadia-pen")[0].id == "person/ana-petrova"
    assert "Nadia Pen" in graph.entities["person/ana-petrova"].aliases


def test_ends_that_become_one_are_no_fact(tmp_path: Path) -> None:
    met = reading(
        "a4", ("Person", "Ana Petrova"), ("Person", "Nadia Pen"), facts=(("Ana Petrova", "metWith", "Nadia Pen"),)
    )
    one = corrected(tmp_path, Corrections(same=(("person/ana-petrova", "person/nadia-pen"),)), met)
    assert one.statements == ()


def test_split_takes_what_an_article_says_away(tmp_path: Path) -> None:
    apart = corrected(tmp_path, Corrections(split=(("person/ana-petrova", "a2"),)), ONE, TWO)
    (other,) = {entity.id for entity in apart.entities if entity.type == "Person"} - {"person/ana-petrova"}
    assert facts(apart) == {
        ("person/ana-petrova", "visited", "country/peru"),
        (other, "visited", "country/peru"),
        (other, "officialOf", "country/peru"),
    }
    by_article = {s.subject: {item.article for item in s.evidence} for s in apart.statements}
    assert by_article == {"person/ana-petrova": {"a1"}, other: {"a2"}}
    assert all(s.confidence == 0.8 for s in apart.statements)


def test_split_without_articles_undoes_other_spellings(tmp_path: Path) -> None:
    other = reading(
        "a2", ("Person", "Aleksandar Vucic"), ("Country", "Serbia"), facts=(("Aleksandar Vucic", "leaderOf", "Serbia"),)
    )
    apart = corrected(tmp_path, Corrections(split=(("person/aleksandar-vucic",),)), SERBIAN, other)
    assert len([e for e in apart.entities if "vucic" in e.id]) == 2
    assert corrected(tmp_path, Corrections(), SERBIAN, other) == fuse([SERBIAN, other])


def test_what_is_not_there_is_passed_over(tmp_path: Path) -> None:
    told = Corrections((("person/x", "person/y"),), (("person/z", "a1"),))
    assert corrected(tmp_path, told, NAMESAKE) == fuse([NAMESAKE])
    for articles in (("a1", "a2"), ("a9",)):  # all that speak of her, and none
        told = Corrections(split=(("person/ana-petrova", *articles),))
        assert corrected(tmp_path, told, ONE, TWO) == fuse([ONE, TWO])


def test_chains_and_rings_of_merges_have_one_end(tmp_path: Path) -> None:
    ana, pen = "person/ana-petrova", "person/nadia-pen"
    ring = corrected(tmp_path, Corrections(same=((ana, pen), (pen, ana))), ONE, PEN)
    assert [entity.id for entity in ring.entities if entity.type == "Person"] == [ana]
    chain = corrected(tmp_path, Corrections(same=((pen, ana), ("country/peru", pen))), ONE, PEN)
    assert [entity.id for entity in chain.entities] == ["country/peru"]
    assert dict(chain.redirects) == {ana: "country/peru", pen: "country/peru"}


def test_families_are_rows_with_a_path_in_common() -> None:
    found = families(
        Corrections((("person/a", "person/b-0123ab"),), (("person/c",),)), Corrections(same=(("person/b", "person/d"),))
    )
    assert found["person/a"].ids == {"person/a", "person/b-0123ab", "person/b", "person/d"}
    assert found["person/b"] is found["person/d"]
    assert found["person/c"].ids == {"person/c"}


def test_the_file_goes_there_and_back(tmp_path: Path) -> None:
    path = tmp_path / "corrections.toml"
    assert load_corrections(path) == Corrections()
    told = Corrections((("person/ana-petrova", "person/nadia-pen"),), (("person/john-smith", 'a "7"', "ä\\9"),))
    path.write_text(told.dump(), encoding="utf-8")
    assert load_corrections(path) == told
    assert len(fuse([ONE, TWO, PEN], Settings(corrections=str(path))).redirects) == 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("same = 1", "same is no list"),
        ('same = [["a"]]', "same, row 1: is no list of 2 ids or more"),
        ("split = [[1]]", "split, row 1"),
        ("sames = []", "unknown key 'sames'; there are: same, split"),
        ("same = [", "cannot be read as TOML"),
    ],
)
def test_what_is_wrong_is_named(text: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "corrections.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(StoreError, match=message):
        load_corrections(path)
