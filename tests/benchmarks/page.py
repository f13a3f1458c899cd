"""How the page behaves at 2,000, 10,000 and 50,000 entities, in headless Chromium without a graphics card.

    python -m tests.benchmarks.page [2000 10000 50000]

Columns: seconds of CPU to write the page (layout included); its size; seconds from opening to the first picture; main
thread CPU until all is read; main thread CPU of one redraw while dragging the picture; of one key stroke in the search
field; of one change of a filter, picture included; JavaScript heap after a collection. CPU times are the main thread's
(DevTools, threadTicks), which other load on the machine changes little; the first picture is wall time.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from kg.publish.html import write_html
from tests.conftest import FLAGS, _chromium
from tests.publish.html.conftest import until
from tests.publish.html.samples import sample

COUNT = """
  window.frames_ = 0;
  const ask = window.requestAnimationFrame.bind(window);
  window.requestAnimationFrame = (call) => ask((now) => { window.frames_++; call(now); });
  const look = () => { if (document.documentElement.dataset.ready) window.first_ ??= performance.now(); };
  new MutationObserver(look).observe(document, { attributes: true, subtree: true, attributeFilter: ['data-ready'] });
"""


class Meter:
    """Main thread CPU of a page, in milliseconds."""

    def __init__(self, page: object) -> None:
        self.page = page
        self.session = page.context.new_cdp_session(page)
        self.session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def metric(self, name: str) -> float:
        metrics = self.session.send("Performance.getMetrics")["metrics"]
        return next(each["value"] for each in metrics if each["name"] == name)

    def cpu(self) -> float:
        return 1000 * self.metric("TaskDuration")

    def heap(self) -> float:
        self.session.send("HeapProfiler.collectGarbage")
        return self.metric("JSHeapUsedSize") / 2**20


def rest(page: object) -> None:
    """Waits until painting has come to rest."""
    page.wait_for_timeout(600)


def drag(page: object, meter: Meter) -> float:
    """Main thread CPU of a redraw while the picture follows the mouse."""
    rest(page)
    page.mouse.move(640, 300)
    page.mouse.down()
    page.mouse.move(650, 305)
    frames, cpu = page.evaluate("frames_"), meter.cpu()
    for step in range(60):
        page.mouse.move(650 + 2 * step, 305 + step)
    spent = meter.cpu() - cpu
    frames = page.evaluate("frames_") - frames
    page.mouse.up()
    return spent / max(1, frames)


def type_name(page: object, meter: Meter) -> float:
    page.fill("#find", "x")
    rest(page)
    page.fill("#find", "")
    page.focus("#find")
    cpu = meter.cpu()
    page.keyboard.type("schmidt 12", delay=30)
    spent = (meter.cpu() - cpu) / 10
    page.keyboard.press("Escape")
    return spent


def change_filter(page: object, meter: Meter) -> float:
    box = page.locator("#filters li", has_text="met with").locator("input")
    rest(page)
    cpu = meter.cpu()
    for _ in range(2):
        box.click()
        rest(page)
    return (meter.cpu() - cpu) / 2


def row(browser: object, nodes: int, folder: Path) -> str:
    graph = sample(nodes)
    began = time.process_time()
    path = write_html(graph, folder / f"{nodes}.html")
    wrote = time.process_time() - began
    page = browser.new_context(viewport={"width": 1280, "height": 800}, locale="en-GB").new_page()
    page.add_init_script(COUNT)
    meter = Meter(page)
    page.goto(f"file://{path}", wait_until="commit")
    until(page, "document.documentElement.dataset.ready === 'all'", 120)
    rest(page)
    ready, first = meter.cpu(), page.evaluate("first_")
    cells = [drag(page, meter), type_name(page, meter), change_filter(page, meter)]
    found = [nodes, f"{wrote:.1f}", f"{path.stat().st_size / 1e6:.2f}", f"{first / 1000:.2f}", f"{ready / 1000:.2f}"]
    page_row = [*found, *(f"{cell:.1f}" for cell in cells), f"{meter.heap():.0f}"]
    page.context.close()
    return "| " + " | ".join(map(str, page_row)) + " |"


def main(sizes: list[int]) -> None:
    from playwright.sync_api import sync_playwright

    import kg.publish.html.network  # noqa: F401  (pyvis and IPython are imported before the clock starts)

    print("| nodes | write s | MB | first picture s | CPU until ready s | drag ms | key ms | filter ms | heap MB |")
    print("|---|---|---|---|---|---|---|---|---|")
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=_chromium(), args=FLAGS)
        for nodes in sizes:
            print(row(browser, nodes, Path(folder)), flush=True)
        browser.close()


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]] or [2000, 10_000, 50_000])
