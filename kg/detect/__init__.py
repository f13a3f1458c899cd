"""Article -> Annotated: sentences, names, the entities that they name inside the article, dates."""
