"""Who is named, in which words; and whom a report names as the one who struck."""

from __future__ import annotations

from datetime import date

import pytest
from one_report import claims_of, only_claim

from geo.claims.lexicons import read_rows
from geo.claims.parties import Form, Theatre, find_parties
from geo.claims.words import split_words
from geo.pipeline import Reader
from geo.places.recognise import find_toponyms

NOWHERE = Theatre()


def parties(text: str, theatre: Theatre = NOWHERE) -> list[str]:
    return [m.party.name for m in find_parties(split_words(text), theatre)]


@pytest.mark.parametrize(
    ("text", "name", "form"),
    [
        ("Azerbaijani guns fell silent", "Azerbaijan", Form.ADJECTIVE),
        ("Azeri guns fell silent", "Azerbaijan", Form.ADJECTIVE),
        ("Armenian guns fell silent", "Armenia", Form.ADJECTIVE),
        ("the Armenians withdrew", "Armenia", Form.PEOPLE),
        ("Azerbaijan withdrew", "Azerbaijan", Form.NAME),
        ("Baku protested", "Azerbaijan", Form.CAPITAL),
        ("Yerevan protested", "Armenia", Form.CAPITAL),
        ("Hezbollah withdrew", "Hezbollah", Form.NAME),
    ],
)
def test_a_party_is_known_by_all_its_words(text: str, name: str, form: Form) -> None:
    assert [(m.party.name, m.form) for m in find_parties(split_words(text), NOWHERE)] == [(name, form)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Syrias army withdrew", "Syrian government"),
        ("Syria's army withdrew", "Syrian government"),
        ("Syria’s army withdrew", "Syrian government"),
        ("Russias jets withdrew", "Russia"),
        ("Turkeys jets withdrew", "Turkey"),
    ],
)
def test_a_lost_apostrophe_hides_no_name(text: str, name: str) -> None:
    assert name in parties(text)


@pytest.mark.parametrize(
    "text",
    ["rebel-held quarters burned", "Russian-made rockets burned", "Iranian-built drones burned", "the Turkish-controlled zone burned",
     "a Soviet-era gun and a Russian-style barracks burned", "Israeli-occupied land burned"],
)  # fmt: skip
def test_an_owner_or_a_maker_is_no_party(text: str) -> None:
    assert parties(text) == []


def test_a_led_coalition_is_a_party() -> None:
    assert set(parties("Saudi-led jets withdrew")) == {"Saudi-led coalition"}
    assert set(parties("US-led jets withdrew")) == {"US-led coalition"}


@pytest.mark.parametrize(
    ("text", "country", "day", "name"),
    [
        ("The army withdrew", "MM", date(2024, 5, 10), "Myanmar military"),
        ("The army withdrew", "SD", date(2024, 5, 10), "Sudanese Armed Forces"),
        ("The army withdrew", "SY", date(2016, 5, 10), "Syrian government"),
        ("Rebels withdrew", "SY", date(2016, 5, 10), "Syrian rebels"),
        ("Rebels withdrew", "YE", date(2016, 5, 10), "Houthis"),
        ("The insurgents withdrew", "IQ", date(2004, 5, 10), "Iraqi insurgents"),
        ("The insurgents withdrew", "IQ", date(2015, 5, 10), "Islamic State"),
    ],
)
def test_a_word_without_a_name_is_read_by_the_theatre_and_its_day(text: str, country: str, day: date, name: str) -> None:
    assert parties(text, Theatre((country,), day)) == [name]


def test_a_word_that_no_theatre_fixes_stays_as_written() -> None:
    (name,) = parties("The army withdrew")
    assert name.endswith("(as written)")


def test_the_country_spoken_of_most_decides() -> None:
    assert parties("Rebels withdrew", Theatre(("YE", "SY"), date(2016, 5, 10))) == ["Houthis"]


