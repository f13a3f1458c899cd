"""Readings -> Fused: one entity across articles, one statement for each claim."""
