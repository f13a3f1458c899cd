"""Where the sample articles of `kg demo` are. `samples/card.toml` says what each is and where its facts come from."""

from __future__ import annotations

from pathlib import Path


def samples_dir() -> Path:
    """The folder of sample articles, which travels with the package."""
    return Path(__file__).parent / "samples"
