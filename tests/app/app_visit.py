"""One page of the app in a browser, in a user's words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import FrameLocator, Page

MAP_TITLE = "Map of reported strikes"
START_S = 120.0


@dataclass
class Visit:
    """One page of the app in the browser, and all that went wrong or went out while it was open."""

    page: Page
    address: str
    requests: list[str] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)

    def open(self, query: str = "") -> None:
        self.page.goto(f"{self.address}/{query}")
        self.page.wait_for_selector(f"iframe[title='{MAP_TITLE}']", timeout=START_S * 1000)
        self.wait_until("c => c.digest !== null && c.drawn > 0")

    @property
    def map(self) -> FrameLocator:
        return self.page.frame_locator(f"iframe[title='{MAP_TITLE}']")

    def evaluate(self, expression: str) -> Any:  # noqa: ANN401  whatever JavaScript gives
        """Evaluate JavaScript in the map's frame."""
        return self.map.locator("body").evaluate(f"() => {{ const map = strikemap; return {expression}; }}")

    def counts(self) -> dict[str, Any]:
        counts = self.evaluate("map.counts()")
        assert isinstance(counts, dict)
        return counts

    def wait_until(self, condition: str) -> dict[str, Any]:
        """Wait until a condition on the map's counts holds, and give the counts."""
        counts: dict[str, Any] = {}
        for _ in range(300):
            try:
                if self.evaluate(f"({condition})(map.counts())"):
                    return self.counts()
                counts = self.counts()
            except PlaywrightError:  # the frame is still loading
                pass
            self.page.wait_for_timeout(100)
        raise AssertionError(f"{condition} never came true; the map counts {counts}")

    def look_at(self, lat: float, lon: float, zoom: int) -> None:
        drawn = self.counts()["drawn"]
        self.evaluate(f"(map._map.setView([{lat}, {lon}], {zoom}, {{ animate: false }}), null)")
        self.wait_until(f"c => c.drawn > {drawn}")

    def click_map(self, label: str) -> None:
        """Click the place with this label with the real mouse."""
        at = self.evaluate(f"map.locate({label!r})")
        assert isinstance(at, dict), f"{label} is not on the map"
        box = self.page.locator(f"iframe[title='{MAP_TITLE}']").bounding_box()
        assert box is not None
        self.page.mouse.click(box["x"] + at["x"], box["y"] + at["y"])

    def filter_attacker(self, party: str) -> None:
        box = self.page.locator(".stMultiSelect", has_text="Attacker, as alleged").first
        box.locator("input").fill(party)
        self.page.get_by_role("option", name=party, exact=True).click()
        self.page.keyboard.press("Escape")
