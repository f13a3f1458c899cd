"""Pages, data and look-ups over HTTP, on a small graph with hostile names."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

import pyoxigraph as ox
import pytest

from tests.serve.conftest import ANA, BASE, HOSTILE, Client
from tests.serve.live import Live

HTML, TTL = "text/html", "text/turtle"


def test_an_id_leads_to_the_page_or_the_data(get: Client) -> None:
    for accept, place in [
        (HTML, f"/page/{ANA}"), (TTL, f"/data/{ANA}.ttl"), ("application/ld+json", f"/data/{ANA}.jsonld"),
        ("application/n-triples", f"/data/{ANA}.nt"), ("*/*", f"/data/{ANA}.ttl"),
        ("text/turtle;q=0.2, text/html;q=0.9", f"/page/{ANA}"), ("text/html;q=0, */*", f"/data/{ANA}.ttl"),
    ]:  # fmt: skip
        reply = get("GET", f"/id/{ANA}", accept=accept)
        assert (reply.status, reply.headers["location"]) == (303, place), accept
        assert reply.headers["vary"] == "Accept"
        assert get("GET", place).status == 200


def test_what_is_not_offered_is_406_with_the_choices(get: Client) -> None:
    reply = get("GET", f"/id/{ANA}", accept="image/png")
    assert reply.status == 406
    assert f"/data/{ANA}.jsonld" in reply.text and f"/page/{ANA}" in reply.text


@pytest.mark.parametrize("ending", ["ttl", "jsonld", "nt"])
def test_each_format_says_the_same(get: Client, ending: str) -> None:
    reply = get("GET", f"/data/{ANA}.{ending}")
    triples = {quad.triple for quad in ox.parse(reply.body, format=ox.RdfFormat.from_extension(ending))}
    other = get("GET", f"/data/{ANA}.nt")
    assert triples == {quad.triple for quad in ox.parse(other.body, format=ox.RdfFormat.N_TRIPLES)}
    assert any(triple.object == ox.Literal("Ana Petrová") for triple in triples)


def test_a_statement_comes_with_its_evidence(get: Client) -> None:
    found = json.loads(get("GET", f"/api/entity/{ANA}").body)["facts"]
    lead = next(fact for fact in found if fact["relation"] == "leaderOf")
    assert "met Ben Carter in Sylvania on Monday." in get("GET", f"/data/{lead['id']}.nt").text


def test_validators(get: Client) -> None:
    for place in (f"/page/{ANA}", f"/data/{ANA}.ttl", "/", "/.well-known/void"):
        reply = get("GET", place)
        assert get("GET", place, if_none_match=reply.headers["etag"]).status == 304
        assert get("GET", place, if_modified_since=reply.headers["last-modified"]).status == 304
        assert (
            get("GET", place, if_none_match='"other"', if_modified_since=reply.headers["last-modified"]).status == 200
        )
        assert get("GET", place, if_modified_since="yesterday").status == 200
    tags = {get("GET", f"/data/{ANA}.{ending}").headers["etag"] for ending in ("ttl", "nt", "jsonld")}
    assert len(tags) == 3


def test_head_has_the_headers_and_no_body(get: Client) -> None:
    reply = get("HEAD", f"/data/{ANA}.ttl")
    assert (reply.status, reply.body) == (200, b"")
    assert reply.headers["etag"] == get("GET", f"/data/{ANA}.ttl").headers["etag"]


def test_signposting(get: Client) -> None:
    link = get("GET", f"/page/{ANA}").headers["link"]
    assert f'<{BASE}{ANA}>; rel="cite-as"' in link
    assert re.search(rf'<http://127[^>]*/data/{ANA}\.ttl>; rel="alternate"; type="text/turtle"', link)
    assert 'rel="license"' in link and '/ontology#Person>; rel="type"' in link


class Marks(HTMLParser):
    """Collects the elements, the attributes that run code, and the data blocks of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.events: list[str] = []
        self.blocks: list[str] = []
        self._block = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.events += [name for name, _ in attrs if name.startswith("on") or name == "style"]
        kind = dict(attrs).get("type")
        self._block = tag == "script" and kind == "application/ld+json"
        if tag == "script" and "src" not in dict(attrs) and kind not in ("application/ld+json", "application/json"):
            self.events.append("inline script")

    def handle_data(self, data: str) -> None:
        if self._block:
            self.blocks.append(data)
            self._block = False


@pytest.mark.parametrize(
    "place", ["person/mallory", "person/ben-carter", ANA, "article/first", "country/freedonia", "quotation/q1"]
)
def test_no_name_becomes_markup(get: Client, place: str) -> None:
    reply = get("GET", f"/page/{place}")
    assert reply.status == 200
    marks = Marks()
    marks.feed(reply.text)
    assert marks.events == [] and "img" not in marks.tags
    assert "unsafe" not in reply.headers["content-security-policy"]
    assert all(json.loads(block) for block in marks.blocks)
    assert HOSTILE not in reply.text


