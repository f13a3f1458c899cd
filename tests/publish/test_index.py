"""The index holds the quads of the graph, whatever the way to it; patches lead from one to the next."""

import io
from pathlib import Path

import pyoxigraph
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, Quad, RdfFormat

from kg.errors import StoreError
from kg.fuse.corrections import Corrections
from kg.publish import index as module
from kg.publish.index import Index
from kg.publish.index_patches import read_patch, write_patches
from kg.publish.index_scope import restored
from kg.publish.index_snapshots import open_index
from kg.publish.iris import term
from kg.publish.rdf import quads
from kg.settings import Settings
from kg.store import Store
from tests.store.examples import article, reading

Quads = set[pyoxigraph.Quad]
REPLACED = term("dcterms:isReplacedBy")


def indexed(folder: Path) -> Quads:
    with open_index(folder) as index:
        named = {quad for quad in index if not isinstance(quad.graph_name, DefaultGraph)}
        union = {Quad(quad.subject, quad.predicate, quad.object) for quad in named}
        assert set(index) - named == union
        return set(map(restored, named))


def published(store: Store) -> Quads:
    return set(quads(store.graph()))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A store of 40 articles with its index."""
    with Store.make(tmp_path / "s") as store:
        store.readings.put([reading(n) for n in range(40)])
        Index(store).refresh()
    return tmp_path / "s"


def test_the_index_holds_the_quads_of_the_graph(folder: Path) -> None:
    with Store(folder) as store:
        assert indexed(folder) == published(store)


numbers = st.integers(0, 12) | st.integers(1000, 1006)
steps = st.lists(
    st.tuples(st.lists(st.tuples(numbers, st.integers(0, 1)), max_size=5), st.lists(numbers, max_size=3)),
    min_size=1,
    max_size=4,
)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@example([([(0, 0), (1000, 0)], []), ([], [1000])])  # seen in fewer articles, and otherwise as before
@given(steps)
def test_after_any_changes_it_holds_the_quads_of_the_graph(tmp_path_factory, steps) -> None:  # type: ignore[no-untyped-def]
    with Store.make(tmp_path_factory.mktemp("s")) as store:
        Index(store).refresh()
        for added, removed in steps:
            store.readings.put([reading(n, edition=edition) for n, edition in dict(added).items()])
            store.readings.remove(article(n) for n in removed)
            Index(store).refresh()
            assert indexed(store.folder) == published(store)
        state: Quads = set()
        for path in sorted((store.folder / "patches").iterdir()):
            gone, come = read_patch(path)
            assert state.issuperset(gone)
            assert state.isdisjoint(come)
            state = state.difference(gone).union(come)
        assert state == published(store)


def test_one_article_changes_little(folder: Path) -> None:
    with Store(folder, write=True) as store:
        before = published(store)
        store.readings.put([reading(99)])
        Index(store).refresh()
        (path,) = (folder / "patches").iterdir()
        gone, come = read_patch(path)
        assert before.difference(gone).union(come) == published(store)
        assert len(gone) < 200 < len(before)


def test_readers_keep_the_snapshot_that_they_opened(folder: Path) -> None:
    with open_index(folder) as index:
        before = set(index)
        for number in range(50, 54):
            with Store(folder, write=True) as store:
                store.readings.put([reading(number)])
                Index(store).refresh()
        assert set(index) == before
    with Store(folder, write=True) as store:
        assert indexed(folder) == published(store) != before
        store.readings.remove([article(50)])
        Index(store).refresh()
    assert len([path for path in (folder / "index").iterdir() if path.name.isdigit()]) == 2


@pytest.mark.parametrize("at", ["write_patch", "Index._apply", "Index._publish", "Index._set_mark"])
def test_an_update_that_broke_off_is_ended_by_the_next(folder: Path, at: str, monkeypatch: pytest.MonkeyPatch) -> None:
    class Killed(BaseException):
        pass

    def die(*_: object) -> None:
        raise Killed

    with Store(folder, write=True) as store:
        store.readings.put([reading(7, edition=1), reading(77)])
        store.readings.remove([article(3)])
        with monkeypatch.context() as patch:
            patch.setattr(f"{module.__name__}.{at}", die)
            with pytest.raises(Killed):
                Index(store).refresh()
        store.readings.put([reading(78)])
        Index(store).refresh()
        assert indexed(folder) == published(store)


def test_patches_since_a_change_lead_from_there_to_here(folder: Path) -> None:
    with Store(folder, write=True) as store:
        start, states = store.derived.at, [published(store)]
        for number in (60, 61, 62):
            store.readings.put([reading(number)])
            Index(store).refresh()
            states.append(published(store))
        for since, state in ((None, states[0]), (start, states[0]), (start + 1, states[1]), (start + 3, states[3])):
            text = io.StringIO()
            assert write_patches(store, since, text) == (since or start, start + 3)
            for line in text.getvalue().splitlines():
                if line.startswith(("A ", "D ")):
                    (quad,) = pyoxigraph.parse(line[2:], RdfFormat.N_QUADS)
                    state = state | {quad} if line[0] == "A" else state - {quad}  # type: ignore[assignment]
            assert state == states[3]
        with pytest.raises(StoreError, match="no patch begins at change 0; export the whole graph"):
            write_patches(store, 0, io.StringIO())


def test_a_damaged_index_is_made_anew(folder: Path) -> None:
    (folder / "index" / "mark.json").write_text("{")
    with Store(folder, write=True) as store:
        store.readings.put([reading(60)])
        Index(store).refresh()
        assert indexed(folder) == published(store)


def test_corrections_come_and_go_in_patches(folder: Path) -> None:
    path, state = folder / "corrections.toml", indexed(folder)
    with Store(folder, write=True) as store:
        for told in (
            Corrections(same=(("person/ana-petrova", "person/xu-li"), ("country/serbia", "country/norway"))),
            Corrections(split=(("person/ana-petrova", *map(article, range(0, 40, 2))),)),
            Corrections(),
        ):
            path.write_text(told.dump(), encoding="utf-8")
            at = store.derived.at
            Index(store).refresh()
            assert indexed(folder) == published(store) != state
            gone, come = read_patch(folder / "patches" / f"{at:09d}-{store.derived.at:09d}.rdfp")
            assert state.difference(gone).union(come) == published(store)
            state = published(store)
            assert {quad.object.value.rpartition("/")[2] for quad in state if quad.predicate == REPLACED} == (
                {"ana-petrova", "serbia"} if told.same else set()
            )


@pytest.mark.parametrize("provenance", ["graphs", "rdf12", "none"])
def test_base_and_provenance_stay_those_of_the_last_export_that_gave_them(folder: Path, provenance: str) -> None:
    settings = Settings(base="https://news.example/id/", provenance=provenance)
    with Store(folder, write=True) as store:
        Index(store, base=settings.base, provenance=provenance).refresh()
        assert indexed(folder) == set(quads(store.graph(), settings))
        store.readings.put([reading(70), reading(3, edition=1)])
        store.readings.remove([article(5)])
        Index(store).refresh()
        assert indexed(folder) == set(quads(store.graph(), settings))
        assert len(list((folder / "patches").iterdir())) == 1
        with pytest.raises(StoreError, match="must end in"):
            Index(store, base="https://news.example/id")