@pytest.mark.parametrize(
    ("text", "attacker"),
    [
        ("Russian forces shelled Kramatorsk on Thursday.", "Russia"),
        ("Kramatorsk was shelled by Russian forces on Thursday.", "Russia"),
        ("The shelling of Kramatorsk by Russia killed a nurse on Thursday.", "Russia"),
        ("Russian shelling killed a nurse in Kramatorsk on Thursday.", "Russia"),
        ("Russian artillery fire hit Kramatorsk on Thursday.", "Russia"),
        ("Russia's artillery hit Kramatorsk on Thursday.", "Russia"),
        ("Ukrainian drones struck Belgorod on Thursday.", "Ukraine"),
        ("Belgorod was struck by Ukrainian drones on Thursday.", "Ukraine"),
        ("Aircraft belonging to Ukraine bombed Belgorod on Thursday.", "Ukraine"),
        ("A drone attack on Belgorod on Thursday was carried out by Ukraine.", "Ukraine"),
        ("Rockets fired by Hezbollah hit Metula on Thursday.", "Hezbollah"),
        ("Hezbollah fired rockets at Metula on Thursday.", "Hezbollah"),
        ("Israeli jets bombed Tyre on Thursday.", "Israel"),
        ("Turkish aircraft bombed Manbij on Thursday.", "Turkey"),
        ("US-led coalition aircraft bombed Raqqa on Thursday.", "US-led coalition"),
        ("The junta bombed a school in Sagaing on Thursday.", "Myanmar military"),
        ("The army shelled Loikaw on Thursday.", "Myanmar military"),
        ("RSF drones hit Port Sudan on Thursday.", "Rapid Support Forces"),
        ("Islamic State militants blew up a bridge in Kirkuk on Thursday.", "Islamic State"),
        ("The Houthis fired a missile at Riyadh on Thursday.", "Houthis"),
    ],
)
def test_the_one_named_as_striking_is_the_attacker(text: str, attacker: str, reader: Reader) -> None:
    claim = only_claim(reader, text)
    assert claim.attacker == attacker
    assert claim.attacker_text is not None
    assert claim.attacker_text in text


@pytest.mark.parametrize(
    "text",
    [
        "Rockets hit Kramatorsk on Thursday.",
        "Mortar shells hit a Ukrainian hospital in Kherson on Thursday.",
        "A rocket hit an Israeli bus near Metula on Thursday.",
        "A roadside bomb hit a Turkish convoy near Afrin on Thursday.",
        "Ukrainian troops were hit by artillery near Bakhmut on Thursday.",
        "Israeli civilians fled when rockets hit Sderot on Thursday.",
        "Shelling hit rebel-held Idlib on Thursday.",
        "Russian-made rockets hit the Ukrainian city of Kherson on Thursday.",
        "Iranian-made drones struck Odesa overnight.",
        "Shells fired from Lebanon hit Kiryat Shmona on Thursday.",
        "An attack with rockets on a Syrian army base in Palmyra killed two on Thursday.",
        "Ukrainian officials said shelling hit Kramatorsk on Thursday.",
        "The Ukrainian army said rockets hit Kramatorsk on Thursday.",
        "Gunners shelled Kramatorsk on Thursday as the Russian president spoke on television.",
    ],
)
def test_nobody_is_blamed_who_is_not_named_as_striking(text: str, reader: Reader) -> None:
    claim = only_claim(reader, text)
    assert (claim.attacker, claim.attacker_text) == (None, None)


def test_the_victims_of_a_named_attacker_are_not_the_attacker(reader: Reader) -> None:
    text = "A Turkish drone strike on a Kurdish checkpoint in Kobani killed a fighter on Thursday."
    assert only_claim(reader, text).attacker == "Turkey"


def test_each_of_two_strikes_keeps_its_own_attacker(reader: Reader) -> None:
    text = "Hamas rockets hit Ashkelon on Thursday. Islamic Jihad rockets hit Sderot on Thursday."
    told = {(c.place_name, c.attacker) for c in claims_of(reader, text)}
    assert told == {("Ashkelon", "Hamas"), ("Sderot", "Palestinian Islamic Jihad")}