def test_an_entity_page_tells_all(get: Client) -> None:
    text = get("GET", f"/page/{ANA}").text
    for part in ("Ana Petrová", "Ана Петрова", "person", "leads", "Freedonia", "President", "93 %", "The Example",
                 "“We will build the railway,”", "1 more source", "<svg", 'class="timeline"'):  # fmt: skip
        assert part in text, part
    text = get("GET", "/page/country/freedonia").text
    assert "http://www.wikidata.org/entity/Q1" in text and "denied" in text and "Facts about Freedonia" in text
    assert "Ana Petrova, President of Freedonia, met Ben Carter" in text


def test_json_ld_for_search_engines(get: Client) -> None:
    marks = Marks()
    marks.feed(get("GET", f"/page/{ANA}").text)
    block = json.loads(marks.blocks[0])
    assert (block["@type"], block["name"], block["@id"]) == ("Person", "Ana Petrová", BASE + ANA)
    assert block["alternateName"] == ["Petrova", "Ана Петрова"]
    marks = Marks()
    marks.feed(get("GET", "/page/person/ben-carter").text)
    block = json.loads(marks.blocks[0])
    assert block["memberOf"] == [{"@id": BASE + "organization/club", "name": "Club"}]
    assert block["sameAs"] == ["http://www.wikidata.org/entity/Q2"]
    marks = Marks()
    marks.feed(get("GET", "/page/country/freedonia").text)
    assert "memberOf" not in json.loads(marks.blocks[0]), "a denied fact is none"


@pytest.mark.parametrize(
    "place", ["person/nobody", "..%2f..%2fetc%2fpasswd", "%00", "/", "//x", "a b", "%ff", "person"]
)
def test_unknown_paths_are_404(get: Client, place: str) -> None:
    for root in ("/id/", "/page/", "/data/", "/api/entity/"):
        ending = ".ttl" if root == "/data/" else ""
        assert get("GET", f"{root}{place.replace(' ', '%20')}{ending}").status == 404
    assert get("GET", "/dumps/..%2f..%2fetc%2fpasswd").status == 404
    assert get("GET", "/static/..%2fapp.py").status == 404


def test_search_needs_no_script(get: Client) -> None:
    assert "Ana Petrová" in get("GET", "/search?q=petrov").text
    assert HOSTILE not in get("GET", f"/search?q={'%22%3E%3Cimg%20src=x%20onerror=alert(1)%3E%3C/script%3E'}").text
    assert "No name" in get("GET", "/search?q=zzzzzzz").text


def test_the_start_page_runs_a_query_without_script(get: Client) -> None:
    reply = get("GET", "/?query=SELECT%20%3Fs%20%7B%3Fs%20a%20%3Chttps://w3id.org/newskg/ontology%23Person%3E%7D")
    assert reply.status == 200 and 'href="/page/person/ana-petrova"' in reply.text and "3 rows" in reply.text
    assert "img" not in _tags(reply.text)
    bad = get("GET", "/?query=SELECT%20nonsense")
    assert bad.status == 400 and "not valid SPARQL" in bad.text


def _tags(text: str) -> list[str]:
    marks = Marks()
    marks.feed(text)
    assert marks.events == []
    return marks.tags


def test_a_browser_at_the_endpoint_is_sent_to_the_query_page(get: Client) -> None:
    accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    reply = get("GET", "/sparql?query=ASK%7B%7D", accept=accept)
    assert (reply.status, reply.headers["location"]) == (303, "/?query=ASK%7B%7D#query")
    assert get("GET", "/sparql?query=ASK%7B%7D&format=json", accept=accept).type == "application/sparql-results+json"


def test_dumps_are_the_export(get: Client, live: Live) -> None:
    folder = live.server.dataset.file.parent
    assert get("GET", "/dumps/graph.trig").body == (folder / "graph.trig").read_bytes()
    assert get("GET", "/dumps/entities.csv").type == "text/csv"


def test_entities_by_name(get: Client) -> None:
    found = json.loads(get("GET", "/api/entities?q=petrova&limit=3").body)["entities"]
    assert (found[0]["id"], found[0]["score"], found[0]["type"]) == (ANA, 95.0, "Person")
    assert json.loads(get("GET", "/api/entities?q=Pertova").body)["entities"][0]["id"] == ANA
    assert json.loads(get("GET", "/api/entities?q=petrova&type=Country").body)["entities"] == []
    assert get("GET", "/api/entities").status == 400
    assert get("GET", "/api/entities?q=a&limit=0").status == 400


def test_the_path_between_two(get: Client) -> None:
    found = json.loads(get("GET", "/api/path?from=person/mallory&to=energy").body)
    assert found["length"] == 4
    assert [fact["relation"] for fact in found["facts"]] == ["metWith", "metWith", "leaderOf", "cooperatesIn"]
    assert all(fact["sources"][0]["sentence"] for fact in found["facts"])
    league = json.loads(get("GET", "/api/path?from=Ana%20Petrova&to=League").body)
    assert league["facts"] == [], "a denied fact joins nothing"
    assert get("GET", "/api/path?from=zzzz&to=League").status == 404


