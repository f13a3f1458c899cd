"""What a reader does with the page, in a real browser: search, filter, follow, read the evidence, take it home."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import networkx
import pyoxigraph
import pytest

from kg.graph import KnowledgeGraph
from kg.graph.graph import plain
from kg.model import Status
from kg.pipeline import Graph
from kg.publish import write
from kg.publish.html import payload, write_html
from tests.publish.html.conftest import until
from tests.publish.html.samples import sample
from tests.publish.html.test_page import block

pytestmark = pytest.mark.browser
Visit = Callable[..., object]


def shown(page: object) -> tuple[int, int]:
    """How many entities and facts the page says that it shows."""
    found = re.search(r"([\d,]+) of [\d,]+ entities · ([\d,]+) of", page.locator("#stage .count").text_content())
    return int(found[1].replace(",", "")), int(found[2].replace(",", ""))


def blank(page: object, canvas: str = "#stage canvas.base") -> bool:
    return page.evaluate(
        """(which) => [...document.querySelectorAll(which)].every((canvas) => {
          const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
          return data.every((value, i) => i % 4 === 3 || value === data[i % 4]);
        })""",
        canvas,
    )


def drawn_facts(graph: KnowledgeGraph) -> list:
    """The statements that the page draws at first: those without quotations."""
    return [s for s in graph.statements.values() if "quotation/" not in s.subject + s.object]


def all_on(page: object) -> None:
    """Switches quotations on too, by the reader's own means."""
    page.locator("#filters li", has_text="quotation").locator("input").check()


def choose(page: object, name: str) -> None:
    page.fill("#find", name)
    page.keyboard.press("Enter")
    assert page.inner_text("#panel h2") == name


def point(page: object, path: Path, *ids: str) -> tuple[float, float]:
    """Where the middle between nodes is on screen, by the camera in the address and the places in the data."""
    data = block(path.read_text(encoding="utf-8"), "kg-graph")["node"]
    until(page, "location.hash.includes('spot=')")
    cx, cy, k = map(float, re.search(r"spot=([^&]+)", page.evaluate("location.hash"))[1].split(","))
    box = page.locator("#stage").bounding_box()
    numbers = [data["id"].index(id) for id in ids]
    x, y = (sum(data[axis][n] for n in numbers) / len(numbers) for axis in "xy")
    return box["x"] + box["width"] / 2 + (x - cx) * k, box["y"] + box["height"] / 2 + (y - cy) * k


def alone(graph: KnowledgeGraph) -> object:
    """A statement whose ends have no other between them, so that it is drawn straight."""
    for statement in drawn_facts(graph):
        both = [s for s in graph.about(statement.subject) if statement.object in (s.subject, s.object)]
        if len(both) == 1:
            return statement
    raise AssertionError


def test_the_first_picture_shows_all_but_quotations(visit: Visit, small: KnowledgeGraph, small_page: Path) -> None:
    page = visit(small_page)
    assert not blank(page)
    quotations = sum(entity.type == "Quotation" for entity in small.entities.values())
    assert shown(page) == (len(small.entities) - quotations, len(drawn_facts(small)))
    all_on(page)
    assert shown(page) == (len(small.entities), len(small.statements))


def test_search_completes_without_accents_and_by_alias(visit: Visit, small: KnowledgeGraph, small_page: Path) -> None:
    page = visit(small_page)
    accented = next(e for e in small.entities.values() if plain(e.name) != e.name.casefold() and e.type == "Person")
    page.fill("#find", plain(accented.name)[:-1])
    assert accented.name in page.locator("#find-list [role=option]").all_inner_texts()[0]
    assert page.get_attribute("#find", "aria-activedescendant") == "find-0"
    page.keyboard.press("Enter")
    assert page.inner_text("#panel h2") == accented.name
    page.fill("#find", accented.aliases[0])
    assert page.locator("#find-list [role=option]").count() > 0


