"""`kg validate` and `kg ontology`."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

import click

from kg.publish.ontology import write_ontology
from kg.publish.readme import update_readme
from kg.publish.validate import validate
from kg.terminal.notes import reports_errors, say


@click.command(name="validate")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option("--shapes", type=click.Path(path_type=Path), help="Other shapes than the ontology's own.")
@click.option("-f", "--format", "form", type=click.Choice(["text", "json"]), default="text")
@reports_errors
def validate_command(folder: Path, shapes: Path | None, form: str) -> None:
    """Check an export against the ontology's SHACL shapes; exit status 1 if it breaks them.

    \b
    Example:
      kg validate graph/
    """
    findings = validate(folder, shapes)
    if form == "json":
        click.echo(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=1))
    else:
        for finding in findings:
            click.echo("\t".join((finding.node, finding.path, finding.value, finding.message)))
    say(f"{folder}: {len(findings)} findings" if findings else f"{folder}: conforms")
    sys.exit(1 if findings else 0)


@click.command(name="ontology")
@click.option("-o", "--out", type=click.Path(path_type=Path), help="Folder; by default the ontology's own.")
@reports_errors
def ontology_command(out: Path | None) -> None:
    """Write kg.ttl, shapes.ttl, context.jsonld and README's table from the TOML files of the ontology.

    \b
    Example:
      kg ontology
      kg ontology -o published/
    """
    written = [*write_ontology(out), None if out else update_readme()]
    for path in filter(None, written):
        click.echo(str(path))
