"""What a user does with the app, done by a real browser. The `visit` fixture also holds that nothing left the machine."""

from __future__ import annotations

import csv
from pathlib import Path

import geopandas
import pytest
from app_visit import Visit
from playwright.sync_api import Download, expect

HOSTILE = "<script>window.pwned=1</script> ${window.pwned=1} <img src=x onerror=window.pwned=1> ![x](http://elsewhere.example/x.png)"
FORMULA = '=HYPERLINK("http://elsewhere.example")'
REPORT = (
    "GANJA, October 17, 2020 - Officials spoke of several strikes.\n\n"
    f"Officials said that Armenian rockets hit the town of Barda on Friday {HOSTILE}.\n\n"
    f"{FORMULA} Officials said that Armenian rockets hit the city of Ganja on Saturday.\n"
)


def shown_claims(visit: Visit) -> int:
    label = visit.page.get_by_role("tab", name="Claims (").inner_text()
    return int(label.split("(")[1].rstrip(")"))


def rest(visit: Visit) -> None:
    # A run of the script puts new buttons in the place of the old ones, and a click in between is lost.
    visit.page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for()


def download(visit: Visit, words: str) -> Download:
    rest(visit)
    with visit.page.expect_download() as caught:
        visit.page.get_by_role("button", name=words).click()
    return caught.value


def add_report(visit: Visit, text: str) -> None:
    rest(visit)
    visit.page.get_by_test_id("stExpander").get_by_text("Add reports").click()
    visit.page.get_by_label("Paste a report").fill(text)
    visit.page.get_by_role("button", name="Read this report").click()
    expect(visit.page.get_by_text("report read")).to_be_visible(timeout=60_000)


def test_it_opens_with_the_demonstration_on_the_map(visit: Visit) -> None:
    visit.open()
    counts = visit.counts()
    assert any("Martakert" in label for label in counts["places"])
    assert any("Martuni" in label for label in counts["area_places"])
    assert not any("Martuni" in label for label in counts["places"])
    assert counts["claims"] == counts["rows"]
    visit.wait_until("c => c.land > 100")
    expect(visit.page.locator(".sm-counts")).to_contain_text(f"{counts['claims']} on the map")


def test_a_filter_changes_counts_and_map_in_the_same_frame(visit: Visit) -> None:
    visit.open()
    before, claims_before = visit.counts(), shown_claims(visit)
    visit.look_at(40.0, 46.8, 8)
    visit.evaluate("(window.marker = 'still here', null)")
    visit.filter_attacker("Azerbaijan")
    after = visit.wait_until(f"c => c.claims < {before['claims']}")
    assert after["digest"] == before["digest"]
    assert after["zoom"] == 8
    assert visit.evaluate("window.marker") == "still here"
    expect(visit.page.locator(".sm-counts")).to_contain_text(f"{after['claims']} on the map")
    assert shown_claims(visit) < claims_before
    assert "attacker=Azerbaijan" in visit.page.url


def test_a_click_on_a_mark_shows_who_says_what(visit: Visit) -> None:
    visit.open()
    visit.look_at(40.37, 47.13, 11)
    visit.click_map("Barda")
    card = visit.page.locator("article.sm-card").first
    expect(card.locator("blockquote")).to_contain_text("Barda")
    expect(card).to_contain_text("Says who")
    expect(card).to_contain_text("Attacker, as alleged")
    expect(card).to_contain_text("Why there")
    visit.wait_until("c => c.chosen > 0")


def test_a_click_on_an_area_shows_what_is_said_of_it(visit: Visit) -> None:
    visit.open()
    (label,) = [label for label in visit.counts()["area_places"] if "Martuni" in label]
    visit.look_at(39.8, 47.1, 10)
    visit.click_map(label)
    expect(visit.page.locator("article.sm-card blockquote").first).to_contain_text("Martuni")
    expect(visit.page.locator("article.sm-card").first).to_contain_text("somewhere in this area")


def test_a_click_on_empty_ground_lets_go(visit: Visit) -> None:
    visit.open()
    visit.look_at(40.37, 47.13, 11)
    visit.click_map("Barda")
    visit.wait_until("c => c.chosen > 0")
    box = visit.page.locator("iframe[title='Map of reported strikes']").bounding_box()
    assert box is not None
    visit.page.mouse.click(box["x"] + 60, box["y"] + box["height"] - 120)
    visit.wait_until("c => c.chosen === 0")
    expect(visit.page.locator(".sm-empty")).to_be_visible()


def test_a_link_restores_filter_and_choice(visit: Visit) -> None:
    visit.open()
    visit.look_at(40.37, 47.13, 11)
    visit.click_map("Barda")
    visit.wait_until("c => c.chosen > 0")
    visit.filter_attacker("Armenia")
    visit.page.wait_for_url("**attacker=Armenia**")
    url, claims = visit.page.url, visit.wait_until("c => c.claims < c.rows")["claims"]
    visit.open(url.removeprefix(f"{visit.address}/"))
    counts = visit.wait_until("c => c.chosen > 0")
    assert counts["claims"] == claims
    expect(visit.page.locator("article.sm-card blockquote").first).to_contain_text("Barda")