def test_a_click_on_a_node_and_on_a_fact_opens_it(visit: Visit, small: KnowledgeGraph, small_page: Path) -> None:
    statement = alone(small)
    page = visit(small_page)
    choose(page, small.entities[statement.subject].name)
    page.get_by_role("button", name="Centre").click()
    page.mouse.move(640, 400)
    page.mouse.wheel(0, 1)
    page.keyboard.press("Escape")
    page.mouse.click(*point(page, small_page, statement.subject))
    assert page.inner_text("#panel h2") == small.entities[statement.subject].name
    page.keyboard.press("Escape")
    page.mouse.click(*point(page, small_page, statement.subject, statement.object))
    page.wait_for_selector("#panel .claim")
    names = page.locator("#panel .claim").first.locator("bdi").all_inner_texts()
    assert names == [small.entities[statement.subject].name, small.entities[statement.object].name]
    assert page.locator("#panel mark.subject").first.inner_text() == names[0]
    assert page.locator("#panel mark.object").first.inner_text() == names[1]


def test_evidence_names_article_date_and_reader(visit: Visit, small: KnowledgeGraph, small_page: Path) -> None:
    statement = alone(small)
    article = small.articles[statement.evidence[0].article]
    page = visit(small_page, f"#fact={statement.id}")
    source = page.locator("#panel .source").first
    assert source.locator("a").get_attribute("href") == article.url
    text = source.inner_text()
    assert (
        article.title in text and article.publisher in text and "pattern:made" in text and article.published[:4] in text
    )
    assert f"{round(100 * statement.confidence)}%" in page.inner_text("#panel")


def test_filters_leave_what_they_say(visit: Visit, small: KnowledgeGraph, small_page: Path) -> None:
    page = visit(small_page)
    facts = drawn_facts(small)
    page.locator("#filters li", has_text="met with").locator("input").uncheck()
    assert shown(page)[1] == sum(s.relation != "metWith" for s in facts)
    page.get_by_role("button", name="Undo").click()
    page.locator("#filters li", has_text="met with").hover()
    page.get_by_role("button", name="Only met with").click()
    assert shown(page)[1] == sum(s.relation == "metWith" for s in facts)
    page.click("#reset")
    page.locator("#filters summary", has_text="Status").click()
    page.get_by_role("button", name="Only denied").click()
    assert shown(page)[1] == sum(s.status is Status.DENIED for s in facts)
    page.click("#reset")
    page.get_by_label("Confidence").fill("80")
    assert shown(page)[1] == sum(round(100 * s.confidence) >= 80 for s in facts)
    page.click("#reset")
    page.locator("#filters summary", has_text="Publishers").click()
    page.get_by_role("button", name="Only Le Quai").click()
    assert shown(page)[1] == sum(small.articles[s.evidence[0].article].publisher == "Le Quai" for s in facts)


def test_a_sector_leaves_who_is_tied_to_it(visit: Visit, small: KnowledgeGraph, small_page: Path) -> None:
    page = visit(small_page)
    page.locator("#filters summary", has_text="Sectors").click()
    page.get_by_role("button", name="Only energy").click()
    near = {s.subject for s in small.about("sector/energy")}
    assert shown(page)[0] == len(near) + 1


def test_time_chooses_by_either_clock(visit: Visit, small: KnowledgeGraph, small_page: Path) -> None:
    page = visit(small_page, "#from=2025-01-01&to=2025-12-31")
    dated = [s for s in drawn_facts(small) if (s.qualifier("date") or "").startswith("2025")]
    assert shown(page)[1] == len(dated)
    page = visit(small_page, "#clock=published&from=2026-01-01")
    late = [s for s in drawn_facts(small) if small.articles[s.evidence[0].article].published >= "2026-01-01"]
    assert shown(page)[1] == len(late)
    page = visit(small_page)
    page.locator(".thumbs input").first.focus()
    for _ in range(3):
        page.keyboard.press("PageUp")
    assert shown(page)[1] < len(drawn_facts(small))
    until(page, "location.hash.includes('from=')")


