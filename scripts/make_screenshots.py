"""Take the pictures in docs/screenshots/ of the app as it runs.

    strikemap app &
    python scripts/make_screenshots.py http://127.0.0.1:8501

Needs Chromium (Debian: apt-get install chromium) and the test extra, which brings playwright.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

OUT = Path(__file__).parents[1] / "docs" / "screenshots"
MAP = "iframe[title='Map of reported strikes']"
SETTLED_MS = 1500


def open_app(browser: Browser, address: str, *, width: int, height: int, scheme: str = "light", touch: bool = False) -> Page:
    """Open the app in a fresh profile and wait until the map has drawn its claims and its land."""
    context = browser.new_context(viewport={"width": width, "height": height}, has_touch=touch, is_mobile=touch)
    page = context.new_page()
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(address)
    page.wait_for_selector(MAP)
    drawn = f'document.querySelector("{MAP}").contentWindow.strikemap?.counts()'
    # The first start builds the gazetteer.
    page.wait_for_function(f"() => {drawn}?.land > 0 && {drawn}.claims > 0", timeout=120_000)
    page.wait_for_timeout(SETTLED_MS)
    return page


def look_at(page: Page, *, lat: float, lon: float, zoom: int) -> None:
    """Move the map."""
    page.frame_locator(MAP).locator("body").evaluate(f"() => {{ strikemap._map.setView([{lat}, {lon}], {zoom}, {{ animate: false }}) }}")
    page.wait_for_timeout(SETTLED_MS)


def click_place(page: Page, label: str) -> None:
    """Click a place on the map and wait for its words."""
    at = page.frame_locator(MAP).locator("body").evaluate(f"() => strikemap.locate({label!r})")
    box = page.locator(MAP).bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + at["x"], box["y"] + at["y"])
    page.locator("article.sm-card").first.wait_for()
    page.mouse.move(box["x"] + 20, box["y"] + box["height"] - 60)
    page.wait_for_timeout(SETTLED_MS)


def main(address: str) -> None:
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.exit("Chromium is not installed; on Debian: apt-get install chromium")
    OUT.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        open_app(browser, address, width=1360, height=860).screenshot(path=OUT / "overview.png")
        page = open_app(browser, address, width=1360, height=860)
        look_at(page, lat=40.1, lon=46.85, zoom=9)
        click_place(page, "Martakert")
        page.screenshot(path=OUT / "detail.png")
        page.get_by_role("tab", name="Claims (").scroll_into_view_if_needed()
        page.locator("[data-testid=stMain]").evaluate("element => element.scrollTo(0, 10000)")
        page.wait_for_timeout(SETTLED_MS)
        page.screenshot(path=OUT / "table.png")
        open_app(browser, address, width=390, height=844, touch=True).screenshot(path=OUT / "phone.png")
        dark = open_app(browser, address, width=1360, height=860, scheme="dark")
        look_at(dark, lat=40.1, lon=46.85, zoom=9)
        click_place(dark, "Martakert")
        dark.screenshot(path=OUT / "dark.png")
        browser.close()
    for picture in sorted(OUT.glob("*.png")):
        print(f"{picture.name}: {picture.stat().st_size // 1024} KiB")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8501")
