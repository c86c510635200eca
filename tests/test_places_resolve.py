"""What place names stand for, by their report. All reports are made up."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gazetteer import Gazetteer, PlaceKind, distance_km
from geo.model import Article, Resolution, ResolutionMethod
from geo.places.recognise import find_toponyms
from geo.places.resolve import resolve

KARABAKH = "Fighting between Armenian and Azerbaijani forces over Nagorno-Karabakh went on. "


def _resolve(text: str, gazetteer: Gazetteer, *, day: date | None = date(2020, 10, 10), title: str | None = None) -> dict[str, Resolution]:
    article = Article(article_id="t", text=text, published=day, title=title)
    return {r.toponym.text: r for r in resolve(find_toponyms(text, gazetteer=gazetteer), article=article, gazetteer=gazetteer)}


def _where(text: str, gazetteer: Gazetteer, name: str) -> tuple[str | None, str | None, PlaceKind | None]:
    place = _resolve(text, gazetteer)[name].place
    return (None, None, None) if place is None else (place.country_code, place.admin1, place.kind)


@pytest.mark.parametrize(
    "wording", ["Shells hit {} on Monday.", "Rockets hit the town of {} on Monday.", "Villages in the {} region burned."]
)
def test_martuni_in_a_report_on_karabakh_is_never_the_one_in_gegharkunik(gazetteer: Gazetteer, wording: str) -> None:
    found = _resolve(KARABAKH + wording.format("Martuni"), gazetteer)["Martuni"]
    assert found.place is not None
    assert found.place.country_code == "AZ"
    assert found.method is ResolutionMethod.OVERLAY
    assert found.runner_up is not None
    assert found.runner_up.place.country_code == "AM"
    assert 120 < found.runner_up.distance_km < 200
    assert "Gegharkunik" in found.why
    assert "km" in found.why


def test_martuni_in_a_report_on_lake_sevan_is_the_one_beside_it(gazetteer: Gazetteer) -> None:
    text = "A storm hit Armenia's Gegharkunik province. Roads near Sevan, Gavar and Vardenis were shut, and roofs in Martuni were torn off."
    place = _resolve(text, gazetteer)["Martuni"].place
    assert place is not None
    assert place.country_code == "AM"


@pytest.mark.parametrize(
    "name",
    ["Stepanakert", "Khankendi", "Xankəndi", "Shushi", "Shusha", "Aghdara", "Hadrut", "Berdzor", "Kalbajar", "Madagiz", "Sugovushan"],
)
def test_both_sides_names_lead_to_karabakh(gazetteer: Gazetteer, name: str) -> None:
    assert _where(f"{KARABAKH}Shells hit {name} on Monday.", gazetteer, name)[0] == "AZ"


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Police in Paris, Texas, made an arrest.", "Paris", ("US", "Texas", PlaceKind.POINT)),
        ("Police in Paris made an arrest, French media said.", "Paris", ("FR", "Île-de-France", PlaceKind.POINT)),
        ("He moved from Cambridge, Massachusetts, to Boston.", "Cambridge", ("US", "Massachusetts", PlaceKind.POINT)),
        ("He moved from Cambridge, England, to London.", "Cambridge", ("GB", "England", PlaceKind.POINT)),
        ("Students in Athens, Georgia, marched.", "Athens", ("US", "Georgia", PlaceKind.POINT)),
        ("Students in Athens, Georgia, marched.", "Georgia", ("US", "Georgia", PlaceKind.AREA)),
        ("Students in Tbilisi, Georgia, marched.", "Georgia", ("GE", None, PlaceKind.AREA)),
        ("Georgia, Armenia and Azerbaijan met.", "Georgia", ("GE", None, PlaceKind.AREA)),
        ("Georgia, Alabama and Florida were warned.", "Georgia", ("US", "Georgia", PlaceKind.AREA)),
        ("Crews in Portland, Ore., were ready.", "Portland", ("US", "Oregon", PlaceKind.POINT)),
        ("The New York Governor spoke in Albany.", "New York", ("US", "New York", PlaceKind.AREA)),
        ("A ship reached Tripoli, Libyan officials said.", "Tripoli", ("LY", "Tripoli", PlaceKind.POINT)),
        ("Clashes broke out in Tripoli, Lebanese soldiers said, near Akkar in Lebanon.", "Tripoli", ("LB", "North", PlaceKind.POINT)),
        ("Syrian jets bombed Hama on Monday.", "Hama", ("SY", "Hama", PlaceKind.POINT)),
        ("Shots rang out in Concord and Lexington, Mass., in April.", "Concord", ("US", "Massachusetts", PlaceKind.POINT)),
        ("Envoys met in Geneva; Washington and London were glad.", "Washington", ("US", "District of Columbia", PlaceKind.POINT)),
        ("Envoys met in Geneva; Washington and London were glad.", "Geneva", ("CH", "Geneva", PlaceKind.POINT)),
        ("The Red Sea port of Hodeidah was bombed.", "Hodeidah", ("YE", None, PlaceKind.POINT)),
        ("Fighting reached Ariha in Idlib province, Syria.", "Ariha", ("SY", None, PlaceKind.POINT)),
    ],
)
def test_the_words_around_a_name_tell_which_is_meant(
    gazetteer: Gazetteer, text: str, name: str, expected: tuple[str, str | None, PlaceKind]
) -> None:
    country, admin1, kind = _where(text, gazetteer, name)
    assert (country, kind) == (expected[0], expected[2])
    if expected[1] is not None:
        assert admin1 is not None
        assert admin1.startswith(expected[1])


def test_one_report_can_name_two_places_alike(gazetteer: Gazetteer) -> None:
    for text in ("Crews in Portland, Oregon, and in Portland, Maine, were ready.", "Portland, Oregon, and Portland, Maine, were ready."):
        article = Article(article_id="t", text=text)
        found = [r.place for r in resolve(find_toponyms(text, gazetteer=gazetteer), article=article, gazetteer=gazetteer)]
        assert [p.admin1 for p in found if p is not None and p.name == "Portland"] == ["Oregon", "Maine"]


def test_a_name_keeps_the_sense_that_its_report_gave_it(gazetteer: Gazetteer) -> None:
    text = "The mayor of Paris, Texas, was glad. Shops all over Paris opened."
    article = Article(article_id="t", text=text)
    found = [
        r for r in resolve(find_toponyms(text, gazetteer=gazetteer), article=article, gazetteer=gazetteer) if r.toponym.text == "Paris"
    ]
    assert [r.place.admin1 for r in found if r.place is not None] == ["Texas", "Texas"]


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Syrian troops left Aleppo.", "Aleppo", PlaceKind.POINT),
        ("Syrian troops left Aleppo province.", "Aleppo", PlaceKind.AREA),
        ("Syrian troops left the city of Aleppo.", "Aleppo", PlaceKind.POINT),
        ("Russian shells fell on Kherson region in Ukraine.", "Kherson", PlaceKind.AREA),
        ("Azerbaijani shells fell on Stepanakert airport.", "Stepanakert", PlaceKind.POINT),
        ("Storms crossed California.", "California", PlaceKind.AREA),
    ],
)
def test_a_region_is_an_area_and_a_city_a_point(gazetteer: Gazetteer, text: str, name: str, kind: PlaceKind) -> None:
    assert _where(text, gazetteer, name)[2] is kind


def test_a_site_is_found_by_its_whole_name(gazetteer: Gazetteer) -> None:
    airport = _resolve("Rockets hit Erbil airport in Iraq.", gazetteer)["Erbil"].place
    assert airport is not None
    assert (airport.feature_code or "").startswith("AIR")


def test_a_district_that_only_a_town_is_known_for_is_the_ground_around_it(gazetteer: Gazetteer) -> None:
    found = _resolve("Villages in Kanbalu subdistrict in Myanmar burned.", gazetteer)["Kanbalu"]
    assert found.place is not None
    assert found.place.kind is PlaceKind.AREA
    assert found.place.radius_km >= 20
    assert "no subdistrict of that name is known" in found.why


def test_a_capital_stays_the_capital_in_a_report_on_another_country(gazetteer: Gazetteer) -> None:
    text = "U.S. officials flew from Washington to Berlin and Warsaw, and then back to the United States."
    found = _resolve(text, gazetteer)
    assert [found[n].place.country_code for n in ("Washington", "Berlin", "Warsaw")] == ["US", "DE", "PL"]  # type: ignore[union-attr]


def test_what_nothing_tells_apart_stays_unresolved_and_says_why(gazetteer: Gazetteer) -> None:
    found = _resolve("A bus broke down in Springfield.", gazetteer)["Springfield"]
    assert found.place is None
    assert found.candidates > 10
    assert "km apart" in found.why


def test_what_no_layer_knows_stays_unresolved_and_says_so(gazetteer: Gazetteer) -> None:
    found = _resolve("Shells fell on the village of Qwertabad in Syria.", gazetteer)["Qwertabad"]
    assert (found.place, found.candidates) == (None, 0)
    assert "knows" in found.why


def test_a_name_nearly_alike_is_never_placed(gazetteer: Gazetteer) -> None:
    for name in ("Martakort", "Robotynka", "Stepanokort"):
        found = _resolve(f"{KARABAKH}Shells hit the town of {name}.", gazetteer)[name]
        assert found.place is None, name


def test_a_place_where_the_report_puts_it_elsewhere_is_not_meant(gazetteer: Gazetteer) -> None:
    found = _resolve("Helicopters landed in the town of Springfield in Helmand province, Afghanistan.", gazetteer)["Springfield"]
    assert found.place is None
    assert "Helmand" in found.why


def test_population_alone_never_chooses_against_the_report(gazetteer: Gazetteer) -> None:
    text = "Yemeni officials said that Houthi rockets hit Mocha and Hodeida, Yemen."
    found = _resolve(text, gazetteer)
    assert found["Mocha"].place is not None
    assert found["Mocha"].place.country_code == "YE"
    lebanon = _resolve("Israeli shells hit Qana and Tyre in Lebanon, Hezbollah said.", gazetteer)
    assert lebanon["Qana"].place is not None
    assert lebanon["Qana"].place.country_code == "LB"


def test_the_title_tells_as_well(gazetteer: Gazetteer) -> None:
    text = "Two people were hurt when shells fell on Ariha."
    place = _resolve(text, gazetteer, title="Syrian army shells Idlib")["Ariha"].place
    assert place is not None
    assert place.country_code == "SY"


def test_the_shown_entry_is_whole(gazetteer: Gazetteer) -> None:
    place = _resolve(KARABAKH + "Shells hit Martakert.", gazetteer)["Martakert"].place
    assert place is not None
    assert {"Armenia", "Azerbaijan"} <= {n.side for n in place.names}


NAMES = st.sampled_from(
    "Martuni Aleppo Springfield Paris Georgia Tripoli Washington Texas London Qana Mocha Pokrovsk Idlib Gaza Kyiv Qwertabad Hama Moscow "
    "Berdychiv Alexandria Hyderabad Santiago Valencia Victoria Cordoba".split()
)
JOINTS = st.sampled_from([", ", " and ", ". Shells hit ", " in ", " near ", ", the town of ", " province, "])


@settings(deadline=None, max_examples=150)
@given(names=st.lists(NAMES, min_size=1, max_size=6), joints=st.lists(JOINTS, min_size=6, max_size=6), day=st.dates())
def test_every_answer_is_one_of_the_entries_with_that_name(gazetteer: Gazetteer, names: list[str], joints: list[str], day: date) -> None:
    text = "Shells hit " + "".join(name + joint for name, joint in zip(names, joints, strict=False)) + "yesterday."
    toponyms = find_toponyms(text, gazetteer=gazetteer)
    found = resolve(toponyms, article=Article(article_id="t", text=text, published=day), gazetteer=gazetteer)
    answered = [r.toponym for r in found]
    assert [t for t in toponyms if t in answered] == answered
    assert all(t.tentative for t in toponyms if t not in answered)
    for r in found:
        assert r.why
        whole = text[r.toponym.span.start : r.toponym.phrase.end]
        known = {m.place.place_id for name in (r.toponym.text, whole, f"{r.toponym.text} {r.toponym.cue}") for m in gazetteer.find(name)}
        if r.place is None:
            assert (r.method, r.score, r.runner_up) == (None, None, None)
            continue
        assert r.place.place_id in known
        assert r.score is not None
        assert 0 <= r.score <= 1
        if r.runner_up is not None:
            assert r.runner_up.place.place_id in known
            assert r.runner_up.distance_km == pytest.approx(distance_km(r.place.point, r.runner_up.place.point), abs=0.1)


def test_the_order_of_names_of_no_bearing_changes_nothing(gazetteer: Gazetteer) -> None:
    one = _resolve("Syrian shells hit Morek. Later Syrian shells hit Saraqib.", gazetteer)
    two = _resolve("Syrian shells hit Saraqib. Later Syrian shells hit Morek.", gazetteer)
    for name in ("Morek", "Saraqib"):
        assert one[name].place == two[name].place


@pytest.mark.parametrize("text", ["Aleppo " * 15_000, "Aleppo, " * 15_000, "al-" * 60_000, "X" * 500_000])
def test_odd_texts_take_no_longer_than_their_length(gazetteer: Gazetteer, text: str) -> None:
    start = time.process_time()
    _resolve(text, gazetteer)
    assert time.process_time() - start < 20


def test_a_quarter_with_a_citys_name_is_not_that_city(gazetteer: Gazetteer) -> None:
    found = _resolve("Shells hit the Sulaymaniyah neighborhood in Aleppo, Syria, on Thursday.", gazetteer)["Sulaymaniyah"]
    assert found.place is None
    assert "Sulaymaniyah, Iraq" in found.why


def test_a_village_with_a_name_alike_is_not_looked_for_across_the_country(gazetteer: Gazetteer) -> None:
    found = _resolve("The Syrian army struck Mallah Farms in Aleppo. The city of Aleppo lies in Syria.", gazetteer)
    assert found["Mallah"].place is None
    assert "has a name like it" in found["Mallah"].why


def test_a_country_does_not_reach_over_its_border(gazetteer: Gazetteer) -> None:
    text = "In Ukraine, rockets hit a boat crossing in Antonivka. Shells killed two in Beryslav. Moldova called off a visit."
    place = _resolve(text, gazetteer)["Antonivka"].place
    assert place is not None
    assert place.admin1 == "Kherson Oblast"


def test_a_word_that_is_a_towns_name_is_that_town_where_the_report_is(gazetteer: Gazetteer) -> None:
    here = "NEWCASTLE, Australia - Gales tore roofs off in Newcastle on Monday. Inland, Maitland had 90 millimetres of rain."
    assert (place := _resolve(here, gazetteer)["Maitland"].place) is not None
    assert (place.country_code, round(place.lat)) == ("AU", -33)
    assert "Maitland" not in _resolve(here.replace("Newcastle", "Perth").replace("NEWCASTLE", "PERTH"), gazetteer)


def test_a_dateline_in_capitals_and_the_name_in_the_text_are_one_town(gazetteer: Gazetteer) -> None:
    found = _resolve("HAMBURG, Iowa - Families left Hamburg in the dark.", gazetteer)
    assert [r.place.country_code for name, r in found.items() if name != "Iowa" and r.place] == ["US", "US"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("In India, potters fished their clay from the lanes of Mumbai; in Kurla a train stood still.", "Kurla"),
        ("Manila said China's ships had left. The U.S. may use the runway at Clark, and troops are in Zambales, Philippines.", "Clark"),
    ],
)
def test_a_namesake_in_a_country_that_is_hardly_spoken_of_is_not_meant(text: str, name: str, gazetteer: Gazetteer) -> None:
    assert _resolve(text, gazetteer)[name].place is None


@pytest.mark.parametrize(("day", "country"), [(date(2010, 3, 1), "RU"), (date(2015, 3, 1), "UA")])
def test_a_report_of_a_war_means_the_town_that_lies_in_its_theatre(day: date, country: str, gazetteer: Gazetteer) -> None:
    text = "Ukraine and Russia blamed each other. A shell hit Dzerzhinsk."
    toponyms = find_toponyms(text, gazetteer=gazetteer)
    found = resolve(toponyms, article=Article(article_id="t", text=text, published=day), gazetteer=gazetteer)
    place = next(r.place for r in found if r.toponym.text == "Dzerzhinsk")
    assert place is not None
    assert place.country_code == country


def test_a_capital_is_not_a_smaller_town_of_the_country_spoken_of_that_somebody_calls_so(gazetteer: Gazetteer) -> None:
    place = _resolve("Officials in Islamabad recalled the Indian strike; India said nothing.", gazetteer)["Islamabad"].place
    assert place is not None
    assert place.country_code == "PK"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Shelling hit the district of Volnovakha in Ukraine.", "Volnovakha"),
        ("In Ukraine, the Donetsk, Bakhmut and Kramatorsk districts were shelled.", "Kramatorsk"),
        ("Shebekino urban district in Russia was shelled.", "Shebekino"),
    ],
)
def test_a_district_is_the_district_and_not_its_seat(text: str, name: str, gazetteer: Gazetteer) -> None:
    place = _resolve(text, gazetteer)[name].place
    assert place is not None
    assert place.feature_code in {"ADM2", "ADM3"}


def test_the_last_of_a_plain_list_holds_none_of_the_others(gazetteer: Gazetteer) -> None:
    found = _resolve("Militants attacked in Mali. The army bombed Anefis and Kidal.", gazetteer)
    assert [found[name].place.kind for name in ("Anefis", "Kidal")] == [PlaceKind.POINT, PlaceKind.POINT]  # type: ignore[union-attr]


def test_a_village_with_a_towns_name_is_not_that_town(gazetteer: Gazetteer) -> None:
    text = "Five Israeli air raids hit the villages of Safad, Chaqra, and Majdal Selm in southern Lebanon. Israel said nothing."
    assert _resolve(text, gazetteer)["Safad"].place is None


def test_a_village_of_a_township_is_one_and_the_township_another(gazetteer: Gazetteer) -> None:
    found = _resolve("In Myanmar, planes dropped bombs on Moe Tarr Lay village of Katha township.", gazetteer)
    assert found["Moe Tarr Lay"].place is None
    assert (township := found["Katha"].place) is not None
    assert township.kind is PlaceKind.AREA


def test_a_well_known_city_is_no_small_place_because_it_is_called_a_city(gazetteer: Gazetteer) -> None:
    text = "Russia said its forces had hit a depot. Russian missiles struck the city of Mariupol on Monday."
    assert _where(text, gazetteer, "Mariupol")[0] == "UA"


def test_a_hamlet_that_once_had_a_citys_name_is_not_the_city(gazetteer: Gazetteer) -> None:
    assert _where("Ukrainian sea drones hit a tanker near Novorossiysk.", gazetteer, "Novorossiysk")[0] == "RU"


def test_a_region_with_its_peoples_name_is_a_place(gazetteer: Gazetteer) -> None:
    assert _where("Ethiopia's government spoke of a drone that hit a church in Amhara region.", gazetteer, "Amhara")[2] is PlaceKind.AREA
