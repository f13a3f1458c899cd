"""What the server says of itself, held against the standards: OpenAPI, reconciliation, VoID and DCAT-AP, sitemaps."""

from __future__ import annotations

import json
import warnings
from pathlib import Path
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from jsonschema import Draft202012Validator
from rdflib import Graph

from kg.serve.site import write_site
from tests.serve.conftest import ANA, Client
from tests.serve.live import Live

STRING, IRI = {"type": "string", "minLength": 1}, {"type": "string", "pattern": "^https?://"}
TEMPLATE = {"type": "string", "pattern": r"\{\{id\}\}"}
TYPES = {"type": "array", "items": {"type": "object", "required": ["id"], "properties": {"id": STRING, "name": STRING}}}


def shape(required: str, **properties: Any) -> dict[str, Any]:
    return {"type": "object", "required": required.split(), "properties": properties}


SERVICE = shape("service_url service_path", service_url=IRI, service_path={"type": "string", "pattern": "^/"})
# https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/, by its own words
MANIFEST = shape(
    "versions name identifierSpace schemaSpace",
    versions={"type": "array", "items": STRING, "contains": {"const": "0.2"}},
    name=STRING, identifierSpace=IRI, schemaSpace=IRI, documentation=IRI, logo=IRI,
    view=shape("url", url=TEMPLATE),
    preview=shape("url width height", url=TEMPLATE, width={"type": "integer"}, height={"type": "integer"}),
    defaultTypes={**TYPES, "uniqueItems": True},
    suggest=shape("entity property type", entity=SERVICE, property=SERVICE, type=SERVICE),
)  # fmt: skip
CANDIDATE = shape(
    "id name score", id=STRING, name=STRING, description={"type": "string"}, score={"type": "number"},
    match={"type": "boolean"}, type=TYPES,
    features={"type": "array", "items": shape("id value", id=STRING, value={"type": ["number", "boolean"]})},
)  # fmt: skip
RESULTS = {
    "type": "object",
    "additionalProperties": shape("result", result={"type": "array", "items": CANDIDATE}),
}
SUGGESTIONS = shape(
    "result",
    result={"type": "array", "items": shape("id name", id=STRING, name=STRING, description=STRING, notable=TYPES)},
)


def test_openapi_is_valid_and_so_are_the_answers(get: Client) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        from openapi_spec_validator import validate
    document = json.loads(get("GET", "/openapi.json").body)
    validate(document)
    for path, name in [
        (f"/api/entity/{ANA}", "Entity"), ("/api/entity/country/freedonia", "Entity"), ("/api/entities?q=ana", "Hits"),
        (f"/api/path?from={ANA}&to=energy", "Path"),
    ]:  # fmt: skip
        schema = {"$ref": f"#/components/schemas/{name}", "components": document["components"]}
        body = json.loads(get("GET", path).body)
        Draft202012Validator(schema).validate(body)
        assert set(body) <= set(document["components"]["schemas"][name]["properties"])


def test_the_reconciliation_service_keeps_to_its_specification(get: Client) -> None:
    manifest = json.loads(get("GET", "/reconcile").body)
    Draft202012Validator(MANIFEST).validate(manifest)
    batch = {
        "exact": {"query": "Ana Petrová", "type": "Person", "type_strict": "any", "limit": 2},
        "typed": {"query": "Freedonia", "type": [{"id": "Country"}], "properties": [{"pid": "leaderOf", "v": "x"}]},
        "none": {"query": "zzzzzzz"}, "odd": {"query": "Ben", "limit": "x"},
    }  # fmt: skip
    form = f"queries={quote(json.dumps(batch))}"
    post = get("POST", "/reconcile", form.encode(), content_type="application/x-www-form-urlencoded")
    answers = [json.loads(reply.body) for reply in (post, get("GET", f"/reconcile?{form}"))]
    assert answers[0] == answers[1] and set(answers[0]) == set(batch)
    Draft202012Validator(RESULTS).validate(answers[0])
    assert answers[0]["none"] == {"result": []} and answers[0]["exact"]["result"][0]["match"] is True
    assert post.headers["access-control-allow-origin"] == "*"
    best = answers[0]["exact"]["result"][0]["id"]
    assert get("GET", "/" + manifest["view"]["url"].replace("{{id}}", best).split("/", 3)[3]).status == 200
    preview = get("GET", "/" + manifest["preview"]["url"].replace("{{id}}", quote(best)).split("/", 3)[3])
    assert (preview.status, preview.type) == (200, "text/html") and "Ana Petrová" in preview.text
    assert "frame-ancestors *" in preview.headers["content-security-policy"], "OpenRefine shows it in a frame"
    for kind in ("entity", "type", "property"):
        place = (
            "/"
            + (manifest["suggest"][kind]["service_url"] + manifest["suggest"][kind]["service_path"]).split("/", 3)[3]
        )
        found = json.loads(get("GET", f"{place}?prefix=p").body)
        Draft202012Validator(SUGGESTIONS).validate(found)
        assert found["result"]
    script = get("GET", "/reconcile?callback=jsonp1")
    assert script.type == "application/javascript" and script.text.startswith("/**/jsonp1({")


def conforms(turtle: bytes | str) -> tuple[bool, str]:
    from pyshacl import validate

    shapes = Graph().parse(Path(__file__).with_name("dcat-shapes.ttl"))
    ok, _, text = validate(Graph().parse(data=turtle, format="turtle"), shacl_graph=shapes)
    return ok, text


def test_the_description_keeps_to_dcat_ap_and_void(get: Client, export: Path, tmp_path: Path) -> None:
    text = get("GET", "/.well-known/void", accept="text/turtle").body
    ok, told = conforms(text)
    assert ok, told
    write_site(export, tmp_path, public="https://example.org/")
    ok, told = conforms((tmp_path / "void.ttl").read_text(encoding="utf-8"))
    assert ok, told
    for broken in (text.replace(b"dcat:accessURL", b"dcat:access"), text.replace(b"foaf:name", b"foaf:nick")):
        assert not conforms(broken)[0]


@pytest.mark.parametrize("form", ["text/turtle", "application/ld+json", "application/n-triples", "application/rdf+xml"])
def test_the_descriptions_have_all_formats(get: Client, form: str) -> None:
    for place in ("/.well-known/void", "/sparql"):
        reply = get("GET", place, accept=form)
        assert (reply.status, reply.type, reply.headers["vary"]) == (200, form, "Accept")
        assert len(Graph().parse(data=reply.body, format=form.replace("ld+json", "ld+json"))) > 10


def test_sitemaps_keep_to_their_protocol(get: Client, live: Live) -> None:
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    index = ElementTree.fromstring(get("GET", "/sitemap.xml").body)
    assert index.tag == f"{space}sitemapindex"
    for entry in index:
        assert [child.tag for child in entry] == [f"{space}loc", f"{space}lastmod"]
        urls = ElementTree.fromstring(get("GET", str(entry[0].text).removeprefix(live.url[:-1])).body)
        assert urls.tag == f"{space}urlset" and 0 < len(urls) <= 50_000
        for url in urls:
            assert [child.tag for child in url] == [f"{space}loc", f"{space}lastmod"]
            assert str(url[0].text).startswith(live.url) and len(str(url[1].text)) == 10
