"""The SHACL shapes (https://www.w3.org/TR/shacl/): one for each class, each relation, and in them each datatype.

A class's shape says which properties its instances have, how often, with which values; a relation's what may stand at
its ends. Dates are checked twice, by datatype and by form, since not every engine looks into a literal.
"""

from __future__ import annotations

from collections.abc import Iterable

from kg.publish.ontology import block, header
from kg.publish.vocabulary import DATATYPES, DATES, Property, load_vocabulary
from kg.schema import load_schema

_LEAP = r"([0-9]{2}(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)"
_DAY = (
    r"([0-9]{4}(-(0[1-9]|1[0-2]))?"  # a year, a month
    r"|[0-9]{4}-(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|[0-9]{4}-(0[469]|11)-(0[1-9]|[12][0-9]|30)"
    rf"|[0-9]{{4}}-02-(0[1-9]|1[0-9]|2[0-8])|{_LEAP}-02-29)"
)


def _or(options: Iterable[str]) -> str:
    options = list(options)
    return options[0] if len(options) == 1 else f"sh:or ( {' '.join(f'[ {option} ]' for option in options)} )"


def _value(property: Property) -> str:
    """The constraint on a value of the property."""
    if property.curie == "kg:status":
        return f"sh:in ( {' '.join(f'kg:{name}' for name in load_vocabulary().statuses)} )"
    if property.curie in {"rdf:predicate", "kg:finerPredicate"}:
        names = load_schema().relations if property.curie == "rdf:predicate" else load_vocabulary().posts
        return f"sh:in ( {' '.join(f'kg:{name}' for name in sorted(names))} )"
    if property.value == "entity":
        return "sh:nodeKind sh:IRI ; " + _or(f"sh:class kg:{name}" for name in load_schema().types)
    if ":" in property.value:
        return f"sh:nodeKind sh:IRI ; sh:class {property.value}"
    return {
        "iri": "sh:nodeKind sh:IRI",
        "text": _or(["sh:datatype rdf:langString", "sh:datatype xsd:string"]),
        "date": _or(f"sh:datatype {name}" for name in DATES) + f' ; sh:pattern "^{_DAY}$"',
        "sha256": 'sh:datatype xsd:string ; sh:pattern "^[0-9a-f]{64}$"',
    }.get(property.value) or f"sh:datatype {DATATYPES[property.value]}"


def _bounds(property: Property) -> list[str]:
    bounds = {"min": property.min or None, "max": property.max, "least": property.least, "most": property.most}
    terms = {"min": "sh:minCount", "max": "sh:maxCount", "least": "sh:minInclusive", "most": "sh:maxInclusive"}
    return [f"{terms[name]} {bound}" for name, bound in bounds.items() if bound is not None]


def _property(property: Property) -> str:
    return "[ " + " ; ".join([f"sh:path {property.curie}", *_bounds(property), _value(property)]) + " ]"


def _class(curie: str, properties: Iterable[Property]) -> str:
    rows = [("a", ["sh:NodeShape"]), ("sh:targetClass", [curie]), ("sh:nodeKind", ["sh:IRI"])]
    constraints = ",\n        ".join(map(_property, properties))
    return block(f"kg:{curie.partition(':')[2]}Shape", [*rows, ("sh:property", [constraints])])


def _relation(name: str, subject: Iterable[str], object: Iterable[str]) -> str:
    title = name[0].upper() + name[1:]
    ends = (("Subject", "sh:targetSubjectsOf", subject), ("Object", "sh:targetObjectsOf", object))
    return "\n\n".join(
        f"kg:{title}{end}Shape a sh:NodeShape ;\n    {target} kg:{name} ;\n    sh:nodeKind sh:IRI ;\n    "
        + _or(f"sh:class kg:{type}" for type in sorted(types))
        + " ."
        for end, target, types in ends
    )


def _claim(name: str, subject: Iterable[str], object: Iterable[str]) -> str:
    """What may stand at the ends of a statement of the relation, whatever its status: no direct triple shows a denial.

    SHACL Core cannot target statements by their predicate, so the shape starts at the relation and walks back.
    """
    parts = []
    for end, types in (("subject", sorted(subject)), ("object", sorted(object))):
        message = f'sh:message "the {end} of a statement of {name} is no {" or ".join(types)}"@en'
        value = _or(f"sh:class kg:{type}" for type in types)
        parts.append(f"[ sh:path ( [ sh:inversePath rdf:predicate ] rdf:{end} ) ; {value} ; {message} ]")
    title = f"kg:{name[0].upper()}{name[1:]}ClaimShape"
    rows = [("a", ["sh:NodeShape"]), ("sh:targetNode", [f"kg:{name}"]), ("sh:property", [",\n        ".join(parts)])]
    return block(title, rows)


def shapes_turtle() -> str:
    """`shapes.ttl`."""
    schema, vocabulary = load_schema(), load_vocabulary()
    rows = vocabulary.properties.values()
    owners = dict.fromkeys(owner for row in rows for owner in row.on if owner != "kg:Entity")
    entities = [f"kg:{name}" for name in schema.types]
    blocks = [
        _class(curie, [row for row in rows if curie in row.on or (curie in entities and "kg:Entity" in row.on)])
        for curie in dict.fromkeys([*entities, *owners])
    ]
    blocks += [_relation(r.name, r.subject, r.object) for r in schema.relations.values()]
    blocks += [_claim(r.name, r.subject, r.object) for r in schema.relations.values()]
    blocks += [_relation(post.name, ("Person",), post.object) for post in vocabulary.posts.values()]
    return header() + "\n" + "\n\n".join(blocks) + "\n"
