"""The layer rule of the design: imports point left only, and each heavy library has one home."""

import ast
from pathlib import Path

import pytest

KG = Path(__file__).parents[2] / "kg"
ORDER = [
    {"model", "errors"},
    {"schema", "settings"},
    {"tables"},
    {"collect"},
    {"detect"},
    {"extract"},
    {"fuse"},
    {"graph"},
    {"store"},
    {"publish"},
    {"serve"},
    {"pipeline", "spark"},
    {"evaluation"},
    {"terminal"},
    {"cli"},
    {"__init__", "__main__"},
]  # fmt: skip
RANK = {name: rank for rank, names in enumerate(ORDER) for name in names}
MODEL_FREE = {"graph", "store", "publish", "serve"}
HOMES = {
    "spacy": {"detect", "extract"},
    "rdflib": {"graph", "publish", "serve", "store", "pipeline"},
    "pyoxigraph": {"graph", "publish", "serve", "store"},
    "networkx": {"graph", "publish", "pipeline"},
    "igraph": {"graph", "publish"},
    "pyvis": {"publish"},
    "starlette": {"serve"},
    "uvicorn": {"serve"},
    "mcp": {"serve"},
    "pyshacl": {"publish"},
    "pyspark": {"spark"},
    "click": {"cli", "terminal"},
    "rich": {"cli", "terminal"},
    "sqlite3": {"store"},
}


def room(path: Path) -> str:
    return path.relative_to(KG).with_suffix("").parts[0]


def imports(source: str) -> set[str]:
    """Every module that the source imports, at any depth, as dotted names."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            found |= {f"{module}.{alias.name}" if module == "kg" else module for alias in node.names}
    return found


def faults(owner: str, source: str) -> list[str]:
    wrong = []
    for name in sorted(imports(source)):
        top, _, rest = name.partition(".")
        if name.startswith("."):
            wrong.append(f"{owner}: relative import {name}; write kg.…")
        elif top == "kg" and rest:
            target = rest.split(".")[0]
            if target == owner:
                continue
            if RANK.get(target, RANK["__init__"]) >= RANK[owner]:
                wrong.append(f"{owner} may not import {target}")
            elif owner in MODEL_FREE and target in {"detect", "extract"}:
                wrong.append(f"{owner} may not import {target}: it must run without a language model")
        elif top in HOMES and owner not in HOMES[top]:
            wrong.append(f"{owner} may not import {top}; its home is {', '.join(sorted(HOMES[top]))}")
    return wrong


@pytest.mark.parametrize("path", sorted(KG.rglob("*.py")), ids=lambda path: str(path.relative_to(KG)))
def test_imports_point_left(path: Path) -> None:
    assert faults(room(path), path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("owner", "source"),
    [
        ("fuse", "import rdflib"),
        ("graph", "from kg.publish import rdf"),
        ("publish", "def f():\n    from kg.detect import annotate"),
        ("model", "import kg.errors"),
        ("collect", "from . import files"),
        ("detect", "from kg import pipeline"),
    ],
)
def test_the_rule_itself_finds_faults(owner: str, source: str) -> None:
    assert faults(owner, source)
