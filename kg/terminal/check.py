"""`kg validate`, `kg ontology` and `kg diff`."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

import click

from kg.publish.diff import changes, patch
from kg.publish.manual import write_manual
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
@click.option("--html", is_flag=True, help="Write ontology.html, its documentation, instead; by default here.")
@reports_errors
def ontology_command(out: Path | None, html: bool) -> None:
    """Write kg.ttl, sectors.ttl, shapes.ttl, context.jsonld and README's table from the ontology's data.

    \b
    Example:
      kg ontology
      kg ontology -o published/
      kg ontology --html -o published/
    """
    if html:
        click.echo(str(write_manual(out or Path())))
        return
    written = [*write_ontology(out), None if out else update_readme()]
    for path in filter(None, written):
        click.echo(str(path))


@click.command(name="diff")
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option("-f", "--format", "form", type=click.Choice(["text", "json", "patch"]), default="text")
@reports_errors
def diff_command(old: Path, new: Path, form: str) -> None:
    """Print what changed from the export OLD to the export NEW, fact by fact, or as an RDF Patch.

    \b
    Example:
      kg diff monday/ tuesday/
      kg diff monday/ tuesday/ --format patch > changes.rdfp
    """
    if form == "patch":
        for line in patch(old, new):
            click.echo(line, nl=False)
        return
    found = list(changes(old, new))
    if form == "json":
        click.echo(json.dumps([asdict(change) for change in found], ensure_ascii=False, indent=1))
        return
    for change in found:
        click.echo(f"{change.sign} {change.kind:7} {change.what}" + (f"  ({change.how})" if change.how else ""))
    say(f"{len(found)} changes" if found else "no change")