def test_parties_that_strike_together_are_named_together(reader: Reader) -> None:
    claim = only_claim(reader, "Russian and Syrian warplanes bombed Idlib on Thursday.")
    assert claim.attacker is not None
    assert set(claim.attacker.split(" and ")) == {"Russia", "Syrian government"}


def test_a_party_far_from_the_strike_is_not_drawn_in(reader: Reader) -> None:
    text = "Shells hit Kramatorsk on Thursday. Russia and Ukraine exchanged prisoners in Istanbul the same day."
    assert only_claim(reader, text).attacker is None


@pytest.mark.parametrize(
    ("text", "attacker"),
    [
        (
            "A drone strike by the Sudanese paramilitary Rapid Support Forces killed 15 people in El Fasher on Thursday.",
            "Rapid Support Forces",
        ),
        ("A drone operated by Sudan's Rapid Support Forces (RSF) hit a market in El Fasher on Thursday.", "Rapid Support Forces"),
        ("The Somali militant group al Shabaab shelled Mogadishu on Thursday.", "al-Shabaab"),
        ("The Sudanese army shelled El Fasher on Thursday.", "Sudanese Armed Forces"),
    ],
)
def test_a_country_before_a_groups_name_only_describes_the_group(text: str, attacker: str, reader: Reader) -> None:
    assert only_claim(reader, text).attacker == attacker


def test_those_who_were_killed_killed_nobody(reader: Reader) -> None:
    text = "According to the ministry, at least 30 Taliban insurgents killed during air strikes in Kunduz, Afghanistan, on Thursday."
    assert only_claim(reader, text).attacker is None


@pytest.mark.parametrize(
    ("text", "attacker"),
    [
        ("Russian invaders are shelling the central part of Kherson, the head of the region said on Thursday.", "Russia"),
        ("Shelling with mortars hit Kotli on Thursday, prompting a befitting response by the Indian Army.", None),
        (
            "The Arab coalition spokesperson Col. Turki Al-Badr said on Thursday the missile was launched from Sanaa and fell in Saada.",
            None,
        ),
    ],
)
def test_who_answers_or_speaks_did_not_strike(text: str, attacker: str | None, reader: Reader) -> None:
    assert only_claim(reader, text).attacker == attacker


def test_whoever_destroys_a_drone_did_not_fly_its_strikes(reader: Reader) -> None:
    text = "The Libyan National Army on Thursday destroyed a drone that carried out air strikes on the outskirts of Tripoli, Libya."
    assert only_claim(reader, text).attacker is None


def test_who_made_what_was_hit_did_not_strike(reader: Reader) -> None:
    text = "Russia's defence ministry said it had destroyed hangars near Kostyantynivka, Ukraine, that held U.S. howitzers on Thursday."
    assert only_claim(reader, text).attacker == "Russia"


@pytest.mark.parametrize("army", ["SAF", "RSF", "Sudanese army", "Rapid Support Forces", "Sudanese"])
def test_a_states_army_owns_its_strikes_as_a_group_does(army: str, reader: Reader) -> None:
    claim = only_claim(reader, f"Five people were killed on Thursday in {army} drone strikes on El Fasher.")
    assert claim.attacker_text == army


def test_strikes_beside_a_countrys_name_may_be_those_in_it(reader: Reader) -> None:
    assert only_claim(reader, "Five people were killed on Thursday in Ukraine drone strikes on Belgorod.").attacker is None


