"""One frozen record of what a user can set; each row: name, default, unit, why."""

from __future__ import annotations

from dataclasses import dataclass

PROVENANCE = ("statements", "graphs", "rdf12", "none")
"""How provenance is written: a node for each statement; articles' graphs alone; RDF 1.2 reifiers; not at all."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How news is read and published.

    `min_confidence`: 0 to 1; statements below it are left out of the graph.
    `rules_only`: read without the learned parts, as when their weights are absent.
    `processes`: readers at work side by side; 1 reads in this process, 0 takes every core once there is work for it.
    `base`: IRI prefix of the published resources; None takes the ontology's own.
    `corrections`: TOML file of forced and forbidden merges; None for none.
    `provenance`: how statements are written: `statements`, `graphs`, `rdf12`, `none`.
    `link_online`: address of a Wikidata-compatible API to ask about what no table knows; None asks nobody.
    `link_cache`: folder that keeps its answers.
    """

    min_confidence: float = 0.0
    rules_only: bool = False
    processes: int = 0
    base: str | None = None
    corrections: str | None = None
    provenance: str = "statements"
    link_online: str | None = None
    link_cache: str = ".kg-link-cache"
