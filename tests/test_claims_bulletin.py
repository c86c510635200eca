"""Bulletins: lists of incidents, one a line, each under its own place and day. All reports are made up."""

from __future__ import annotations

from datetime import date

from one_report import claims_of

from gazetteer.model import PlaceKind
from geo.claims.bulletin import find_heads
from geo.claims.words import split_words
from geo.model import Stance, Weapon
from geo.pipeline import Reader
from geo.sentences import split_sentences

BULLETIN = (
    "Weekly log, 25-31 August 2019.\n"
    "- 25 Aug, Gharyan: air strike on a petrol station, 3 dead.\n"
    "- 26 Aug, Azizia: Grad rockets, clinic roof; GNA blames LNA; no casualties.\n"
    "- 27 Aug, Sabha: car bomb outside a bank.\n"
    "- 28 Aug, Misrata: second day without shelling.\n"
    "- 29 Aug, Bani Walid: old shell dug up in a garden, removed.\n"
)


FIGURES = "1 | 25 Apr | Bosso | IED on army vehicle | 2/3\n2 | 26 Apr | Diffa | rockets | 0/4\n3 | 27 Apr | Rann | air strike | 5/0\n"


def test_each_line_is_a_strike_at_its_own_place_and_day(reader: Reader) -> None:
    told = {c.place_text: (c.date_start, c.weapon, c.killed_min) for c in claims_of(reader, BULLETIN)}
    assert told == {
        "Gharyan": (date(2019, 8, 25), Weapon.AIR_STRIKE, 3),
        "Azizia": (date(2019, 8, 26), Weapon.ROCKET, 0),
        "Sabha": (date(2019, 8, 27), Weapon.BOMB, None),
    }


def test_who_is_blamed_in_a_line_is_blamed_for_that_line_only(reader: Reader) -> None:
    accused = [c for c in claims_of(reader, BULLETIN) if c.attacker]
    assert [(c.place_text, c.claimant, c.attacker, c.stance) for c in accused] == [
        ("Azizia", "GNA", "Libyan National Army", Stance.ACCUSED),
    ]


def test_the_head_of_a_line_may_be_a_sentence_of_its_own(reader: Reader) -> None:
    text = (
        "Incident sheet, 14-20 September 2015.\n"
        "1) 14 September, Cizre. Mortar rounds on a street, two dead.\n"
        "2) 15 September, Nusaybin. Army helicopters fire rockets at a hillside.\n"
        "3) 16 September, Bingol. Quiet.\n"
    )
    told = {(c.place_name, c.date_start) for c in claims_of(reader, text)}
    assert told == {("Cizre", date(2015, 9, 14)), ("Nusaybin", date(2015, 9, 15))}


def test_the_place_that_a_line_says_was_hit_outdoes_its_head(reader: Reader) -> None:
    text = (
        "Observers, 27 November 1994.\nBihac: three shells on the town.\nVisoko: howitzers fired 12 rounds at Ilijas.\n"
        "Cazin: one cluster bomb, aircraft seen coming from the direction of Udbina.\n"
    )
    assert {c.place_name for c in claims_of(reader, text)} == {"Bihać", "Ilijaš", "Cazin"}


def test_paragraphs_that_open_with_a_date_are_no_bulletin() -> None:
    text = "On 9 March, shells hit Sumy.\nOn 10 March, shells hit Kherson.\nOn 11 March, shells hit Izium.\nOn 12 March, all was quiet.\n"
    spans = split_sentences(text)
    assert find_heads(text, spans, [split_words(text, s.start, s.end) for s in spans]) == {}


def test_a_line_whose_place_nobody_knows_is_a_claim_without_coordinates(reader: Reader) -> None:
    text = (
        "Weekly note, 13-20 September 2021.\nSource Yubudu: four mortar rounds, 16 September; church roof holed.\n"
        "Obbodo (Magwi County): anti-tank mine under a tanker, 14 September, 1 killed.\nTambura: 12 September, rockets.\n"
    )
    told = {c.place_text: (c.lat, c.date_start) for c in claims_of(reader, text)}
    assert told["Source Yubudu"] == (None, date(2021, 9, 16))
    assert "Obbodo" in told
    assert "Magwi County" not in told


def test_days_in_figures_and_weekdays_with_a_number_head_lines(reader: Reader) -> None:
    text = (
        "Sudan log, 7-28 August 2023\n07/08, Omdurman: artillery shells on a market.\n14-15/08, Nyala: drone strike.\n"
        "Mon. 21, Kutum: air strike.\n28/08, Zalingei: shelling by the RSF.\n"
    )
    told = {c.place_text: (c.date_start, c.date_end) for c in claims_of(reader, text)}
    assert told == {
        "Omdurman": (date(2023, 8, 7), date(2023, 8, 7)),
        "Nyala": (date(2023, 8, 14), date(2023, 8, 15)),
        "Kutum": (date(2023, 8, 21), date(2023, 8, 21)),
        "Zalingei": (date(2023, 8, 28), date(2023, 8, 28)),
    }


def test_figures_are_no_days_outside_a_list(reader: Reader) -> None:
    (claim,) = claims_of(reader, "Shells hit Kramatorsk, where 10/12 of the town's wells are dry, the mayor said.")
    assert claim.date_start is None