@pytest.mark.parametrize(
    ("words", "country", "day", "name"),
    [
        ("Serb gunners|Serbs|Chetniks|rebel Serbs|the VRS|Bosnian Serb forces", "BA", date(1993, 6, 1), "Bosnian Serbs"),
        ("Croat forces|the HVO|Bosnian Croats|Ustashas", "BA", date(1993, 6, 1), "Bosnian Croats"),
        ("Muslim forces|Bosnian Muslims|the Muslim-led government", "BA", date(1993, 6, 1), "Bosnia and Herzegovina"),
        ("Serbs|rebel Serb gunners|Krajina Serbs", "HR", date(1995, 5, 2), "Croatian Serbs"),
        ("the federal army|the JNA|Yugoslav warplanes", "HR", date(1991, 10, 1), "Yugoslavia"),
        ("ethnic Albanian guerrillas|Albanian terrorists|the KLA", "XK", date(1998, 7, 1), "Kosovo Liberation Army"),
        ("ethnic Albanian guerrillas|the NLA|rebels", "MK", date(2001, 4, 1), "National Liberation Army (Macedonia)"),
        ("federal aviation|federal forces|Russian troops", "RU", date(2000, 1, 5), "Russia"),
        ("Chechen fighters|the Chechens|bandit formations|terrorists", "RU", date(2000, 1, 5), "Chechen Republic of Ichkeria"),
        ("militants|Chechen rebels|Imarat Kavkaz", "RU", date(2011, 1, 5), "Caucasus Emirate"),
        ("Chechen troops|Kadyrovites", "UA", date(2022, 4, 5), "Akhmat"),
        ("Ossetian militia|South Ossetians", "GE", date(2008, 8, 8), "South Ossetia"),
        ("rebels|the UTO|Tajik opposition fighters", "TJ", date(1996, 5, 1), "United Tajik Opposition"),
        ("the IRA|the Provisional IRA|Provos", "GB", date(1993, 4, 24), "Irish Republican Army"),
        ("coalition forces|occupation forces", "IQ", date(2006, 8, 1), "US-led coalition"),
        ("allied aircraft|the coalition", "IQ", date(1991, 1, 20), "Gulf War coalition"),
        ("the ayatollah regime|Iranian forces|the Guards|Sepah", "IR", date(2025, 6, 14), "Iran"),
        ("Zionists|the Israeli enemy|the occupation", "LB", date(2024, 10, 1), "Israel"),
        ("the SLA|the South Lebanon Army", "LB", date(1997, 5, 1), "South Lebanon Army"),
        ("Yemeni Armed Forces|Yemeni rebels|Houthi fighters", "SA", date(2019, 9, 14), "Houthis"),
        ("Gadhafi forces|loyalist troops|Gaddafi's brigades", "LY", date(2011, 4, 1), "Gaddafi government"),
        ("crusader aggressors|the alliance", "LY", date(2011, 4, 1), "NATO"),
        ("takfiri elements|Ansar Bait al-Maqdis|Wilayat Sinai", "EG", date(2015, 7, 1), "Sinai Province"),
        ("the GIA|Armed Islamic Group", "DZ", date(1997, 8, 1), "Armed Islamic Group"),
        ("Islamists|Islamist militants", "NG", date(2012, 8, 1), "Boko Haram"),
        ("the SPLA|southern rebels", "SD", date(1998, 8, 1), "SPLM/A"),
        ("the SPLA|government troops", "SS", date(2014, 8, 1), "South Sudan"),
        ("Islamists|the Islamic Courts", "SO", date(2006, 12, 1), "Islamic Courts Union"),
        ("al-Shabaab|insurgents|Mashababos", "MZ", date(2021, 3, 25), "Islamic State Mozambique"),
        ("the ADF|Islamist rebels", "CD", date(2023, 3, 25), "Allied Democratic Forces"),
        ("the UPC|Hema militia", "CD", date(2003, 5, 6), "Union of Congolese Patriots"),
        ("the RUF|rebels", "SL", date(1999, 1, 6), "Revolutionary United Front"),
        ("rebels|LURD", "LR", date(2003, 7, 6), "LURD"),
        ("UNITA|Unita|rebels|bandits", "AO", date(1999, 1, 6), "UNITA"),
        ("opposition forces|the Northern Alliance", "AF", date(2001, 10, 20), "Northern Alliance"),
        ("the puppet army|Afghan forces|the ANA", "AF", date(2015, 10, 20), "Afghanistan"),
        ("Tigers|Tamil Tigers|Tamil Tiger rebels|the LTTE|terrorists", "LK", date(2008, 10, 1), "Liberation Tigers of Tamil Eelam"),
        ("the SLA|Sinhala forces|the army", "LK", date(2008, 10, 1), "Sri Lanka"),
        ("Maoists|Maoist rebels|the CPN-M", "NP", date(2004, 3, 1), "Communist Party of Nepal (Maoist)"),
        ("Naxals|Maoists|CPI (Maoist)", "IN", date(2010, 4, 6), "Communist Party of India (Maoist)"),
        ("the AA|AA terrorists", "MM", date(2024, 2, 1), "Arakan Army"),
        ("Khmer troops|Cambodian forces|the enemy", "TH", date(2025, 7, 25), "Cambodia"),
        ("Siamese troops|Thai forces|invaders", "KH", date(2025, 7, 25), "Thailand"),
        ("separatists|GAM|Acehnese rebels", "ID", date(2003, 6, 1), "Free Aceh Movement"),
        ("right-wing paramilitaries|the AUC", "CO", date(2001, 1, 17), "United Self-Defense Forces of Colombia"),
    ],
)
def test_a_war_knows_its_parties_by_the_words_of_its_day(words: str, country: str, day: date, name: str) -> None:
    read = {word: parties(f"{word} withdrew", Theatre((country,), day)) for word in words.split("|")}
    assert read == {word: [name] for word in read}


