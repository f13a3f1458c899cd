"""The page for everybody: axe finds no violation in any view, light and dark, and shapes differ where colours do."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pytest

from kg.schema import load_schema

pytestmark = pytest.mark.browser
STATES = [
    "", "#node=country/peru", "#view=table", "#view=table&tab=facts", "#view=map", "#view=timeline",
    "#pathFrom=country/peru&pathTo=city/astana", "#focus=country/peru&hops=2&color=group",
    "#view=table&tab=articles", "#words=energy&hops=1&focus=country/peru", "#words=zzz",
]  # fmt: skip

RULES = {"light": {}, "dark": {"runOnly": ["color-contrast"]}}  # the rest does not depend on the scheme


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(visit: Callable[..., object], small_page: Path, scheme: str) -> None:
    axe = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
    page = visit(small_page, color_scheme=scheme, bypass_csp=True)
    page.evaluate(axe)
    for state in STATES:
        page.evaluate("(state) => { location.hash = state || 'view=graph'; }", state)
        page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
        page.wait_for_timeout(60)
        found = page.evaluate("(rules) => axe.run({ resultTypes: ['violations'], ...rules })", RULES[scheme])[
            "violations"
        ]
        assert [(state, rule["id"], rule["nodes"][0]["html"]) for rule in found] == []


def test_axe_finds_nothing_in_help_and_menu(visit: Callable[..., object], small_page: Path) -> None:
    axe = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
    page = visit(small_page, bypass_csp=True, locale="ru-RU")
    page.evaluate(axe)
    page.locator("#tools .dropdown > button").click()
    page.fill("#find", "a")
    for _ in range(2):
        found = page.evaluate("axe.run({ resultTypes: ['violations'] })")["violations"]
        assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found] == []
        if not page.locator("dialog[open]").count():
            page.locator("#tools .icon").last.click()


def test_types_of_like_colour_have_unlike_shapes() -> None:
    """Under the commonest colour blindness, hues fall together: whatever then looks alike has another outline."""
    types = list(load_schema().types.values())

    def seen(color: str) -> tuple[float, float, float]:
        r, g, b = (int(color[i : i + 2], 16) / 255 for i in (1, 3, 5))
        return (
            0.367 * r + 0.861 * g - 0.228 * b,
            0.280 * r + 0.673 * g + 0.047 * b,
            -0.012 * r + 0.043 * g + 0.969 * b,
        )

    for i, one in enumerate(types):
        for other in types[i + 1 :]:
            distance = sum((a - b) ** 2 for a, b in zip(seen(one.color), seen(other.color), strict=True)) ** 0.5
            assert one.shape != other.shape or distance > 0.2, (one.name, other.name)


def test_motion_stops_when_the_system_says_so(visit: Callable[..., object], small_page: Path) -> None:
    page = visit(small_page, reduced_motion="reduce")
    assert page.evaluate("getComputedStyle(document.querySelector('#stage canvas')).transitionDuration") in {"0s", ""}
