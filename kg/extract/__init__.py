"""Annotated -> Reading: statements with their evidence, status and qualifiers."""