@pytest.mark.parametrize(
    ("words", "country", "day"),
    [("Serb forces", "RS", date(2020, 5, 1)), ("the SLA", "SD", date(2004, 5, 1)), ("the ADF", "AU", date(2023, 5, 1)),
     ("al-Shabaab", "SO", date(2021, 5, 1)), ("Albanian forces", "AL", date(1998, 5, 1)), ("the SPLA", "SS", date(2014, 5, 1))],
)  # fmt: skip
def test_a_name_with_another_meaning_in_a_war_keeps_its_own_elsewhere(words: str, country: str, day: date) -> None:
    assert parties(f"{words} withdrew", Theatre((country,), day)) == parties(f"{words} withdrew")


@pytest.mark.parametrize("text", ["Tigers withdrew", "AA withdrew", "Guards withdrew"])
def test_a_name_of_one_war_is_nobody_elsewhere(text: str) -> None:
    assert parties(text, Theatre(("FR",), date(2008, 5, 1))) == []


@pytest.mark.parametrize(
    ("one", "other", "country", "day"),
    [
        ("Serb", "Croat", "BA", date(1993, 6, 1)),
        ("Bosnian Serb", "Bosnian Muslim", "BA", date(1993, 6, 1)),
        ("Serbian", "Albanian", "XK", date(1998, 7, 1)),
        ("Russian", "Chechen", "RU", date(2000, 1, 5)),
        ("Georgian", "Abkhaz", "GE", date(1993, 7, 1)),
        ("Azerbaijani", "Karabakh Armenian", "AZ", date(2016, 4, 2)),
        ("Moldovan", "Transnistrian", "MD", date(1992, 6, 20)),
        ("Saudi", "Houthi", "YE", date(2017, 1, 1)),
        ("Turkish", "Syrian Kurdish", "SY", date(2018, 2, 1)),
        ("Ethiopian", "Tigrayan", "ET", date(2021, 2, 1)),
        ("Moroccan", "Sahrawi", "EH", date(2021, 2, 1)),
        ("Sri Lankan", "Tamil Tiger", "LK", date(2008, 2, 1)),
        ("Thai", "Cambodian", "KH", date(2025, 7, 25)),
        ("Pakistani", "Baloch", "PK", date(2025, 7, 25)),
    ],
)
@pytest.mark.parametrize(
    "noun",
    [
        "forces",
        "rebels",
        "fighters",
        "guerrillas",
        "warplanes",
        "artillery",
        "police",
        "Border Guards",
        "officials",
        "positions",
        "villages",
    ],
)
def test_both_sides_adjectives_are_read_alike(one: str, other: str, country: str, day: date, noun: str) -> None:
    readings = []
    for side in (one, other):
        (mention,) = find_parties(split_words(f"{side} {noun} burned"), Theatre((country,), day))
        readings.append((mention.form, mention.head, mention.last == len(side.split()), mention.end - mention.last, mention.party.name))
    assert readings[0][:-1] == readings[1][:-1]
    assert readings[0][-1] != readings[1][-1]


