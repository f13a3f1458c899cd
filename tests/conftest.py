"""Fixtures that every part of the tests shares."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with gold articles and W3C tests, `../shared` or KG_SHARED; KG_REQUIRE_SHARED=1 forbids skipping."""
    folder = Path(os.environ.get("KG_SHARED", ROOT.parent / "shared"))
    if not folder.is_dir():
        if os.environ.get("KG_REQUIRE_SHARED"):
            pytest.fail(f"{folder} is missing, and KG_REQUIRE_SHARED forbids skipping the tests that need it")
        pytest.skip("the shared data are not beside this checkout")
    return folder