def test_the_neighbourhood_has_one_to_three_steps(visit: Visit, small: KnowledgeGraph, small_page: Path) -> None:
    centre = max((e for e in small.entities.values() if e.type == "Country"), key=lambda e: len(small.about(e.id)))
    page = visit(small_page, f"#node={centre.id}&types=-")
    steps, reached = {centre.id}, []
    for _ in range(3):
        steps |= {i for id in steps for s in small.about(id) for i in (s.subject, s.object)}
        reached.append(len(steps))
    for count, expected in enumerate(reached, start=1):
        page.locator(".actions .segments button", has_text=str(count)).click()
        assert shown(page)[0] == expected
    page.locator(".actions .segments button", has_text="off").click()
    assert shown(page)[0] == len(small.entities)


def test_paths_show_the_sentence_of_every_step(visit: Visit, small: KnowledgeGraph, small_page: Path) -> None:
    network = networkx.Graph((s.subject, s.object) for s in small.statements.values())
    far = networkx.single_source_shortest_path_length(network, "country/peru")
    other = next(id for id, length in sorted(far.items()) if length == 3 and small.entities[id].type == "Person")
    page = visit(small_page, "#types=-")
    choose(page, "Peru")
    page.get_by_role("button", name="Path to…").click()
    page.fill("#path-to", small.entities[other].name)
    page.keyboard.press("Enter")
    page.wait_for_selector(".ways button")
    ways = page.locator(".ways button").all_inner_texts()
    assert ways[0].startswith("3 steps") and len(ways) > 1
    assert page.locator(".way > li").count() == 3
    assert all(step.locator("blockquote").count() for step in page.locator(".way > li").all())
    page.locator(".ways button").nth(1).click()
    assert page.locator(".ways button").nth(1).get_attribute("aria-pressed") == "true"


def test_no_path_is_said_to_be_none(visit: Visit, small_page: Path) -> None:
    page = visit(small_page, "#pathFrom=country/peru&pathTo=city/astana&sure=100")
    assert "Nothing connects" in page.inner_text("#panel .note")


def test_pin_hide_and_undo(visit: Visit, small: KnowledgeGraph, small_page: Path) -> None:
    page = visit(small_page)
    before = shown(page)
    choose(page, "Peru")
    page.get_by_role("button", name="Hide", exact=True).click()
    assert shown(page)[0] == before[0] - 1
    page.get_by_role("button", name="Undo").click()
    assert shown(page) == before
    choose(page, "Peru")
    page.get_by_role("button", name="Centre").click()
    page.mouse.move(640, 400)
    page.mouse.wheel(0, 1)
    x, y = point(page, small_page, "country/peru")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y + 40, steps=3)
    page.mouse.up()
    until(page, "location.hash.includes('pins=country%2Fperu')")
    page.keyboard.press("Control+z")
    until(page, "!location.hash.includes('pins=')")


def test_the_address_brings_the_state_back(visit: Visit, small: KnowledgeGraph, small_page: Path) -> None:
    page = visit(small_page)
    choose(page, "Peru")
    page.locator("#filters li", has_text="met with").locator("input").uncheck()
    page.get_by_label("Confidence").fill("50")
    page.keyboard.press("Tab")
    until(page, "location.hash.includes('sure=50')")
    again = visit(small_page, page.evaluate("location.hash"))
    assert shown(again) == shown(page)
    assert again.inner_text("#panel h2") == "Peru"
    assert not again.locator("#filters li", has_text="met with").locator("input").is_checked()


def test_a_broken_address_is_passed_over(visit: Visit, small: KnowledgeGraph, small_page: Path) -> None:
    page = visit(
        small_page, "#view=moon&node=%E0%A4%A&fact=zzz&sure=many&spot=a,b&pins=:::&__proto__=1&from=never&types=Nothing"
    )
    assert shown(page)[0] == len(small.entities)