def test_longer_words_of_the_war_hold_the_name_inside_them(reader: Reader) -> None:
    text = "Ethnic Albanian guerrillas fired mortars at Tetovo on Monday, the Macedonian army said."
    assert only_claim(reader, text, day=date(2001, 4, 3)).attacker == "National Liberation Army (Macedonia)"


def test_a_word_that_the_country_fixes_counts_where_its_longer_phrase_is_anothers() -> None:
    # "regime artillery" is a phrase of Syria's, "regime" alone one of Myanmar's too.
    assert parties("Regime artillery fell silent", Theatre(("MM",), date(2023, 5, 1))) == ["Myanmar military"]


@pytest.mark.parametrize("army", ["Gambian Armed Forces", "Uzbek Air Force", "Chechen Armed Forces", "Beninese National Guards"])
def test_an_army_with_a_proper_name_is_read_whole(army: str) -> None:
    (mention,) = find_parties(split_words(f"{army} withdrew"), NOWHERE)
    assert (mention.end, mention.head) == (len(army.split()), "force")


@pytest.mark.parametrize(
    ("words", "country", "party"),
    [
        ("the Tbilisi regime", "", "Georgia"),
        ("the Moscow regime", "", "Russia"),
        ("the armed forces of Ukraine", "RU", "Ukraine"),
        ("the armed forces of Russia", "UA", "Russia"),
        ("the armed forces of the Jewish state", "IR", "Israel"),
        ("the armed forces of the Islamic Republic", "IL", "Iran"),
        ("the U.N.-backed government", "YE", "Yemeni government"),
        ("the UN-backed government", "YE", "Yemeni government"),
        ("terrorist gunmen", "", "terrorists (as written)"),
    ],
)
def test_both_sides_are_known_by_words_of_one_kind(words: str, country: str, party: str) -> None:
    assert set(parties(f"{words} withdrew", Theatre((country,), date(2024, 5, 10)))) == {party}


@pytest.mark.parametrize(
    ("artillery", "raid", "party"), [("LNA", "GNA", "Libyan National Army"), ("GNA", "LNA", "Government of National Accord")]
)
def test_who_raided_before_is_not_who_shelled(artillery: str, raid: str, party: str, reader: Reader) -> None:
    claim = only_claim(reader, f"Gharyan, Thursday: {artillery} artillery on the town after a {raid} raid, one dead.")
    assert (claim.attacker, claim.killed_min) == (party, 1)


def test_the_weapon_in_a_sides_name_is_its_own(reader: Reader) -> None:
    text = "Shali, Russia, Thursday: federal artillery on the town after a rebel raid, one dead."
    assert only_claim(reader, text, day=date(2000, 1, 14)).attacker == "Russia"


