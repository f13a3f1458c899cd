"""The dataset in the words of VoID and DCAT-AP 3, and the endpoint in those of the SPARQL service description.

All counts come from the data. The nodes are named, `…/.well-known/void#…`, so that others can point at them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import pyoxigraph as ox

from kg.model import digest
from kg.publish import FORMATS
from kg.schema import load_schema
from kg.serve.negotiate import GRAPHS, JSONLD, NTRIPLES, RDFXML, SOLUTIONS, TURTLE, Format
from kg.serve.server import Server

_XSD = "http://www.w3.org/2001/XMLSchema#"
_IANA = "https://www.iana.org/assignments/media-types/"
_FORMAT_IRI = "http://www.w3.org/ns/formats/"
_ENGLISH = "http://publications.europa.eu/resource/authority/language/ENG"
_RIGHTS = "Facts are free to use under the licence. Quoted sentences remain their publishers'."
PREFIXES = {
    **{name: load_schema().prefixes[name] for name in ("dcterms", "foaf", "owl", "prov", "rdf", "rdfs", "skos", "xsd")},
    "void": "http://rdfs.org/ns/void#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "sd": "http://www.w3.org/ns/sparql-service-description#",
}
_RDF = {
    TURTLE: ox.RdfFormat.TURTLE,
    JSONLD: ox.RdfFormat.JSON_LD,
    NTRIPLES: ox.RdfFormat.N_TRIPLES,
    RDFXML: ox.RdfFormat.RDF_XML,
}
_SD_FORMATS = {
    "json": "SPARQL_Results_JSON", "xml": "SPARQL_Results_XML", "csv": "SPARQL_Results_CSV",
    "tsv": "SPARQL_Results_TSV", "ttl": "Turtle", "nt": "N-Triples", "jsonld": "JSON-LD", "rdf": "RDF_XML",
}  # fmt: skip

Value = str | int | ox.NamedNode | ox.Literal | None


def serialize(triples: Iterable[ox.Triple], form: Format, prefixes: Mapping[str, str]) -> bytes:
    """Triples in a format, with the prefixes where it has any."""
    return ox.serialize(triples, format=_RDF[form], prefixes=dict(prefixes)) or b""


class _Node:
    """A subject that gathers triples."""

    def __init__(self, iri: str, kinds: str = "") -> None:
        self.iri = ox.NamedNode(iri)
        self.triples: list[ox.Triple] = []
        for kind in kinds.split():
            self.add("rdf:type", _term(kind))

    def add(self, curie: str, *values: Value) -> _Node:
        for value in values:
            if value is not None and value != "":
                self.triples.append(ox.Triple(self.iri, _term(curie), _object(value)))
        return self


def _term(curie: str) -> ox.NamedNode:
    prefix, _, name = curie.partition(":")
    return ox.NamedNode(PREFIXES[prefix] + name)


def _object(value: str | int | ox.NamedNode | ox.Literal) -> ox.NamedNode | ox.Literal:
    if isinstance(value, int):
        return ox.Literal(value)
    return ox.Literal(value, language="en") if isinstance(value, str) else value


def _ontology() -> str:
    return load_schema().namespace.rstrip("#")


def _iri(value: str) -> ox.NamedNode:
    return ox.NamedNode(value)


def describe_dataset(server: Server, endpoint: bool = True) -> list[ox.Triple]:
    """The dataset, its parts, its files and, where there is one, the endpoint that reaches it."""
    here = f"{server.public}.well-known/void"
    nodes = [_dataset(server, here), *_partitions(server, here), *_files(server, here)]
    if endpoint:
        nodes.append(_service(server, here))
        nodes[0].add("void:sparqlEndpoint", _iri(f"{server.public}sparql"))
    nodes.append(_Node(f"{here}#publisher", "foaf:Agent").add("foaf:name", server.title))
    nodes.append(_Node(f"{here}#rights", "dcterms:RightsStatement").add("rdfs:label", _RIGHTS))
    nodes += [_Node(_ENGLISH, "dcterms:LinguisticSystem"), _Node(_ontology(), "dcterms:Standard")]
    document = _Node(here, "void:DatasetDescription").add("foaf:primaryTopic", _iri(f"{here}#dataset"))
    return [triple for node in (document, *nodes) for triple in node.triples]


def _dataset(server: Server, here: str) -> _Node:
    data, counts = server.dataset, server.counts
    day = ox.Literal(data.modified.date().isoformat(), datatype=ox.NamedNode(_XSD + "date"))
    node = _Node(f"{here}#dataset", "void:Dataset dcat:Dataset")
    node.add("dcterms:title", server.title)
    node.add(
        "dcterms:description",
        f"{counts.statements} facts about {counts.entities} entities, read by a program in {counts.articles} news "
        "articles, each with its sources and sentences.",
    )
    node.add("dcterms:publisher", _iri(f"{here}#publisher")).add("dcterms:modified", day)
    node.add("dcterms:license", *map(_iri, server.licences))
    node.add("dcterms:rights", _iri(f"{here}#rights")).add("dcterms:language", _iri(_ENGLISH))
    node.add("dcterms:conformsTo", _iri(_ontology())).add("dcterms:identifier", ox.Literal(f"{here}#dataset"))
    node.add("dcat:version", ox.Literal(data.version)).add("dcat:keyword", "news", "knowledge graph")
    node.add("dcat:landingPage", _iri(server.public)).add("foaf:homepage", _iri(server.public))
    node.add("void:uriSpace", ox.Literal(data.base)).add("void:triples", counts.triples)
    node.add("void:entities", counts.entities).add("void:distinctSubjects", counts.subjects)
    node.add("void:distinctObjects", counts.objects).add("void:classes", len(counts.classes))
    node.add("void:properties", len(counts.properties))
    node.add("void:vocabulary", *map(_iri, _vocabularies([*counts.classes, *counts.properties])))
    for count, (thing, _) in enumerate(server.names.things):
        if count < 3:
            node.add("void:exampleResource", _iri(thing.iri))
    return node


def _vocabularies(terms: Iterable[str]) -> list[str]:
    """The namespaces of the terms."""
    return sorted({term[: max(term.rfind("#"), term.rfind("/")) + 1] for term in terms})


def _partitions(server: Server, here: str) -> Iterator[_Node]:
    whole = _Node(f"{here}#dataset")
    rows = [("class", iri, number) for iri, number in server.counts.classes.items()]
    rows += [("property", iri, number) for iri, number in server.counts.properties.items()]
    for kind, iri, number in rows:
        part = _Node(f"{here}#{kind}-{digest(iri, length=8)}", "void:Dataset").add(f"void:{kind}", _iri(iri))
        whole.add(f"void:{kind}Partition", part.iri)
        yield part.add("void:entities" if kind == "class" else "void:triples", number)
    for (predicate, host), number in server.counts.links.items():
        link = _Node(f"{here}#links-{digest(predicate, host, length=8)}", "void:Linkset void:Dataset")
        link.add("void:linkPredicate", _iri(predicate)).add("void:triples", number)
        link.add("void:subjectsTarget", whole.iri).add("void:objectsTarget", _iri(f"http://{host}/"))
        whole.add("void:subset", link.iri)
        yield link
    yield whole


def _files(server: Server, here: str) -> Iterator[_Node]:
    """A distribution for each dump, where the files name the base that is served."""
    if server.dataset.base != server.dataset.source:
        return
    whole = _Node(f"{here}#dataset")
    for form in FORMATS.values():
        path = server.dataset.file.parent / form.file
        if not path.is_file():
            continue
        address = _iri(f"{server.public}dumps/{form.file}")
        node = _Node(f"{here}#file-{form.file}", "dcat:Distribution").add("dcterms:title", form.file)
        node.add("dcat:accessURL", address).add("dcat:downloadURL", address)
        media = form.media_type.partition(";")[0]
        node.add("dcat:mediaType", _iri(_IANA + media)).add("dcterms:license", *map(_iri, server.licences))
        size = ox.Literal(str(path.stat().st_size), datatype=ox.NamedNode(_XSD + "nonNegativeInteger"))
        yield node.add("dcat:byteSize", size)
        whole.add("dcat:distribution", node.iri)
        if media in {f.media for f in GRAPHS} | {"application/trig"}:
            whole.add("void:dataDump", address)
    yield whole


def _service(server: Server, here: str) -> _Node:
    node = _Node(f"{server.public}sparql#service", "dcat:DataService")
    node.add("dcterms:title", f"SPARQL endpoint of {server.title}").add("dcterms:license", *map(_iri, server.licences))
    node.add("dcat:endpointURL", _iri(f"{server.public}sparql")).add("dcat:servesDataset", _iri(f"{here}#dataset"))
    node.add("dcat:endpointDescription", _iri(f"{server.public}sparql"))
    return node.add("dcterms:conformsTo", _iri("http://www.w3.org/TR/sparql11-protocol/"))


def describe_service(server: Server) -> list[ox.Triple]:
    """The endpoint: its language, formats, and the dataset, whose default graph is the union of its graphs."""
    here = f"{server.public}sparql"
    node = _Node(f"{here}#service", "sd:Service").add("sd:endpoint", _iri(here))
    node.add("sd:supportedLanguage", _term("sd:SPARQL11Query"))
    node.add("sd:resultFormat", *(_iri(_FORMAT_IRI + _SD_FORMATS[form.name]) for form in (*SOLUTIONS, *GRAPHS)))
    node.add("sd:feature", _term("sd:UnionDefaultGraph")).add("sd:defaultDataset", _iri(f"{here}#dataset"))
    data = _Node(f"{here}#dataset", "sd:Dataset").add("sd:defaultGraph", _iri(f"{here}#default"))
    default = _Node(f"{here}#default", "sd:Graph void:Dataset").add("void:triples", server.counts.triples)
    data.add("dcterms:isPartOf", _iri(f"{server.public}.well-known/void#dataset"))
    return [triple for part in (node, data, default) for triple in part.triples]
