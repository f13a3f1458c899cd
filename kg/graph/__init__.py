"""The knowledge graph in memory: look-ups, subgraphs, measures. Needs no language model."""

from kg.graph.graph import KnowledgeGraph
from kg.graph.network import to_networkx

__all__ = ["KnowledgeGraph", "to_networkx"]
