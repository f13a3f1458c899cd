"""Sources -> Articles: files, folders, JSON Lines, standard input."""

from kg.collect.sources import count_articles, read_articles

__all__ = ["count_articles", "read_articles"]
