"""The command `kg`. Each command lives in `kg/terminal/`, named here, and is imported only when it is called.

Data goes to standard output, notes to standard error. Exit status: 0 done, 1 some input failed, 2 wrong usage.
"""

from __future__ import annotations

import importlib
import logging

import click

COMMANDS = {
    "demo": "kg.terminal.build:demo",
    "build": "kg.terminal.build:build",
    "add": "kg.terminal.store:add",
    "remove": "kg.terminal.store:remove",
    "export": "kg.terminal.store:export",
    "status": "kg.terminal.store:status",
    "merges": "kg.terminal.merges:merges",
    "merge": "kg.terminal.merges:merge",
    "split": "kg.terminal.merges:split",
    "lint": "kg.terminal.merges:lint_command",
    "page": "kg.terminal.page:page",
    "query": "kg.terminal.ask:query",
    "explain": "kg.terminal.ask:explain_command",
    "validate": "kg.terminal.check:validate_command",
    "diff": "kg.terminal.check:diff_command",
    "ontology": "kg.terminal.check:ontology_command",
    "serve": "kg.terminal.serve:serve",
    "site": "kg.terminal.serve:site",
    "push": "kg.terminal.serve:push",
    "mcp": "kg.terminal.serve:mcp",
    "evaluate": "kg.terminal.measure:evaluate_command",
    "train": "kg.terminal.training:train_command",
}
"""Command -> where its function is, in the order of the help."""


class _Lazy(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        command = getattr(importlib.import_module(module), name)
        assert isinstance(command, click.Command)
        return command


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="kg")
@click.option("-v", "--verbose", is_flag=True, help="Log what the stages do to standard error.")
def main(verbose: bool) -> None:
    """News in, knowledge graph out.

    \b
    Example:
      kg demo
      kg build news/ -o graph/
      kg explain graph/ "Kassym-Jomart Tokayev"
    """
    logging.basicConfig(level=logging.INFO if verbose else logging.WARNING, format="%(name)s: %(message)s")
