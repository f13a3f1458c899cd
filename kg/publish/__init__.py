"""KnowledgeGraph -> files: RDF, HTML, tables."""
