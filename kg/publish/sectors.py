"""Writes `sectors.ttl`: the fields of cooperation as a SKOS concept scheme, matched to IPTC Media Topics and NACE.

https://www.w3.org/TR/skos-reference/. Names and matches come from `tables/sectors.csv` and `sector_matches.csv`.
"""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Literal

from kg.publish.ontology import block, header, texts
from kg.schema import load_schema
from kg.tables import Sector, sectors

_TITLE = {"en": "Fields of cooperation", "ru": "Области сотрудничества", "fr": "Domaines de coopération"}
_ABOUT = {
    "en": "Fields of the economy and of cooperation that news names, matched to IPTC Media Topics and NACE.",
    "ru": "Области экономики и сотрудничества, о которых говорят новости, в соответствии с IPTC Media Topics и NACE.",
    "fr": "Les domaines économiques et de coopération de l'actualité, alignés sur IPTC Media Topics et la NACE.",
}
_CREDIT = (
    "IPTC Media Topics © International Press Telecommunications Council, CC BY 4.0; NACE Rev. 2.1 © European Union; "
    "items of Wikidata, CC0."
)


def _scheme() -> str:
    top = [f"kgs:{found.id}" for found in sectors().values() if not found.broader]
    return block(
        _scheme_iri(),
        [
            ("a", ["skos:ConceptScheme"]),
            ("dcterms:title", texts(_TITLE)),
            ("dcterms:description", texts(_ABOUT)),
            ("dcterms:license", ["<https://creativecommons.org/licenses/by/4.0/>"]),
            ("dcterms:rights", [str(Literal(_CREDIT, language="en"))]),
            ("dcterms:issued", ['"2026-11-25"^^xsd:date']),
            ("vann:preferredNamespacePrefix", ['"kgs"']),
            ("skos:hasTopConcept", top),
        ],
    )


def _scheme_iri() -> str:
    return f"<{load_schema().prefixes['kgs'].rstrip('#')}>"


def _concept(found: Sector, narrower: Iterable[str]) -> str:
    return block(
        f"kgs:{found.id}",
        [
            ("a", ["skos:Concept"]),
            ("skos:prefLabel", texts(found.label)),
            ("skos:altLabel", [str(Literal(alias, language="en")) for alias in found.aliases]),
            ("skos:broader", [f"kgs:{found.broader}"] if found.broader else []),
            ("skos:narrower", [f"kgs:{id}" for id in narrower]),
            ("skos:exactMatch", [f"{scheme}:{code}" for scheme, code, _ in found.exact]),
            ("skos:closeMatch", [f"{scheme}:{code}" for scheme, code, _ in found.close]),
            ("skos:inScheme", [_scheme_iri()]),
            ("skos:topConceptOf", [] if found.broader else [_scheme_iri()]),
        ],
    )


def sectors_turtle() -> str:
    """`sectors.ttl`."""
    narrower: dict[str, list[str]] = {}
    for found in sectors().values():
        narrower.setdefault(found.broader, []).append(found.id)
    concepts = [_concept(found, narrower.get(found.id, ())) for found in sectors().values()]
    return header() + "\n" + "\n\n".join([_scheme(), *concepts]) + "\n"
