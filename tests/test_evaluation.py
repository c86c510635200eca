"""The quality gate: what it scores on cases small enough to check by hand, and that it fails when it must."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from gazetteer.model import LatLon, Layer, Place, PlaceKind
from geo.errors import InputError, NothingToDoError
from geo.evaluation import evaluate
from geo.evaluation.claims import by_article, places_agree, score_claims
from geo.evaluation.gate import digest_of, measure_claims, read_floors
from geo.evaluation.toponyms import score_toponyms
from geo.model import Claim, Resolution, Span, Stance, Toponym, Weapon
from geo.pipeline import Reader
from geo.settings import Settings

FIRST, SECOND = "Russian rockets hit Kharkiv on Thursday, officials said.", "Shells fell on Sumy."
TEXT = f"{FIRST} {SECOND}"
DAY = date(2024, 5, 9)

GOLD: dict[str, Any] = {
    "quote": FIRST, "stance": "asserted", "claimant": "officials", "attacker_text": ["Russian"], "kind": "rocket", "place_text": "Kharkiv",
    "lat": 49.98, "lon": 36.25, "place_kind": "point", "date_start": "2024-05-09", "date_end": "2024-05-09", "certain": True,
}  # fmt: skip
SUMY: dict[str, Any] = {
    "quote": SECOND, "stance": "asserted", "claimant": None, "attacker_text": [], "kind": "artillery", "place_text": "Sumy",
    "lat": 50.92, "lon": 34.8, "place_kind": "point", "date_start": None, "date_end": None, "certain": True,
}  # fmt: skip

CLAIM = Claim(
    claim_id="1", article_id="a", quote=FIRST, quote_start=0, quote_end=len(FIRST), stance=Stance.ASSERTED, weapon=Weapon.ROCKET,
    text_sha256="", extractor_version="", gazetteer_version="", claimant="officials", attacker="Russia", attacker_text="Russian",
    place_text="Kharkiv", place_kind=PlaceKind.POINT, lat=49.98, lon=36.25, radius_km=20, date_start=DAY, date_end=DAY,
)  # fmt: skip
SUMY_CLAIM = replace(
    CLAIM, claim_id="2", quote=SECOND, quote_start=len(FIRST) + 1, quote_end=len(TEXT), weapon=Weapon.ARTILLERY, claimant=None,
    attacker=None, attacker_text=None, place_text="Sumy", lat=50.92, lon=34.8, date_start=None, date_end=None,
)  # fmt: skip


def figures(claims: list[Claim], gold: list[dict[str, Any]] | None = None) -> dict[str, float]:
    return score_claims({"a": TEXT}, {"a": [GOLD, SUMY] if gold is None else gold}, {"a": claims}).figures()


def test_all_right_is_one_throughout_and_without_fault() -> None:
    told = figures([CLAIM, SUMY_CLAIM])
    assert {value for name, value in told.items() if not name.endswith("_rate")} == {1.0}
    assert {value for name, value in told.items() if name.endswith("_rate")} == {0.0}


def test_a_missed_claim_costs_recall_only() -> None:
    told = figures([CLAIM])
    assert (told["claim_precision"], told["claim_recall"], told["claim_f1"]) == (1.0, 0.5, 0.667)


def test_an_invented_claim_costs_precision_only() -> None:
    elsewhere = replace(CLAIM, claim_id="3", lat=50.5, lon=30.5)
    told = figures([CLAIM, SUMY_CLAIM, elsewhere])
    assert (told["claim_precision"], told["claim_recall"]) == (0.667, 1.0)
    assert told["wrong_pin_rate"] == 0.333


def test_a_wrong_pin_is_a_miss_an_invention_and_a_fault() -> None:
    told = figures([replace(CLAIM, lat=10.0), SUMY_CLAIM])
    assert (told["claim_precision"], told["claim_recall"], told["wrong_pin_rate"]) == (0.5, 0.5, 0.5)


def test_an_unlocated_claim_is_no_wrong_pin() -> None:
    told = figures([replace(CLAIM, lat=None, lon=None, place_kind=None, radius_km=None)])
    assert told["claim_recall"] == 0
    assert "wrong_pin_rate" not in told, "no pin at all is no rate of pins"


def test_nothing_found_scores_nothing() -> None:
    told = figures([])
    assert (told["claim_recall"], told["claim_f1"]) == (0, 0)
    assert "claim_precision" not in told


def test_a_wrong_attacker_is_told_apart_from_an_invented_and_from_a_blank_one() -> None:
    wrong = figures([replace(CLAIM, attacker="Ukraine", attacker_text="Ukrainian"), SUMY_CLAIM])
    assert (wrong["attacker_wrong_rate"], wrong["attacker_invented_rate"], wrong["attacker_accuracy"]) == (1, 0, 0.5)
    invented = figures([CLAIM, replace(SUMY_CLAIM, attacker="Russia", attacker_text="Russian")])
    assert (invented["attacker_wrong_rate"], invented["attacker_invented_rate"], invented["attacker_accuracy"]) == (0, 1, 0.5)
    blank = figures([replace(CLAIM, attacker=None, attacker_text=None), SUMY_CLAIM])
    assert (blank["attacker_wrong_rate"], blank["attacker_invented_rate"], blank["attacker_accuracy"]) == (0, 0, 0.5)


def test_a_full_match_needs_the_attacker_and_the_day() -> None:
    assert figures([CLAIM, SUMY_CLAIM])["full_claim_f1"] == 1
    assert figures([replace(CLAIM, attacker=None, attacker_text=None), SUMY_CLAIM])["full_claim_f1"] == 0.5
    assert figures([replace(CLAIM, date_start=date(2024, 5, 1), date_end=date(2024, 5, 1)), SUMY_CLAIM])["full_claim_f1"] == 0.5


def test_an_allegation_told_as_fact_is_counted() -> None:
    assert figures([replace(CLAIM, claimant=None), SUMY_CLAIM])["allegation_as_fact_rate"] == 1
    assert figures([CLAIM, SUMY_CLAIM])["allegation_as_fact_rate"] == 0


def test_a_filled_in_toll_is_wrong_and_an_untold_one_right() -> None:
    assert figures([CLAIM, SUMY_CLAIM])["killed_accuracy"] == 1
    assert figures([replace(CLAIM, killed_min=0, killed_max=0), SUMY_CLAIM])["killed_accuracy"] == 0.5


def test_uncertain_gold_costs_nothing_missed_and_earns_nothing_found() -> None:
    gold = [GOLD, {**SUMY, "certain": False}]
    assert figures([CLAIM], gold)["claim_f1"] == 1
    told = figures([CLAIM, replace(SUMY_CLAIM, lat=10.0)], gold)
    assert told["claim_precision"] == 1, "a colleague could well have told another place there"


def test_one_claim_matches_one_gold_claim_only() -> None:
    told = figures([CLAIM, replace(CLAIM, claim_id="3")], [GOLD])
    assert (told["claim_precision"], told["claim_recall"]) == (0.5, 1.0)


def test_a_claim_matches_by_any_of_its_sentences_in_the_gold() -> None:
    gold = [{**GOLD, "quote": SECOND, "also": [FIRST]}]
    assert figures([CLAIM], gold)["claim_f1"] == 1
    assert figures([CLAIM], [{**GOLD, "quote": SECOND}])["claim_f1"] == 0


@pytest.mark.parametrize(
    ("gold", "claim", "agree"),
    [
        ({}, {}, True),
        ({}, {"lat": 50.15}, True),
        ({}, {"lat": 50.30}, False),
        ({}, {"lat": None, "lon": None}, False),
        ({"lat": None, "lon": None, "place_text": None}, {"lat": None, "lon": None}, True),
        ({"lat": None, "lon": None, "place_text": None}, {}, False),
        ({"lat": None, "lon": None, "place_text": "Zzyqxabad"}, {"lat": None, "lon": None}, False),
        ({"place_kind": "area", "radius_km": 100}, {"lat": 50.8, "place_kind": PlaceKind.AREA, "radius_km": 20}, True),
        ({"place_kind": "area", "radius_km": 2000}, {"lat": 53.0, "place_kind": PlaceKind.AREA, "radius_km": 2000}, False),
        ({}, {"lat": 50.8, "place_kind": PlaceKind.AREA, "radius_km": 500}, False),
    ],
)
def test_places_agree_within_what_both_say(gold: dict[str, Any], claim: dict[str, Any], *, agree: bool) -> None:
    assert places_agree({**GOLD, **gold}, replace(CLAIM, **claim)) is agree


def test_claims_are_grouped_by_their_article() -> None:
    grouped = by_article(iter([CLAIM, replace(SUMY_CLAIM, article_id="b"), replace(CLAIM, claim_id="3")]))
    assert {key: [c.claim_id for c in claims] for key, claims in grouped.items()} == {"a": ["1", "3"], "b": ["2"]}


# -- place names ------------------------------------------------------------------------------------------------------------


def resolution(start: int, end: int, point: LatLon | None) -> Resolution:
    span = Span(start, end)
    place = None
    if point is not None:
        place = Place(
            place_id="x", name="x", lat=point.lat, lon=point.lon, radius_km=5, kind=PlaceKind.POINT, layer=Layer.BASE, source="",
            licence="", as_of="",
        )  # fmt: skip
    return Resolution(toponym=Toponym(text="x", span=span, phrase=span), place=place, why="")


KHARKIV = LatLon(49.98, 36.25)
NAMES = [{"start": 20, "end": 27, "lat": 49.98, "lon": 36.25}, {"start": 40, "end": 44, "lat": 50.92, "lon": 34.8}]


def test_place_names_all_right() -> None:
    found = [resolution(20, 27, KHARKIV), resolution(40, 44, LatLon(50.92, 34.8))]
    assert score_toponyms({"a": NAMES}, {"a": found}) == {"f1": 1, "acc161": 1, "end_to_end161": 1}


def test_a_missed_name_costs_recall_and_a_far_place_accuracy() -> None:
    assert score_toponyms({"a": NAMES}, {"a": [resolution(20, 27, KHARKIV)]}) == {"f1": 0.667, "acc161": 1, "end_to_end161": 0.5}
    far = [resolution(20, 27, LatLon(0.5, 0.5)), resolution(40, 44, LatLon(50.92, 34.8))]
    assert score_toponyms({"a": NAMES}, {"a": far}) == {"f1": 1, "acc161": 0.5, "end_to_end161": 0.5}


def test_an_unresolved_name_is_found_but_nowhere() -> None:
    found = [resolution(20, 27, None), resolution(40, 44, LatLon(50.92, 34.8))]
    assert score_toponyms({"a": NAMES}, {"a": found}) == {"f1": 1, "acc161": 1, "end_to_end161": 0.5}


def test_an_invented_name_costs_precision() -> None:
    found = [resolution(20, 27, KHARKIV), resolution(40, 44, LatLon(50.92, 34.8)), resolution(0, 7, None)]
    assert score_toponyms({"a": NAMES}, {"a": found})["f1"] == 0.8


def test_a_document_without_names_scores_nothing() -> None:
    assert score_toponyms({"a": []}, {}) == {}


# -- the gate ---------------------------------------------------------------------------------------------------------------

BARDA = {
    **SUMY, "quote": "Rockets hit the town of Barda.", "kind": "rocket", "place_text": "Barda", "lat": 40.37, "lon": 47.13,
}  # fmt: skip


def make_set(folder: Path, *claims: dict[str, Any]) -> Path:
    folder.mkdir()
    (folder / "articles.jsonl").write_text(json.dumps({"id": "a", "text": BARDA["quote"], "date": None}) + "\n", encoding="utf-8")
    (folder / "gold.jsonl").write_text(json.dumps({"id": "a", "claims": claims}) + "\n", encoding="utf-8")
    return folder


def make_floors(folder: Path, *, figures: dict[str, float], sha256: str | None = None) -> Path:
    told = ", ".join(f"{name} = {value}" for name, value in figures.items())
    digest = f'sha256 = "{sha256}"\n' if sha256 else ""
    path = folder.parent / "floors.toml"
    path.write_text(f'[tiny]\nkind = "claims"\nfolder = "{folder.name}"\n{digest}floors = {{ {told} }}\n', encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("figures", "status"),
    [
        ({"claim_f1": 1.0}, 0),
        ({"claim_f1": 0.9, "wrong_pin_rate": 0.0}, 0),
        ({"claim_f1": 1.1}, 1),
        ({"wrong_pin_rate": -0.1}, 1),
        ({"claim_f1": 0.9, "claim_recall": 1.1}, 1),
        ({"no_such_figure": 0.5}, 1),
        ({"attacker_wrong_rate": 0.5}, 1),
    ],
)
def test_a_figure_below_its_floor_or_not_measured_fails(
    figures: dict[str, float], status: int, tmp_path: Path, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    floors = make_floors(make_set(tmp_path / "tiny", BARDA), figures=figures)
    assert evaluate(None, settings=settings, floors=floors) == status
    assert ("FAILS" in capsys.readouterr().out) is bool(status)


def test_a_fault_is_held_from_above(tmp_path: Path, settings: Settings) -> None:
    elsewhere = {**BARDA, "lat": 50.0}
    folder = make_set(tmp_path / "tiny", elsewhere)
    assert evaluate(None, settings=settings, floors=make_floors(folder, figures={"wrong_pin_rate": 1.0})) == 0
    assert evaluate(None, settings=settings, floors=make_floors(folder, figures={"wrong_pin_rate": 0.5})) == 1


def test_a_changed_set_fails_until_its_floors_are_set_anew(tmp_path: Path, settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    folder = make_set(tmp_path / "tiny", BARDA)
    digest = digest_of(folder)
    assert evaluate(None, settings=settings, floors=make_floors(folder, figures={"claim_f1": 1.0}, sha256=digest)) == 0
    with (folder / "gold.jsonl").open("a", encoding="utf-8") as stream:
        stream.write("\n")
    assert digest_of(folder) != digest
    assert evaluate(None, settings=settings, floors=make_floors(folder, figures={"claim_f1": 1.0}, sha256=digest)) == 1
    assert "the set has changed" in capsys.readouterr().out


def test_a_set_that_is_not_there_is_said_and_no_set_at_all_is_an_error(
    tmp_path: Path, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    floors = make_floors(tmp_path / "absent", figures={"claim_f1": 0.5})
    with pytest.raises(NothingToDoError, match=r"floors\.toml"):
        evaluate(None, settings=settings, floors=floors)
    assert "skipped" in capsys.readouterr().out
    with pytest.raises(NothingToDoError, match="--set"):
        evaluate(None, settings=settings, floors=tmp_path / "nowhere.toml")


def test_a_set_of_ones_own_is_measured_without_floors(tmp_path: Path, settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    folder = make_set(tmp_path / "tiny", {**BARDA, "lat": 50.0})
    assert evaluate(folder, settings=settings) == 0
    assert "claim_f1" in capsys.readouterr().out


def test_a_text_with_odd_line_ends_is_one_row(tmp_path: Path, reader: Reader) -> None:
    folder = make_set(tmp_path / "tiny", BARDA)
    text = f"{BARDA['quote']}\u2028\x85\x0cNobody was hurt."
    (folder / "articles.jsonl").write_text(json.dumps({"id": "a", "text": text}, ensure_ascii=False), encoding="utf-8")
    assert measure_claims(folder, reader)["claim_f1"] == 1


def test_a_set_in_another_encoding_is_named(tmp_path: Path, reader: Reader) -> None:
    folder = make_set(tmp_path / "tiny", BARDA)
    (folder / "gold.jsonl").write_bytes("Барда".encode("cp1251"))
    with pytest.raises(InputError, match=r"gold\.jsonl: is not UTF-8"):
        measure_claims(folder, reader)


def test_the_projects_own_floors_name_real_figures_and_sets_that_have_not_changed() -> None:
    known = set(figures([CLAIM, SUMY_CLAIM])) | set(score_toponyms({"a": NAMES}, {"a": [resolution(20, 27, KHARKIV)]}))
    floors = read_floors()
    own = [floor for floor in floors if floor.folder.is_relative_to(Path(__file__).parent)]
    assert own
    for floor in floors:
        assert floor.figures.keys() <= known, floor.name
        assert all(0 <= value <= 1 for value in floor.figures.values())
        assert floor.sha256 is not None
    for floor in own:
        assert digest_of(floor.folder) == floor.sha256, floor.name
