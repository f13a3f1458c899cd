"""`exports/demo` is what `kg demo` writes now, byte for byte."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import main

DEMO = Path(__file__).parents[2] / "exports" / "demo"


@pytest.mark.model
def test_the_worked_example_is_rebuilt_byte_for_byte(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["demo", "-o", str(tmp_path)], catch_exceptions=False)
    assert done.exit_code == 0
    made, kept = ({path.name: path.read_bytes() for path in folder.iterdir()} for folder in (tmp_path, DEMO))
    stale = sorted(name for name in made.keys() | kept.keys() if made.get(name) != kept.get(name))
    assert stale == [], "rebuild them with `kg demo -o exports/demo`, and look at what changed"