def test_each_place_of_a_list_is_hit_but_not_the_one_that_holds_another(reader: Reader) -> None:
    text = (
        "Ghouta, 25 February 2018.\n- Harasta, Arbin and Zamalka: artillery shelling, 2 killed in Arbin.\n"
        "- Idlib province, Saraqib: air strikes.\n- Kafr Batna: barrel bombs.\n"
    )
    told = {c.place_text: c.killed_min for c in claims_of(reader, text)}
    assert told == {"Harasta": None, "Arbin": 2, "Zamalka": None, "Saraqib": None, "Kafr Batna": None}


def test_a_road_between_two_places_is_neither_of_them(reader: Reader) -> None:
    text = "Log, 13 August 2023\nNyala - Kass road: truck on landmine, driver killed.\nKutum: air strike.\nTawila: rockets.\n"
    road = next(c for c in claims_of(reader, text) if c.weapon is Weapon.MINE)
    assert road.place_text == "Nyala - Kass road"
    assert road.place_kind is PlaceKind.AREA


def test_tolls_stand_in_signs_and_columns(reader: Reader) -> None:
    signs = (
        "Incidents, 28 November 2021\nBunia: grenade into a bar, 1K/3W.\nKomanda: roadside bomb on a patrol, KIA 2, WIA 5.\n"
        "Kasindi: rockets; no dead, 1 wounded.\nBeni: bomb under a bus; dead: 3; injured: 7.\n"
    )
    assert [(c.killed_min, c.wounded_min) for c in claims_of(reader, signs)] == [(1, 3), (2, 5), (0, 1), (3, 7)]
    columns = (
        "Date | Place | Incident | Killed | Wounded\n3 Feb 2023 | Bandiagara | rockets on a market | 6 | 14\n"
        "4 Feb 2023 | Menaka | IED against convoy | 3 | 2\n6 Feb 2023 | Timbuktu | mortar shells on the camp | 0 | 1\n"
    )
    assert [(c.killed_min, c.wounded_min) for c in claims_of(reader, columns)] == [(6, 14), (3, 2), (0, 1)]
    figures = f"Table, killed/wounded last\n{FIGURES}"
    assert [(c.killed_min, c.wounded_min) for c in claims_of(reader, figures)] == [(2, 3), (0, 4), (5, 0)]


def test_figures_are_no_toll_where_the_table_does_not_say_so(reader: Reader) -> None:
    text = (
        "Table\n1 | 25 Apr | Bosso | IED on army vehicle | 2/3\n2 | 26 Apr | Diffa | rockets | 0/4\n3 | 27 Apr | Rann | air strike | 5/0\n"
    )
    assert {c.killed_min for c in claims_of(reader, text)} == {None}


def test_a_line_can_answer_the_one_before(reader: Reader) -> None:
    text = (
        "Note, 20 August 2021\nKobo: shelling by TPLF forces, 19 August, 2 dead.\nKobo, same: TPLF says the shells came from elsewhere.\n"
        "Weldiya: rockets, 18 August.\nWeldiya again: the army says it was the TPLF.\n"
    )
    told = {(c.place_text, c.claimant, c.attacker, c.stance) for c in claims_of(reader, text)}
    assert ("Kobo", None, "Tigray forces", Stance.ASSERTED) in told
    assert ("Kobo", "TPLF", None, Stance.ASSERTED) in told
    assert ("Weldiya", "the army", "Tigray forces", Stance.ACCUSED) in told
    assert not any(c.stance is Stance.CLAIMED_RESPONSIBILITY for c in claims_of(reader, text))


def test_what_is_only_seen_found_or_rumoured_is_no_strike(reader: Reader) -> None:
    text = (
        "Log, 12 to 19 March 2024\n12 March, Kyauktaw: two drones seen, nothing dropped.\n13 March, Mindat: jets heard at night.\n"
        "14 March, Paletwa: old mortar bomb found by children; removed, no blast.\n15 March, Minbya: rumour of an air strike, withdrawn.\n"
        "16 March, Rathedaung: landmine lifted.\n17 March, Ann: three rockets destroyed in a controlled blast.\n"
        "18 March, Ponnagyun: drone spotted dropping a grenade on a house.\n"
    )
    assert [c.place_text for c in claims_of(reader, text)] == ["Ponnagyun"]


def test_who_speaks_in_an_interview_is_no_place(reader: Reader) -> None:
    text = (
        "Transcript\nHarkin: What of the rocket attack in Kirkuk last week?\nCostigan: We were shelled for two hours.\n"
        "Harkin: And who fired?\nCostigan: A drone hit the gate and two guards were killed.\n"
    )
    assert {c.place_text for c in claims_of(reader, text)} <= {"Kirkuk", None}


def test_lines_without_full_stops_are_not_wrapped_prose() -> None:
    lines = [
        f"{place}: shells on the market in the morning, {n} killed and wounded" for n, place in enumerate(("Duma", "Hama", "Homs", "Idlib"))
    ]
    text = "\n".join(lines)
    assert [text[s.start : s.end] for s in split_sentences(text)] == lines


def test_the_party_blamed_struck_not_the_one_that_blames(reader: Reader) -> None:
    (claim,) = claims_of(reader, "Two rockets hit Kirkuk on Monday, an attack attributed to Islamic State by the army.")
    assert claim.attacker == "Islamic State"