@pytest.mark.parametrize(
    ("words", "country", "day", "name"),
    [
        ("UNITA-Renovada|FALA|UNITA rebels|Savimbi's men", "AO", date(1999, 5, 1), "UNITA"),
        ("the FDS|FADM|Frelimo forces|UIR", "MZ", date(2021, 5, 1), "Mozambique"),
        ("the FDS|VDPs|the VDP|BIR", "BF", date(2023, 5, 1), "Burkina Faso"),
        ("the RDF|Rwandan troops", "CD", date(2024, 5, 1), "Rwanda"),
        ("FPRC|FPRC fighters", "CF", date(2017, 5, 1), "FPRC"),
        ("the CPC", "CF", date(2021, 5, 1), "Coalition of Patriots for Change"),
        ("FACA|the FACA", "CF", date(2021, 5, 1), "Central African Republic"),
        ("Red Dragons militia|ADF|Amba boys|ARA", "CM", date(2021, 5, 1), "Ambazonia separatists"),
        ("the VJ|MUP", "XK", date(1999, 4, 1), "Yugoslavia"),
        ("Mojahedin-e Khalq|NLA|MEK", "IR", date(1988, 7, 1), "People's Mujahedin of Iran"),
        ("SPLA-IO|SPLA IO|Machar's men|forces loyal to Riek Machar", "SS", date(2016, 7, 11), "SPLM-IO"),
        ("SSPDF|SPLA-IG|Kiir's troops|NSS", "SS", date(2016, 7, 11), "South Sudan"),
        ("NAS|Cirillo's fighters", "SS", date(2019, 7, 11), "National Salvation Front"),
        ("SSC|SSC fighters", "SO", date(2023, 7, 11), "Khatumo"),
        ("Tropa del Infierno|CDN", "MX", date(2022, 5, 1), "Los Zetas"),
        ("Cinq Segonds|Barbecue's gunmen|G-Pèp", "HT", date(2024, 5, 1), "Viv Ansanm"),
        ("Dagoberto Ramos Front|Mordisco's fighters|EMC", "CO", date(2024, 5, 1), "FARC dissidents"),
        ("UKNA|KNA|Kuki Revolutionary Army", "IN", date(2023, 8, 1), "Kuki-Zo militants"),
        ("BNRA|Bo Nagar's group", "MM", date(2023, 8, 1), "Burma National Revolutionary Army"),
        ("HGB|Hafiz Gul Bahadur's group|Gul Bahadur's fighters", "PK", date(2024, 8, 1), "Hafiz Gul Bahadur group"),
        ("YJA-Star|HPG|YPS-Jin", "TR", date(2016, 8, 1), "Kurdistan Workers' Party"),
    ],
)
def test_a_war_knows_its_parties_by_their_abbreviations(words: str, country: str, day: date, name: str) -> None:
    read = {word: parties(f"{word} withdrew", Theatre((country,), day)) for word in words.split("|")}
    assert read == {word: [name] for word in read}


@pytest.mark.parametrize("word", ["FDS", "ISS", "FC", "CTS", "MSS", "PA", "KNA", "SSC", "GSS", "IMP", "ARA", "HM", "FAC", "Jaish"])
def test_an_abbreviation_of_one_war_is_nobody_elsewhere(word: str) -> None:
    assert parties(f"{word} withdrew", Theatre(("FR",), date(2024, 5, 1))) == []


