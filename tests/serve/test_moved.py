"""A store served where its index lies: what was, what is, and what has become of the rest."""

from pathlib import Path

import pytest

from kg.fuse.corrections import Corrections
from kg.serve.dataset import Dataset
from kg.serve.limits import Limits
from kg.store import Store
from tests.serve.conftest import Client
from tests.serve.live import serving
from tests.store.test_derived import short

COUNT = "SELECT (COUNT(*) AS ?n) { ?s a <https://w3id.org/newskg/ontology#Statement> }"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A store whose graph was made when Brantov had no other name, and Ben Smith was told of."""
    with Store.make(tmp_path / "s") as store:
        list(store.add([short("a", "Brantov"), short("c", "Ben Smith")]))
        store.graph()
        list(store.add([short("b", "Igor Brantov")]))
        store.readings.remove(["c"])
    return tmp_path / "s"


def test_old_addresses_lead_on_or_are_gone(folder: Path) -> None:
    with Dataset.open(folder) as dataset, serving(dataset, Limits(workers=1, seconds=60)) as running:
        client = Client(running.url)
        moved = client("GET", "/id/person/brantov")
        assert (moved.status, moved.headers["location"]) == (301, "/id/person/igor-brantov")
        assert client("GET", "/id/person/igor-brantov").status == 303
        assert client("GET", "/id/person/ben-smith").status == 410
        assert client("GET", "/id/person/nobody").status == 404
        assert '"person/igor-brantov"' in client("GET", "/api/entity/person/brantov").text
        assert client("GET", "/api/path?from=person/brantov&to=person/igor-brantov").status == 200
        assert client("GET", "/api/entity/person/ben-smith").status == 410
        assert client("GET", "/dumps/graph.html").status == 200
        with Store(folder, write=True) as store:
            list(store.add([short("c", "Ben Smith")]))
        running.swap(Dataset.open(folder))
        assert client("GET", "/id/person/ben-smith").status == 303
        assert client.ask(COUNT, "text/csv").text.split() == ["n", "2"]
        running.server.dataset.close()


def test_merges_by_hand_lead_on_and_the_base_is_the_servers(folder: Path) -> None:
    with Store(folder, write=True) as store:
        list(store.add([short("c", "Ben Smith")]))
    pair = ("person/igor-brantov", "person/ben-smith")
    (folder / "corrections.toml").write_text(Corrections(same=(pair,)).dump(), encoding="utf-8")
    with (
        Dataset.open(folder, "http://other.example/") as dataset,
        serving(dataset, Limits(workers=1, seconds=60)) as running,
    ):
        client = Client(running.url)
        for old in ("ben-smith", "brantov"):
            assert client("GET", f"/id/person/{old}").headers["location"] == "/id/person/igor-brantov"
        assert "<http://other.example/person/igor-brantov>" in client("GET", "/data/person/igor-brantov.nt").text
    (folder / "corrections.toml").unlink()
    with (
        Dataset.open(folder, "http://other.example/") as dataset,
        serving(dataset, Limits(workers=1, seconds=60)) as running,
    ):
        client = Client(running.url)
        assert client("GET", "/id/person/ben-smith").status == 303
        assert client.ask(COUNT, "text/csv").text.split() == ["n", "2"]