def test_what_is_downloaded_is_what_is_shown(visit: Visit, tmp_path: Path) -> None:
    visit.open()
    visit.filter_attacker("Armenia")
    visit.wait_until("c => c.claims < c.rows")
    count = shown_claims(visit)
    download(visit, "GeoJSON").save_as(tmp_path / "shown.geojson")
    frame = geopandas.read_file(tmp_path / "shown.geojson")
    assert len(frame) == count > 0
    assert set(frame["attacker"]) == {"Armenia"}
    download(visit, "CSV").save_as(tmp_path / "shown.csv")
    with (tmp_path / "shown.csv").open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.DictReader(file))) == count


def test_hostile_text_is_shown_as_text_and_nothing_runs(visit: Visit, tmp_path: Path) -> None:
    visit.open("?demo=false")
    add_report(visit, REPORT)
    counts = visit.wait_until("c => c.claims > 0")
    assert "Barda" in counts["places"]
    visit.look_at(40.37, 47.13, 11)
    visit.click_map("Barda")
    expect(visit.page.locator("article.sm-card blockquote").first).to_contain_text(HOSTILE)
    for frame in visit.page.frames:
        assert frame.evaluate("window.pwned") is None
    download(visit, "CSV").save_as(tmp_path / "shown.csv")
    with (tmp_path / "shown.csv").open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "@"))]


def test_many_files_are_read_and_each_broken_one_has_its_line(visit: Visit, tmp_path: Path) -> None:
    good = tmp_path / "good.txt"
    good.write_text("BAKU, October 29, 2020 - Azerbaijan said that Armenian rockets hit the town of Barda on Wednesday.", encoding="utf-8")
    lines = tmp_path / "lines.jsonl"
    lines.write_text('{"id": "1", "text": "Officials said that rockets hit the city of Ganja."}\n{"id": broken\n', encoding="utf-8")
    binary = tmp_path / "![x](http___elsewhere.example_x.png)<b>.txt"
    binary.write_bytes(bytes(range(256)) * 40)
    visit.open("?demo=false")
    visit.page.get_by_test_id("stExpander").get_by_text("Add reports").click()
    rest(visit)
    visit.page.locator("input[type=file]").set_input_files([good, lines, binary])
    expect(visit.page.get_by_role("button", name="Remove ")).to_have_count(3)
    rest(visit)
    visit.page.get_by_role("button", name="Read these files").click()
    expect(visit.page.get_by_text("2 reports read")).to_be_visible(timeout=60_000)
    expect(visit.page.locator(".sm-problems li").filter(has_text="lines.jsonl")).to_be_visible()
    expect(visit.page.locator(".sm-problems li").filter(has_text="![x](http")).to_be_visible()
    visit.wait_until("c => c.claims >= 2")


def test_other_places_are_switched_and_never_counted(visit: Visit) -> None:
    visit.open()
    before = visit.counts()
    assert before["named"] > 0
    visit.page.get_by_text("Other places named").click()
    after = visit.wait_until("c => c.named === 0")
    assert after["claims"] == before["claims"]


def test_the_table_chooses_on_the_map(visit: Visit) -> None:
    visit.open("?attacker=Russia")
    visit.wait_until("c => c.claims > 0 && c.claims < c.rows")
    table = visit.page.locator("[data-testid=stDataFrame]").first
    table.scroll_into_view_if_needed()
    box = table.bounding_box()
    assert box is not None
    visit.page.mouse.click(box["x"] + 16, box["y"] + 52)
    visit.wait_until("c => c.chosen === 1")
    expect(visit.page.locator("article.sm-card blockquote")).to_have_count(1)


def test_colours_can_tell_what_the_speaker_does(visit: Visit) -> None:
    visit.open()
    expect(visit.map.locator(".strikemap-legend summary")).to_have_text("Attacker, as alleged")
    visit.page.get_by_test_id("stButtonGroup").get_by_text("What the claimant does").click()
    expect(visit.map.locator(".strikemap-legend")).to_contain_text("denies it")


@pytest.mark.parametrize("width", [390, 768])
def test_a_narrow_screen_shows_the_map_without_scrolling_sideways(visit: Visit, width: int) -> None:
    visit.page.set_viewport_size({"width": width, "height": 800})
    visit.open()
    expect(visit.page.locator("iframe[title='Map of reported strikes']")).to_be_visible()
    assert visit.page.evaluate("document.scrollingElement.scrollWidth") <= width


def test_the_dark_theme_reaches_the_map(visit: Visit) -> None:
    visit.page.emulate_media(color_scheme="dark")
    visit.open()
    expect(visit.map.locator(".leaflet-container.strikemap-dark")).to_be_visible()


def test_twenty_filters_leave_one_map(visit: Visit) -> None:
    visit.open()
    frames = len(visit.page.frames)
    for _ in range(10):
        visit.page.get_by_text("Include claims that tell no date").click()
        visit.wait_until("c => c.claims < c.rows")
        visit.page.get_by_text("Include claims that tell no date").click()
        visit.wait_until("c => c.claims === c.rows")
    assert len(visit.page.frames) == frames
    assert visit.evaluate("document.querySelectorAll('canvas.leaflet-zoom-animated').length") <= 2