def test_the_table_sorts_and_turns(visit: Visit, tmp_path: Path) -> None:
    page = visit(write_html(sample(260), tmp_path / "t.html"), "#view=table")
    assert page.locator("#table tbody tr").count() == 100
    page.locator("[data-sort=name]").click()
    names = page.locator("#table tbody th bdi").all_inner_texts()
    assert page.locator("th[aria-sort=ascending]").count() == 1
    assert names == sorted(names, key=lambda name: (plain(name), name)) or names[0] < names[50]
    page.get_by_role("button", name="Next").click()
    assert "101–" in page.inner_text(".pages")
    page.get_by_role("button", name="Facts 5", exact=False).click()
    assert page.locator("#table tbody tr").first.locator("td").count() == 7
    page.locator("#table tbody .node").first.click()
    assert page.locator("#panel h2").is_visible()


def test_the_map_draws_places_coasts_and_routes(visit: Visit, small: KnowledgeGraph, small_page: Path) -> None:
    page = visit(small_page, "#view=map")
    assert not blank(page)
    located = sum(any(name == "lat" for name, _ in entity.notes) for entity in small.entities.values())
    assert page.locator("#stage .count").text_content().startswith(f"{located} located")
    choose(page, "Osaka")
    page.screenshot(path=small_page.parent / "map.png")


def test_the_timeline_walks_by_keyboard(visit: Visit, small: KnowledgeGraph, small_page: Path) -> None:
    page = visit(small_page, "#view=timeline")
    assert not blank(page, "#timeline canvas")
    dated = sum(s.qualifier("date") is not None for s in drawn_facts(small))
    assert f"{dated} of {len(drawn_facts(small))}" in page.inner_text("#timeline .sheet-head")
    page.focus(".lanes")
    page.keyboard.press("ArrowRight")
    first = page.inner_text("#live")
    page.keyboard.press("ArrowRight")
    assert page.locator("#panel .claim").count() and page.inner_text("#live") != first


def test_words_find_facts_by_their_sentences(visit: Visit, small: KnowledgeGraph, small_page: Path) -> None:
    page = visit(small_page)
    page.fill("#find", "Joint statement")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    said = [s for s in drawn_facts(small) if "joint statement" in small.sentence(s).lower()]
    assert shown(page)[1] == len(said) > 0
    until(page, "location.hash.includes('words=Joint%20statement')")
    assert shown(visit(small_page, page.evaluate("location.hash"))) == shown(page)
    page.get_by_role("button", name="Take off", exact=False).click()
    assert shown(page)[1] == len(drawn_facts(small))
    page.fill("#find", "no name has these words")
    page.keyboard.press("Enter")
    assert shown(page)[1] == 0


def test_an_article_shows_its_facts(visit: Visit, small: KnowledgeGraph, small_page: Path) -> None:
    page = visit(small_page, "#view=table&tab=articles")
    rows = page.locator("#table tbody tr")
    cited = {e.article for s in drawn_facts(small) for e in s.evidence}
    assert rows.count() == len(cited)
    count = int(rows.first.locator("td.number").inner_text())
    rows.first.locator(".headline").click()
    assert shown(page)[1] == count
    page.get_by_role("button", name="Undo").click()
    statement = alone(small)
    page = visit(small_page, f"#fact={statement.id}")
    page.get_by_role("button", name="All facts of this article").first.click()
    of_it = [s for s in drawn_facts(small) if any(e.article == statement.evidence[0].article for e in s.evidence)]
    assert shown(page)[1] == len(of_it)


def test_dates_can_be_typed(visit: Visit, small: KnowledgeGraph, small_page: Path) -> None:
    page = visit(small_page)
    page.locator(".range input").first.fill("2025-01-01")
    page.locator(".range input").last.fill("2025-12-31")
    page.keyboard.press("Tab")
    assert shown(page)[1] == sum((s.qualifier("date") or "").startswith("2025") for s in drawn_facts(small))


