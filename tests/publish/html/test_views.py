"""Every view in a real browser: drawn, nothing clipped, no name on a name. KG_SCREENSHOTS=DIR keeps pictures of all."""

from __future__ import annotations

import os
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.graph import KnowledgeGraph
from kg.model import Article, Entity, Evidence, Statement
from kg.publish.html import write_html
from tests.publish.html.conftest import until
from tests.publish.html.samples import sample
from tests.publish.html.test_explorer import blank, choose, saved, shown

pytestmark = pytest.mark.browser
Visit = Callable[..., object]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
VIEWS = {
    "graph": ("", {}),
    "node": ("node=country/peru", {}),
    "fact": ("fact=FACT", {}),
    "neighbourhood": ("node=country/peru&focus=country/peru&hops=2", {}),
    "path": ("pathFrom=country/peru&pathTo=city/astana", {}),
    "communities": ("color=group", {}),
    "map": ("view=map", {}),
    "timeline": ("view=timeline", {}),
    "entities": ("view=table", {}),
    "facts": ("view=table&tab=facts", {}),
    "articles": ("view=table&tab=articles", {}),
    "filtered": ("words=energy&sure=50&view=table&tab=facts", {}),
    "nothing": ("words=zzz", {}),
    "dark": ("node=country/peru", {"color_scheme": "dark"}),
    "dark map": ("view=map", {"color_scheme": "dark"}),
    "dark timeline": ("view=timeline", {"color_scheme": "dark"}),
    "russian": ("node=country/peru", {"locale": "ru-RU"}),
    "russian facts": ("view=table&tab=facts", {"locale": "ru-RU"}),
    "phone": ("", PHONE),
    "phone node": ("node=country/peru", PHONE),
    "phone facts": ("view=table&tab=facts", PHONE),
    "phone timeline": ("view=timeline", PHONE),
}
# Elements whose text is wider than they are, and that neither wrap nor end in three dots.
CLIPPED = """
[...document.querySelectorAll('button, h1, h2, h3, label, p, summary, li, th, td, dt, dd')].filter((each) => {
  const style = getComputedStyle(each);
  return each.clientWidth && each.scrollWidth > each.clientWidth + 1 && style.overflowX !== 'visible'
    && style.textOverflow !== 'ellipsis' && !each.closest('.unseen');
}).map((each) => each.outerHTML.slice(0, 120))"""
# What is wider than the side that it stands in.
WIDE = """[...document.querySelectorAll('#panel *, #filters *')].filter((each) => {
  const side = each.closest('aside').getBoundingClientRect();
  const { left, right, width } = each.getBoundingClientRect();
  return width && (right > side.right + 1 || left < side.left - 1);
}).map((each) => each.outerHTML.slice(0, 120))"""


def picture(page: object, name: str) -> None:
    folder = os.environ.get("KG_SCREENSHOTS")
    if folder:
        page.screenshot(path=Path(folder) / f"{name.replace(' ', '-')}.png")


@pytest.mark.parametrize("name", VIEWS)
def test_each_view_is_drawn_and_clips_no_text(visit: Visit, small: KnowledgeGraph, small_page: Path, name: str) -> None:
    address, options = VIEWS[name]
    page = visit(small_page, "#" + address.replace("FACT", next(iter(small.statements))), **options)
    view = page.get_attribute("body", "data-view")
    page.wait_for_timeout(60)
    picture(page, name)
    if view in {"graph", "map"}:
        assert blank(page) == (name == "nothing") == page.locator("#stage .empty").is_visible()
    if view == "timeline":
        assert not blank(page, "#timeline canvas")
    if view == "table":
        assert page.locator("#table tbody tr").count()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate(CLIPPED) == []


def boxes(drawing: ET.Element) -> list[tuple[str, float, float, float, float]]:
    """The rectangles of the names in an exported drawing, their widths estimated low."""
    found = []
    for text in drawing.iter("{http://www.w3.org/2000/svg}text"):
        if text.get("fill") == "none":
            continue
        size = float(text.get("font-size"))
        half, high = len(text.text) * size * 0.24, size * 0.4
        x, y = float(text.get("x")), float(text.get("y"))
        found.append((text.text, x - half, y - high, x + half, y + high))
    return found


