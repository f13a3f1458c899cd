"""KnowledgeGraph -> HTTP."""