def test_communities_and_sizes(visit: Visit, small_page: Path) -> None:
    page = visit(small_page)
    page.locator("#filters summary", has_text="Appearance").click()
    for size in ("degree", "bridge", "same"):
        page.get_by_label("Size by").select_option(size)
    page.get_by_label("Colour by").select_option("group")
    until(page, "location.hash.includes('color=group') && location.hash.includes('size=same')")
    page.keyboard.press("Escape")
    page.locator("#panel h3", has_text="Communities").wait_for()


def saved(page: object, kind: str, folder: Path) -> Path:
    page.click("#tools [aria-label=Export]")
    with page.expect_download() as download:
        page.click(f"[data-export={kind}]")
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def test_the_visible_part_goes_home_in_five_formats(
    visit: Visit, small: KnowledgeGraph, small_page: Path, tmp_path: Path
) -> None:
    page = visit(small_page, "#relations=metWith")
    kept = [s for s in drawn_facts(small) if s.relation != "metWith"]
    lines = saved(page, "csv", tmp_path).read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == len(kept) + 1 and lines[0].startswith("subject,subject_name,relation")
    (own,) = [p for p in write(small, tmp_path / "own", formats=["turtle"]) if p.suffix == ".ttl"]
    ours = set(pyoxigraph.parse(path=str(own)))
    triples = set(pyoxigraph.parse(path=str(saved(page, "ttl", tmp_path))))
    strange = {t for t in triples - ours if t.predicate.value.rsplit("/", 1)[-1] not in {"ontology#confidence"}}
    kinds = {f"<{t.subject.value}>" for t in triples if t.predicate.value.endswith("subject")}
    assert kinds == {f"<https://w3id.org/newskg/id/statement/{s.id}>" for s in kept}
    assert len(triples) > 8 * len(kept) and strange == set()
    network = networkx.read_graphml(saved(page, "graphml", tmp_path), force_multigraph=True)
    assert network.number_of_edges() == len(kept)
    assert saved(page, "png", tmp_path).read_bytes().startswith(b"\x89PNG")
    drawing = saved(page, "svg", tmp_path).read_text(encoding="utf-8")
    assert drawing.count("<text") > 10 and drawing.count("<path") > 100


def test_cells_that_a_spreadsheet_would_run_are_text(visit: Visit, tmp_path: Path) -> None:
    from tests.publish.html.test_hostile import hostile

    page = visit(write_html(hostile(), tmp_path / "x.html"), "#types=-")
    lines = saved(page, "csv", tmp_path).read_text(encoding="utf-8-sig")
    assert "'=cmd|" in lines and not re.search(r"(^|,)=", lines)


def test_all_goes_without_a_mouse(visit: Visit, small: KnowledgeGraph, small_page: Path) -> None:
    page = visit(small_page)
    page.keyboard.press("/")
    page.keyboard.type("peru")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "stage"
    page.keyboard.press("n")
    assert page.inner_text("#panel h2") != "Peru"
    page.keyboard.press("ArrowRight")
    page.keyboard.press("2")
    assert shown(page)[0] < len(small.entities)
    page.keyboard.press("4")
    page.keyboard.press("p")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.tagName") == "H2"
    page.keyboard.press("?")
    assert page.locator("dialog[open]").is_visible()
    page.keyboard.press("Escape")
    for key, view in (("t", "table"), ("m", "map"), ("l", "timeline"), ("g", "graph")):
        page.keyboard.press(key)
        assert page.get_attribute("body", "data-view") == view
    page.keyboard.press("Escape")
    assert page.inner_text("#panel h2") == "Overview"


def test_the_interface_speaks_russian(visit: Visit, small_page: Path) -> None:
    page = visit(small_page, locale="ru-RU")
    assert page.get_attribute("html", "lang") == "ru"
    assert "Больше всего связей" in page.inner_text("#panel") and "человек" in page.inner_text("#filters").lower()
    page.get_by_role("button", name="In English").click()
    assert page.get_attribute("html", "lang") == "en" and "Best connected" in page.inner_text("#panel")


