"""No name, sentence, address or id of any kind runs a script or leaves the file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kg.graph import KnowledgeGraph
from kg.model import Article, Entity, Evidence, Statement, Status
from kg.publish.html import write_html

PAYLOADS = [
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "</SCRIPT ><script>alert(1)//",
    "<!--<script>alert(1)</script>",
    "--><script>alert(1)</script>",
    "]]><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><img src=x onerror=alert(1)>',
    "'><img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg/onload=alert`1`>",
    "<svg><script>alert(1)</script></svg>",
    "<iframe src=javascript:alert(1)>",
    '<iframe srcdoc="<script>parent.alert(1)</script>">',
    "<body onload=alert(1)>",
    "<details open ontoggle=alert(1)>",
    "<input autofocus onfocus=alert(1)>",
    "<marquee onstart=alert(1)>",
    "<video><source onerror=alert(1)>",
    "<object data=javascript:alert(1)>",
    "<embed src=javascript:alert(1)>",
    "<base href=//evil.example/>",
    '<meta http-equiv="refresh" content="0;url=http://evil.example">',
    "<link rel=stylesheet href=http://evil.example/x.css>",
    "<style>@import 'http://evil.example'</style>",
    "</style><img src=http://evil.example/x>",
    "<form action=http://evil.example><button>x",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "\tjavascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    'http://evil.example/"onmouseover=alert(1) x="',
    "https://x.example/'><script>alert(1)</script>",
    "{{7*7}}{% raw %}",
    "${alert(1)}",
    "'-alert(1)-'",
    '";alert(1);//',
    "\\u003cscript\\u003ealert(1)\\u003c/script\\u003e",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;img src=x onerror=alert(1)&#62;",
    "=cmd|' /C calc'!A0",
    "__proto__",
    "constructor",
    "\u202ealert(1)\u202c <b>",
    "a\u2028b\u2029c",
    "nul\x00l\x01<script>alert(1)</script>",
    "\ud800 lone <img src=x onerror=alert(1)>",
]


def hostile() -> KnowledgeGraph:
    """Every payload in every field of every record."""
    articles, entities, statements = [], [], []
    for number, bad in enumerate(PAYLOADS):
        text = f"{bad} met {bad}."
        half = len(bad)
        articles.append(Article(f"{bad}{number}", text, title=bad, published=bad, url=bad, publisher=bad, language=bad))
        notes = (("lat", str(number)), ("lon", str(3 * number)), (bad, bad), ("iso", bad))
        kind = ("Person", "Country", "Route", "Sector", bad)[number % 5]
        entities.append(
            Entity(
                f"person/{bad}{number}", kind, bad, (f"{bad} alias",), (bad, f"https://a.example/{bad}"), (bad,), notes
            )
        )
        evidence = Evidence(f"{bad}{number}", 0, len(text), (0, half), (half + 5, 2 * half + 5), bad, 0.5)
        other = f"person/{PAYLOADS[number - 1]}{(number - 1) % len(PAYLOADS)}"
        told = (("role", bad), ("date", bad), ("from", "2024"), ("value", bad), (bad, bad))
        for relation in ("leaderOf", "connects", bad):
            statements.append(
                Statement(f"person/{bad}{number}", relation, other, told, Status.REPORTED, other, (evidence,), 0.5)
            )
    return KnowledgeGraph(articles, entities, statements)


@pytest.fixture(scope="module")
def hostile_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_html(hostile(), tmp_path_factory.mktemp("bad") / "bad.html", title=" ".join(PAYLOADS))


@pytest.mark.browser
def test_nothing_runs_in_any_view(visit: Callable[..., object], hostile_page: Path) -> None:
    assert len(PAYLOADS) >= 40
    page = visit(hostile_page)
    for view in ("graph", "table", "map", "timeline"):
        page.click(f"#views [data-view={view}]")
    page.click("#views [data-view=table]")
    page.get_by_role("button", name="Facts", exact=False).first.click()
    page.click("#views [data-view=graph]")
    for summary in page.locator("#filters summary").all():
        if not summary.locator("..").get_attribute("open"):
            summary.click()
    page.mouse.move(600, 400)
    assert page.evaluate("document.querySelectorAll('script').length") == 1


@pytest.mark.browser
def test_nothing_runs_when_each_entity_and_fact_is_opened(visit: Callable[..., object], hostile_page: Path) -> None:
    page = visit(hostile_page)
    names = page.evaluate(
        """async () => {
          const seen = [];
          for (const option of [...document.querySelectorAll('#panel .node')]) seen.push(option.textContent);
          const find = document.getElementById('find');
          for (const word of ['alert', 'script', 'evil', 'img', 'x']) {
            find.value = word;
            find.dispatchEvent(new Event('input'));
            for (const option of document.querySelectorAll('#find-list [role=option]')) {
              option.dispatchEvent(new MouseEvent('mousedown', { bubbles: true, cancelable: true }));
              for (const details of document.querySelectorAll('#panel details')) details.open = true;
              await new Promise((done) => setTimeout(done, 5));
              for (const button of document.querySelectorAll('#panel .foot button')) { button.click(); break; }
              seen.push(document.getElementById('panel').textContent);
              find.value = word;
              find.dispatchEvent(new Event('input'));
            }
          }
          return seen;
        }"""
    )
    assert any("onerror=alert(1)" in text for text in names)


@pytest.mark.browser
def test_only_web_addresses_are_links(visit: Callable[..., object], hostile_page: Path) -> None:
    page = visit(hostile_page)
    page.click("#panel .plain .node >> nth=0")
    page.evaluate("document.querySelectorAll('#panel details').forEach((each) => { each.open = true; })")
    page.wait_for_timeout(50)
    links = page.eval_on_selector_all("a", "(all) => all.map((a) => [a.protocol, a.rel, a.target])")
    assert links
    assert all(
        protocol in {"http:", "https:"} and "noopener" in rel and target == "_blank" for protocol, rel, target in links
    )


@pytest.mark.browser
def test_a_script_that_got_in_would_not_run(visit: Callable[..., object], small_page: Path, browser: object) -> None:
    context = browser.new_context()
    page = context.new_page()
    dialogs = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.goto(f"file://{small_page}")
    outcome = page.evaluate(
        """async () => {
          const script = document.createElement('script');
          const refused = [];
          try { script.textContent = 'alert(1)'; document.body.append(script); } catch { refused.push('text'); }
          try { document.body.innerHTML += '<img src=x onerror=alert(1)>'; } catch { refused.push('html'); }
          try { await fetch('https://evil.example/'); } catch { refused.push('fetch'); }
          return refused;
        }"""
    )
    page.wait_for_timeout(100)
    assert dialogs == [] and {"html", "fetch"} <= set(outcome)
    context.close()


@pytest.mark.browser
def test_the_classic_page_keeps_names_as_text(visit: Callable[..., object], tmp_path: Path) -> None:
    page = visit(write_html(hostile(), tmp_path / "classic.html", title=PAYLOADS[1], style="pyvis"))
    page.fill("#find", PAYLOADS[6])
    page.keyboard.press("Enter")
    for x in range(200, 1100, 100):
        page.mouse.move(x, 400)
    page.wait_for_timeout(200)
    assert page.locator("main canvas").count() == 1
