"""KnowledgeGraph -> HTTP: a read-only SPARQL endpoint, resources with pages and data, a description of the dataset.

A Starlette application stands before killable worker processes. Each worker has a read-only store, no network, and
bounds on memory and time; the application parses and refuses, counts and kills, and never runs a reader's query itself.
Nothing here needs the language model or the pipeline: an export folder is enough.
"""
