"""News in, knowledge graph out.

    >>> from kg import build, read_articles            # doctest: +SKIP
    >>> graph = build(read_articles("news.jsonl"))     # doctest: +SKIP
    >>> graph.write("out/")                            # doctest: +SKIP

The folders are the stages, in running order: collect, detect, extract, fuse, graph, publish, serve.
"""
