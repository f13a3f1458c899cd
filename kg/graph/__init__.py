"""The knowledge graph in memory: look-ups, subgraphs, measures. Needs no language model."""

from kg.graph.graph import KnowledgeGraph

__all__ = ["KnowledgeGraph"]