def test_openapi_describes_the_answers(get: Client) -> None:
    document = json.loads(get("GET", "/openapi.json").body)
    schemas = document["components"]["schemas"]
    for answer, name in [
        (f"/api/entity/{ANA}", "Entity"), ("/api/entities?q=ana", "Hits"), (f"/api/path?from={ANA}&to=League", "Path"),
    ]:  # fmt: skip
        body = json.loads(get("GET", answer).body)
        assert set(schemas[name]["required"]) <= set(body) <= set(schemas[name]["properties"])
    fact = json.loads(get("GET", f"/api/entity/{ANA}").body)["facts"][0]
    assert set(schemas["Fact"]["required"]) <= set(fact) <= set(schemas["Fact"]["properties"])


def test_reconciliation(get: Client) -> None:
    manifest = json.loads(get("GET", "/reconcile").body)
    assert "0.2" in manifest["versions"] and manifest["identifierSpace"] == BASE
    batch = {
        "q0": {"query": "Ana Petrova", "type": "Person", "limit": 2},
        "q1": {"query": "Sylvana", "type": ["Country"]},
    }
    body = b"queries=" + json.dumps(batch).replace(" ", "+").encode()
    reply = get("POST", "/reconcile", body, content_type="application/x-www-form-urlencoded")
    found = json.loads(reply.body)
    best = found["q0"]["result"][0]
    assert (best["id"], best["match"], best["type"][0]["id"]) == (ANA, True, "Person")
    assert found["q1"]["result"][0]["match"] is False
    assert get("GET", "/reconcile?queries=nonsense").status == 400
    assert json.loads(get("GET", "/reconcile/suggest/entity?prefix=petr").body)["result"][0]["id"] == ANA
    assert json.loads(get("GET", "/reconcile/suggest/type?prefix=pers").body)["result"][0]["id"] == "Person"


def test_the_vocabulary_has_a_page_and_a_file(get: Client) -> None:
    assert "leaderOf" in get("GET", "/ns", accept=HTML).text
    reply = get("GET", "/ns", accept=TTL)
    assert list(ox.parse(reply.body, format=ox.RdfFormat.TURTLE))


def test_sitemap_and_robots(get: Client, live: Live) -> None:
    assert f"{live.url}sitemap-1.xml" in get("GET", "/sitemap.xml").text
    pages = re.findall("<loc>([^<]*)</loc>", get("GET", "/sitemap-1.xml").text)
    assert f"{live.url}page/{ANA}" in pages and not any("/statement/" in page for page in pages)
    assert all(get("GET", page.removeprefix(live.url[:-1])).status == 200 for page in pages)
    assert get("GET", "/sitemap-2.xml").status == 404
    assert f"Sitemap: {live.url}sitemap.xml" in get("GET", "/robots.txt").text


def test_the_description_counts_what_is_there(get: Client, live: Live) -> None:
    store = ox.Store()
    store.load(get("GET", "/.well-known/void").body, format=ox.RdfFormat.TURTLE)
    ask = """PREFIX void: <http://rdfs.org/ns/void#> PREFIX dcat: <http://www.w3.org/ns/dcat#>
        PREFIX dct: <http://purl.org/dc/terms/>
        SELECT * { ?d a void:Dataset, dcat:Dataset ; void:triples ?n ; dct:license ?l ; void:sparqlEndpoint ?e ;
          dct:title ?title ; dct:description ?text ; void:classPartition [void:class ?c ; void:entities ?m] ;
          void:exampleResource ?example ; void:dataDump ?dump ; dcat:distribution/dcat:byteSize ?size .
          ?s a dcat:DataService ; dcat:servesDataset ?d ; dcat:endpointURL ?e
          FILTER(?c = <https://w3id.org/newskg/ontology#Person>) }"""
    row = next(iter(store.query(ask)))  # type: ignore[call-overload]
    count = json.loads(get.ask("SELECT (COUNT(*) AS ?n) {?s ?p ?o}").body)["results"]["bindings"][0]["n"]["value"]
    assert row["n"].value == count and row["m"].value == "3"
    for name in ("dump", "example"):
        path = row[name].value.removeprefix(live.url).replace(BASE, "id/")
        assert get("GET", "/" + path).status in (200, 303)
    assert get("GET", "/.well-known/void", accept=HTML).headers["location"] == "/about"
    assert get("GET", "/about").status == 200


def test_the_service_describes_itself(get: Client) -> None:
    reply = get("GET", "/sparql", accept=TTL)
    assert reply.status == 200 and "sd:SPARQL11Query" in reply.text and "sd:UnionDefaultGraph" in reply.text
    assert get("GET", "/sparql", accept="image/png").status == 406
