"""Place names found in text. All sentences are made up."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gazetteer import Gazetteer
from geo.places.reading import read
from geo.places.recognise import find_toponyms


def _found(text: str, gazetteer: Gazetteer) -> list[str]:
    return [t.text for t in find_toponyms(text, gazetteer=gazetteer) if not t.tentative]


@settings(deadline=None, max_examples=60)
@given(text=st.text(alphabet=st.characters(exclude_categories=()), max_size=300))
def test_any_text_may_come(gazetteer: Gazetteer, text: str) -> None:
    find_toponyms(text, gazetteer=gazetteer)


WORDS = st.sampled_from(
    "Aleppo Syria's Idlib, Mr. Hassan said The town of Martuni region and U.S. Gaza-based al-Bab near 12 km south of Kyiv’s . “ ” - \n ( ) "
    "People's Republic of China Department in Tyler Texas Mo. Tatar Abu Kamal's Dr. $ US".split(" ")
)


@settings(deadline=None)
@given(words=st.lists(WORDS, max_size=25))
def test_spans_point_at_their_words_in_order_and_apart(gazetteer: Gazetteer, words: list[str]) -> None:
    text = " ".join(words)
    found = find_toponyms(text, gazetteer=gazetteer)
    for t in found:
        assert text[t.span.start : t.span.end] == t.text
        assert t.phrase.start <= t.span.start < t.span.end <= t.phrase.end <= len(text)
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))


@settings(deadline=None)
@given(text=st.lists(WORDS, max_size=25).map(" ".join) | st.text(alphabet="aB-. ’'é1\n_,\xa0", max_size=30))
def test_words_and_what_parts_them_make_up_the_text(gazetteer: Gazetteer, text: str) -> None:
    reading = read(text, gazetteer=gazetteer)
    count = len(reading.texts)
    assert "".join(gap + word for gap, word in zip(reading.gaps, [*reading.texts, ""], strict=True)) == text
    assert [text[start:end] for start, end in zip(reading.starts, reading.ends, strict=True)] == reading.texts
    assert [i for i in range(-16, count + 16) if reading.caps[i]] == reading.capitals
    before_blanks = [i for i in range(count - 1) if reading.gaps[i + 1] in {" ", "\xa0"}]
    assert [i for i in range(-16, count + 16) if reading.touches[i]] == before_blanks


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Shells fell on Martuni and Martakert overnight.", ["Martuni", "Martakert"]),
        ("Officials in Aleppo, Idlib and Hama confirmed it.", ["Aleppo", "Idlib", "Hama"]),
        ("Syrias Aleppo was quiet.", ["Syria", "Aleppo"]),
        ("Turkey’s foreign minister left for Baku.", ["Turkey", "Baku"]),
        ("KHARKIV, Ukraine - Two people were hurt.", ["KHARKIV", "Ukraine"]),
        ("BAKU (Agency) - Talks went on.", ["BAKU"]),
        ("A bridge near Deir ez-Zor and the town of Khan Sheikhoun in Syria were hit.", ["Deir ez-Zor", "Khan Sheikhoun", "Syria"]),
        ("The U.S. and the UK sent aid to the United Arab Emirates.", ["U.S.", "UK", "United Arab Emirates"]),
        (
            "Ships left Port-au-Prince for the Dominican Republic and the Philippines.",
            ["Port-au-Prince", "Dominican Republic", "Philippines"],
        ),
        ("He flew from Abu Dhabi to San Francisco.", ["Abu Dhabi", "San Francisco"]),
        ("The UK-based monitor counted strikes on the Israel-Gaza border.", ["UK", "Israel", "Gaza"]),
        ("Police in Tyler, Texas, and Springfield, Mo., agreed.", ["Tyler", "Texas", "Springfield", "Mo."]),
        ("Crews reached St. Joseph and Mt. Vernon in Missouri.", ["St. Joseph", "Mt. Vernon", "Missouri"]),
        ("Water from the Missouri River reached the Red River.", ["Missouri River", "Red River"]),
        ("On King George Island, in the South Shetland Islands, penguins stood.", ["King George Island", "South Shetland Islands"]),
        ("DORI, Burkina Faso - The market was open.", ["DORI", "Burkina Faso"]),
        ("The lorry stopped at Kaleri and at Qwertabad.", ["Kaleri", "Qwertabad"]),
        ("A shell hit the Goma-Sake road in Congo.", ["Goma", "Sake", "Congo"]),
        ("Strikes hit Homs eastern countryside.", ["Homs"]),
        ("The U.S. Department of State and China's Health Ministry spoke.", ["U.S.", "China"]),
        ("Envoys of the People's Republic of China met.", ["People's Republic of China"]),
        ("Rain fell on Addis Ababa in May.", ["Addis Ababa"]),
        ("Two were killed in Jenin in the occupied West Bank; others fled.", ["Jenin", "West Bank"]),
        ("They fled to Cox's Bazar in Bangladesh.", ["Cox's Bazar", "Bangladesh"]),
        ("The Gulf of Aden and the Strait of Hormuz are busy.", ["Gulf of Aden", "Strait of Hormuz"]),
        ("The Hague was quiet, and so was The Philippines.", ["The Hague", "Philippines"]),
    ],
)
def test_places_are_found(gazetteer: Gazetteer, text: str, names: list[str]) -> None:
    assert _found(text, gazetteer) == names


@pytest.mark.parametrize(
    "text",
    [
        "Azerbaijani rockets and Turkish drones were used by Syrian soldiers.",
        "The Islamic State, Al Jazeera and the Washington Post did not comment.",
        "The Minsk Group met under the Helsinki Final Act.",
        "The Syrian Observatory for Human Rights said so.",
        "Mr Jordan and Dr. London spoke to President Lincoln.",
        "Jordan Peterson, Nelson Mandela and Michael Hama wrote letters.",
        "On Monday, March was over, and Reading is fun.",
        "The University of Aleppo and the Bank of England closed.",
        "It cost US$40 million, and a Lassa fever ward was built.",
        "Police said Independence was near.",
        "The Charlotte Observer quoted the Dallas Cowboys and Boston Scientific.",
        "Paris Hilton and Brooklyn Beckham sang at the Victoria and Albert Museum.",
        "The Leader of the House and General Assembly members came in August.",
    ],
)
def test_what_only_looks_like_a_place_is_none(gazetteer: Gazetteer, text: str) -> None:
    assert _found(text, gazetteer) == []


@pytest.mark.parametrize(
    "text",
    [
        '"The till is empty," said Pretoria Dlamini, who sells airtime.',
        "Vitoria Campos, 19, dug for two hours.",
        "Savannah Pruitt, who runs the clinic, wept.",
        "The farmer Ladysmith Wyk lost forty sheep.",
        "The Portland Timbers read stories to children.",
    ],
)
def test_people_and_teams_with_a_places_name_are_none(text: str, gazetteer: Gazetteer) -> None:
    assert _found(text, gazetteer) == []


def test_a_country_is_one_though_a_person_has_its_name(gazetteer: Gazetteer) -> None:
    text = "Sami Jordan, 44, drives a lorry. The border of Jordan was shut. Jordan said he would wait."
    assert _found(text, gazetteer) == ["Jordan"]


def test_a_surname_stays_a_surname(gazetteer: Gazetteer) -> None:
    text = "Rami Aleppo, a doctor, lives in Beirut. Aleppo said the ward was full."
    assert _found(text, gazetteer) == ["Beirut"]


@pytest.mark.parametrize(
    ("text", "name", "cue"),
    [
        ("Rockets hit the town of Martakert overnight.", "Martakert", "town"),
        ("Several villages in the Martuni region burned.", "Martuni", "region"),
        ("The village of Qwertabad was shelled.", "Qwertabad", "village"),
        ("Shells fell on Qwertabad village.", "Qwertabad", "village"),
        ("They struck Zaporizhzhia nuclear power plant.", "Zaporizhzhia", "nuclear power plant"),
        ("Troops left Idlib province.", "Idlib", "province"),
        ("The Damascus suburb of Daraya was hit.", "Daraya", "suburb"),
        ("Fighting went on in the Kherson Oblast.", "Kherson Oblast", None),
    ],
)
def test_the_words_beside_a_name_tell_its_kind(gazetteer: Gazetteer, text: str, name: str, cue: str | None) -> None:
    found = {t.text: t for t in find_toponyms(text, gazetteer=gazetteer)}
    assert found[name].cue == cue
    if cue is not None:
        assert cue in text[found[name].phrase.start : found[name].phrase.end]


def test_a_list_shares_its_word_for_a_kind(gazetteer: Gazetteer) -> None:
    text = "Drones were shot down over the Kharkiv, Sumy and Chernihiv regions, and over the villages of Qwertabad and Asdfgrad."
    assert [(t.text, t.cue) for t in find_toponyms(text, gazetteer=gazetteer)] == [
        ("Kharkiv", "region"),
        ("Sumy", "region"),
        ("Chernihiv", "region"),
        ("Qwertabad", "village"),
        ("Asdfgrad", "village"),
    ]


def test_the_word_for_a_kind_belongs_to_one_name(gazetteer: Gazetteer) -> None:
    found = find_toponyms("Spinach from the Salinas Valley region of California, and the Damascus suburb of Daraya.", gazetteer=gazetteer)
    assert {t.text: t.cue for t in found}["California"] is None
    assert {t.text: t.cue for t in found}["Damascus"] is None


def test_names_that_no_layer_knows_are_kept_where_the_words_say_place(gazetteer: Gazetteer) -> None:
    assert _found("Shelling was reported near Qwertabad, and in Asdfgrad, Ukraine.", gazetteer) == ["Qwertabad", "Asdfgrad", "Ukraine"]
    assert _found("The firm Qwertabad reported losses.", gazetteer) == []


def test_a_place_shown_once_is_known_again(gazetteer: Gazetteer) -> None:
    assert _found("Vets in Pirbright tested it. The Pirbright laboratory was closed.", gazetteer) == ["Pirbright", "Pirbright"]
    assert _found("The Pirbright laboratory was closed.", gazetteer) == []


def test_a_town_that_has_a_peoples_name_is_a_town_where_it_is_struck(gazetteer: Gazetteer) -> None:
    assert "Tatar" in _found("Azerbaijan said that shells hit Tatar on Monday.", gazetteer)
    assert "Tatar" not in _found("Azerbaijan said that Tatar singers came on Monday.", gazetteer)
    assert "Duma" in _found("Syrian jets bombed the town of Duma.", gazetteer)
    assert "Duma" not in _found("Russian deputies of the Duma voted.", gazetteer)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Armenian guns shelled Azerbaijani posts on the line of contact.", ["line of contact"]),
        ("India said that shells crossed the line of control in Kashmir.", ["India", "line of control", "Kashmir"]),
        ("The electrician found the line of contact with his thumb.", []),
    ],
)
def test_a_front_without_a_name_of_its_own_is_found_where_its_war_is_spoken_of(text: str, names: list[str], gazetteer: Gazetteer) -> None:
    assert _found(text, gazetteer) == names


def test_a_name_with_a_head_of_its_own_is_one_name(gazetteer: Gazetteer) -> None:
    text = "In Colombia, a bomb hit a base near Puerto Jordán and the Caño Limón pipeline in Arauca department."
    assert _found(text, gazetteer) == ["Colombia", "Puerto Jordán", "Arauca"]


def test_a_people_and_a_group_are_no_places(gazetteer: Gazetteer) -> None:
    assert _found("The Kachin ethnic minority held a feast; a camp of the Jaish-e-Mohammad was hit.", gazetteer) == []


@pytest.mark.parametrize("text", ["The Newcastle Jets won.", "Manila Water raised its prices.", "They joined Halifax Regional Trust."])
def test_a_town_at_the_head_of_a_longer_name_is_not_meant(text: str, gazetteer: Gazetteer) -> None:
    assert find_toponyms(text, gazetteer=gazetteer) == ()


@pytest.mark.parametrize("speaker", ["Ukraine's northern command", "Ukraine", "The Ukrainian army"])
def test_a_town_is_at_home_in_a_country_that_speaks(speaker: str, gazetteer: Gazetteer) -> None:
    assert "Vovchansk" in _found(f"{speaker} said that Vovchansk was hit by mortars.", gazetteer)


@pytest.mark.parametrize("group", ["Lakurawa", "Boko Haram"])
def test_the_camps_of_a_group_are_no_place(group: str, gazetteer: Gazetteer) -> None:
    assert _found(f"Jets bombed {group} camps near Gwoza.", gazetteer) == ["Gwoza"]