def middles(drawing: ET.Element) -> list[tuple[float, float]]:
    """The middles of the nodes: of the outlines that are painted with a halo."""
    found = []
    for path in drawing.iter("{http://www.w3.org/2000/svg}path"):
        if path.get("paint-order") == "stroke":
            numbers = [float(n) for n in re.findall(r"-?[\d.]+", path.get("d").split("a")[0])]
            xs, ys = numbers[::2], numbers[1::2]
            dot = "a" in path.get("d")
            r = float(path.get("d").split("a")[1].split()[0]) if dot else 0
            found.append((sum(xs) / len(xs) + r, sum(ys) / len(ys)))
    return found


@pytest.mark.parametrize(
    "address", ["", "#color=group", "#node=country/peru", "#pathFrom=country/peru&pathTo=city/astana"]
)
def test_names_cover_neither_names_nor_nodes(visit: Visit, small_page: Path, tmp_path: Path, address: str) -> None:
    page = visit(small_page, address)
    drawing = ET.fromstring(saved(page, "svg", tmp_path).read_bytes())
    if address.startswith(("#node", "#path")):  # what is selected lies on the dimmed picture: look at it alone
        veil = next(i for i, each in enumerate(drawing) if each.tag.endswith("rect") and each.get("opacity"))
        for each in list(drawing)[:veil]:
            drawing.remove(each)
    names = boxes(drawing)
    assert len(names) > 3
    for i, (one, left, top, right, bottom) in enumerate(names):
        for other, l2, t2, r2, b2 in names[i + 1 :]:
            assert not (left < r2 and l2 < right and top < b2 and t2 < bottom), (one, other)
        if not address.startswith("#path"):
            assert not any(left < x < right and top < y < bottom for x, y in middles(drawing)), one


def test_ten_thousand_entities(visit: Visit, tmp_path: Path) -> None:
    page = visit(write_html(sample(10_000), tmp_path / "large.html"))
    assert not blank(page)
    assert shown(page)[0] > 9000
    picture(page, "ten thousand")
    choose(page, "Peru")
    for view in ("table", "map", "timeline"):
        page.click(f"#views [data-view={view}]")
    page.evaluate("location.hash = 'color=group'")
    until(page, "document.querySelector('#stage .base')")
    page.wait_for_timeout(200)
    picture(page, "ten thousand communities")


def test_names_that_are_long_or_run_from_right_to_left(visit: Visit, tmp_path: Path) -> None:
    names = [
        "عبد الله الثاني بن الحسين ملك المملكة الأردنية الهاشمية",
        "שרה כהן",
        "Donaudampfschifffahrtselektrizität" * 4,
    ]
    entities = [Entity(f"person/{i}", "Person", name) for i, name in enumerate(names)]
    text = f"{names[0]} met {names[1]}."
    mark = ((0, len(names[0])), (len(names[0]) + 5, len(text) - 1))
    evidence = Evidence("a", 0, len(text), *mark, "r", 0.9)
    met = [Statement("person/0", "metWith", f"person/{i}", evidence=(evidence,), confidence=0.8) for i in (1, 2)]
    article = Article("a", text, title=names[2], published="2026-02-27", publisher=names[0])
    page = visit(
        write_html(KnowledgeGraph([article], entities, met), tmp_path / "x.html", title=names[0]), "#node=person/0"
    )
    page.locator("#panel details").first.evaluate("(each) => { each.open = true; }")
    page.locator("#panel mark.subject").first.wait_for()
    picture(page, "right to left")
    for address in (
        "#node=person/2",
        "#view=table&tab=facts",
        "#view=table&tab=articles",
        "#view=timeline&clock=published",
    ):
        page.evaluate("(address) => { location.hash = address; }", address)
        page.wait_for_timeout(60)
        assert page.evaluate(CLIPPED) == [], address
        assert page.evaluate(WIDE) == [], address


def test_print_unfolds_the_evidence_and_folds_it_back(visit: Visit, small_page: Path) -> None:
    page = visit(small_page, "#node=country/peru")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    facts = page.locator("#panel .facts > li").count()
    assert page.locator("#panel blockquote").count() >= facts > 0
    page.emulate_media(media="print")
    if os.environ.get("KG_SCREENSHOTS"):
        page.screenshot(path=Path(os.environ["KG_SCREENSHOTS"]) / "print.png", full_page=True)
    assert page.locator("#panel blockquote").first.is_visible()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("#panel details[open]").count() == 0


def test_a_phone_keeps_what_its_bar_has_no_room_for(visit: Visit, small_page: Path) -> None:
    page = visit(small_page, **PHONE)
    choose(page, "Peru")
    before = shown(page)
    page.get_by_role("button", name="Hide", exact=True).click()
    page.click("#tools [aria-label=Export]")
    page.click("[data-act=undo]")
    assert shown(page) == before