def test_every_word_has_both_languages() -> None:
    text = (Path(__file__).parents[3] / "kg/publish/html/messages.js").read_text(encoding="utf-8")
    english, russian = re.search(r"en: \{(.*?)\n  \},\n  ru: \{(.*?)\n  \},\n\};", text, re.S).groups()
    keys = [
        set(re.findall(r"(?:^|[,{]) ?\s*(\w+): ['{]", part)) - {"one", "few", "other"} for part in (english, russian)
    ]
    assert keys[0] == keys[1]


def test_a_phone_has_room_for_it(visit: Visit, small_page: Path) -> None:
    page = visit(small_page, viewport={"width": 390, "height": 844}, has_touch=True)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert not page.locator("#filters").is_visible()
    page.click("#filters-open")
    assert page.locator("#filters").is_visible()
    page.click("#filters-open")
    choose(page, "Peru")
    box = page.locator("#panel").bounding_box()
    assert box["y"] > 300 and box["width"] == 390


def test_print_keeps_picture_and_facts(visit: Visit, small_page: Path) -> None:
    page = visit(small_page, "#node=country/peru")
    page.emulate_media(media="print")
    assert not page.locator("#filters").is_visible() and not page.locator(".actions").is_visible()
    assert page.locator("#stage").is_visible() and page.locator("#panel h2").is_visible()


def test_names_from_right_to_left_stand_alone(visit: Visit, tmp_path: Path) -> None:
    from kg.model import Entity, Statement

    names = ["عبد الله الثاني", "שרה כהן"]
    entities = [Entity(f"person/{i}", "Person", name) for i, name in enumerate(names)]
    graph = KnowledgeGraph((), entities, [Statement("person/0", "metWith", "person/1", confidence=0.8)])
    page = visit(write_html(graph, tmp_path / "rtl.html"), "#node=person/0")
    assert page.evaluate("getComputedStyle(document.querySelector('#panel h2 bdi')).direction") == "rtl"
    page.fill("#find", "שרה")
    assert page.locator("#find-list [role=option]").all_inner_texts()[0].startswith(names[1])


def test_compressed_data_are_unpacked_and_old_browsers_told(
    visit: Visit, small: KnowledgeGraph, tmp_path: Path, browser: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(payload, "COMPRESS", 1000)
    path = write_html(small, tmp_path / "packed.html")
    page = visit(path)
    assert not blank(page)
    choose(page, "Peru")
    context = browser.new_context()
    context.add_init_script("delete window.DecompressionStream")
    old = context.new_page()
    old.goto(f"file://{path}")
    until(old, "document.getElementById('wait').textContent.includes('cannot unpack')")
    context.close()


def test_a_cut_page_says_so_and_starts_where_asked(visit: Visit, tmp_path: Path) -> None:
    page = visit(write_html(sample(300), tmp_path / "part.html", max_nodes=80))
    assert "80 best connected of 300" in page.inner_text("#panel .note")
    page = visit(write_html(sample(300), tmp_path / "around.html", around="Peru"))
    assert page.inner_text("#panel h2") == "Peru"


def test_a_notebook_shows_the_page(visit: Visit, small: KnowledgeGraph, tmp_path: Path, browser: object) -> None:
    graph = Graph(small.articles.values(), small.entities.values(), small.statements.values())
    path = tmp_path / "notebook.html"
    path.write_text(f"<!doctype html><title>n</title>{graph._repr_html_()}", encoding="utf-8")
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"file://{path}")
    frame = page.frames[1]
    until(frame, "document.documentElement.dataset.ready === 'all'")
    assert frame.locator("#panel h2").inner_text() == "Overview"
    frame.fill("#find", "Peru")
    frame.press("#find", "Enter")
    assert frame.locator("#panel h2").inner_text() == "Peru"
    context.close()