@pytest.mark.parametrize(
    ("text", "country", "day", "name", "words"),
    [
        ("forces loyal to Khalifa Haftar fired", "LY", date(2019, 5, 1), "Libyan National Army", "forces loyal to Khalifa Haftar"),
        ("fighters who are loyal to the former president Saleh fired", "YE", date(2015, 5, 1), "Saleh loyalists", None),
        ("warplanes of President Bashar al-Assad fired", "SY", date(2015, 5, 1), "Syrian government", None),
        ("Assad's helicopters fired", "SY", date(2015, 5, 1), "Syrian government", "Assad's helicopters"),
        ("pro-Gbagbo gunmen fired", "CI", date(2011, 3, 1), "Gbagbo forces", "pro-Gbagbo gunmen"),
        ("Kabila's troops fired", "CD", date(1997, 3, 1), "AFDL", "Kabila's troops"),
        ("Kabila's troops fired", "CD", date(1999, 3, 1), "Democratic Republic of the Congo", "Kabila's troops"),
        ("Gen. Mladic's gunners fired", "BA", date(1994, 3, 1), "Bosnian Serbs", "Mladic's gunners"),
        ("Izetbegovic's gunners fired", "BA", date(1994, 3, 1), "Bosnia and Herzegovina", "Izetbegovic's gunners"),
    ],
)
def test_forces_are_known_by_their_leader(text: str, country: str, day: date, name: str, words: str | None) -> None:
    (mention,) = find_parties(split_words(text), Theatre((country,), day))
    assert mention.party.name == name
    assert words is None or " ".join(w.text for w in split_words(text)[mention.first : mention.end]) == words


@pytest.mark.parametrize(
    "text", ["Savimbi spoke on the radio.", "Savimbi's daughter spoke.", "Loyal to Savimbi, she spoke.", "The death of Savimbi was told."]
)
def test_a_leader_alone_is_no_party(text: str) -> None:
    assert parties(text, Theatre(("AO",), date(1999, 5, 1))) == []


@pytest.mark.parametrize("words", ["Taylor's troops", "Karadzic's men", "Doe's troops", "Machar's men"])
def test_a_leaders_surname_is_another_persons_elsewhere(words: str) -> None:
    here = Theatre(("CA",), date(1994, 5, 1))
    assert all(name.endswith("(as written)") for name in parties(f"{words} withdrew", here))


@pytest.mark.parametrize("word", ["militia", "militiamen", "militants", "fighters", "insurgents", "separatists", "gangs"])
@pytest.mark.parametrize("neighbour", ["ET", "SD", "AF", "NG", "LB", "CM", "CO", "TR"])
def test_a_word_for_some_group_names_none_of_a_neighbouring_country(word: str, neighbour: str) -> None:
    told = Theatre(("ZM", neighbour), date(2024, 5, 10))
    assert [name.endswith("(as written)") for name in parties(f"The {word} withdrew", told)] == [True]


def test_a_group_that_the_lexicon_lacks_is_not_the_states_army(reader: Reader) -> None:
    theatre = Theatre(("MM",), date(2024, 5, 10))
    assert parties("The Lahu Liberation Army withdrew", theatre) == ["Lahu Liberation Army (as written)"]
    claim = only_claim(reader, "The Lahu Liberation Army shelled Loikaw on Thursday.")
    assert claim.attacker == "Lahu Liberation Army (as written)"


def test_a_militia_in_south_sudan_is_not_ethiopias(reader: Reader) -> None:
    text = "The militia shelled Malakal in South Sudan on Monday, killing 12. Many fled from Malakal to Gambella in Ethiopia."
    assert [c.attacker for c in claims_of(reader, text, day=date(2024, 1, 10))] == ["militias (as written)"]


# Lands and places by whose names their governments and groups go, and words of no meaning beside them.
_LANDS = {"Azawad", "Novorossiya", "Chechen", "Ichkeria", "Siam", "Kiev", "Shane", "Lobos", "PRC"}


def test_a_partys_name_is_no_place(reader: Reader) -> None:
    names = {row["party"] for row in read_rows("parties.tsv") if row["kind"] == "armed_group"}
    for row in read_rows("parties.tsv"):
        if row["kind"] == "armed_group":
            names.update(row["aliases"].split("|"))
    for row in read_rows("generic_parties.tsv"):
        names.update(word for word in row["words"].split("|") if word[0].isupper())
    placed = set()
    for name in sorted(name for name in names if name and " " not in name and name not in _LANDS):
        text = f"A market was shelled by {name} on Monday, and {name} shelled a school."
        if any(t.text == name for t in find_toponyms(text, gazetteer=reader.gazetteer)):
            placed.add(name)
    assert placed == set()
