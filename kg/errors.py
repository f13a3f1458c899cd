"""Errors that a user can act on. Each message says what is wrong, where, and what would be right.

KGError
├── SchemaError     a file of the ontology is wrong
├── SourceError     an input cannot be read as news
├── StoreError      a store or an export cannot be opened or written
└── QueryError      a query is wrong, or asks for what is not there
"""


class KGError(Exception):
    """Whatever kg raises on purpose."""


class SchemaError(KGError):
    """A file of the ontology is wrong; names the file and the key."""


class SourceError(KGError):
    """An input cannot be read as news; names the file and, where there is one, the line."""


class StoreError(KGError):
    """A store or an export cannot be opened or written."""


class QueryError(KGError):
    """A query is wrong, or asks for what is not there."""
