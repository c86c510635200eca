"""Who says it. A report's own voice has no claimant, and its publisher is never one."""

from __future__ import annotations

import pytest
from one_report import claims_of, only_claim

from geo.model import Article, ClaimantKind, Stance
from geo.pipeline import Reader


@pytest.mark.parametrize(
    ("text", "claimant", "kind"),
    [
        ("The defence ministry said that rockets hit Kharkiv on Thursday.", "The defence ministry", ClaimantKind.GOVERNMENT),
        ("Rockets hit Kharkiv on Thursday, the defence ministry said.", "the defence ministry", ClaimantKind.GOVERNMENT),
        ("Rockets, the defence ministry said, hit Kharkiv on Thursday.", "the defence ministry", ClaimantKind.GOVERNMENT),
        ("Rockets hit Kharkiv on Thursday, said the regional governor.", "the regional governor", ClaimantKind.OFFICIAL),
        ("According to the Red Crescent, rockets hit Raqqa on Thursday.", "the Red Crescent", ClaimantKind.MONITOR),
        ("Rockets hit Raqqa on Thursday, according to the Red Crescent.", "the Red Crescent", ClaimantKind.MONITOR),
        ("Residents say shells fell on Loikaw on Thursday.", "Residents", ClaimantKind.WITNESS),
        ("Witnesses told reporters that jets bombed Idlib on Thursday.", "Witnesses", ClaimantKind.WITNESS),
        ("Bombs fell on Gao on Thursday, reported a local radio station.", "a local radio station", ClaimantKind.MEDIA),
        ("The PKK claimed that Turkish jets bombed Qandil on Thursday.", "The PKK", ClaimantKind.PARTY),
        ("Turkish jets bombed Qandil on Thursday, the PKK claimed.", "the PKK", ClaimantKind.PARTY),
        ("Kyiv said Russian missiles hit Odesa on Thursday.", "Kyiv", ClaimantKind.GOVERNMENT),
        ("Moscow said Ukrainian drones struck Belgorod on Thursday.", "Moscow", ClaimantKind.GOVERNMENT),
        ("Doctors Without Borders said its hospital in Kunduz was bombed on Thursday.", "Doctors Without Borders", ClaimantKind.MONITOR),
        ("Officials in Stepanakert said missiles struck the town of Hadrut on Thursday.", "Officials", ClaimantKind.OFFICIAL),
        # Names are one, whatever words they hold.
        ("The Royal Thai Air Force said that rockets hit Surin on Thursday.", "The Royal Thai Air Force", ClaimantKind.PARTY),
        ("The Royal Jordanian Air Force said that rockets hit Irbid on Thursday.", "The Royal Jordanian Air Force", ClaimantKind.PARTY),
        (
            "The Popular Resistance Committees said that shells hit Rafah on Thursday.",
            "The Popular Resistance Committees",
            ClaimantKind.PARTY,
        ),
        ("Jets bombed Qandil on Thursday, the Kurdistan Workers' Party said.", "the Kurdistan Workers' Party", ClaimantKind.PARTY),
        ("Al-Qaeda in the Islamic Maghreb said jets bombed Kidal on Thursday.", "Al-Qaeda in the Islamic Maghreb", ClaimantKind.PARTY),
    ],
)
def test_the_speaker_is_the_claimant_wherever_the_verb_stands(text: str, claimant: str, kind: ClaimantKind, reader: Reader) -> None:
    claim = only_claim(reader, text)
    assert claim.claimant is not None
    assert claim.claimant.startswith(claimant)
    assert claim.claimant_kind is kind
    assert claim.stance is Stance.ASSERTED


def test_a_name_with_its_office_is_one_speaker(reader: Reader) -> None:
    claim = only_claim(reader, "Petro Lysak, the mayor of Kharkiv, said that rockets hit the town of Chuhuiv on Thursday.")
    assert claim.claimant is not None
    assert "Petro Lysak" in claim.claimant
    assert claim.claimant_kind is ClaimantKind.OFFICIAL
    assert claim.place_name == "Chuhuyiv"


def test_the_one_who_is_cited_is_the_claimant_not_the_one_who_passes_it_on(reader: Reader) -> None:
    claim = only_claim(reader, "Rockets hit Raqqa on Thursday, a news agency reported, citing the Syrian Observatory for Human Rights.")
    assert claim.claimant == "the Syrian Observatory for Human Rights"
    assert claim.claimant_kind is ClaimantKind.MONITOR


@pytest.mark.parametrize("pronoun", ["He", "She", "They"])
def test_a_pronoun_is_the_speaker_before(pronoun: str, reader: Reader) -> None:
    text = f"The regional governor said power had failed. {pronoun} said that a rocket had hit Kharkiv overnight."
    assert only_claim(reader, text).claimant == "The regional governor"


def test_a_wording_that_points_back_is_the_speaker_before(reader: Reader) -> None:
    text = "The Syrian Observatory for Human Rights counted the dead. The monitoring group said that jets bombed Idlib on Thursday."
    assert only_claim(reader, text).claimant == "The Syrian Observatory for Human Rights"


@pytest.mark.parametrize(
    "text",
    [
        "Rockets hit Kharkiv on Thursday.",
        "On Thursday, Russian rockets hit Kharkiv.",
        "Rockets hit Kharkiv on Thursday, and windows broke.",
    ],
)
def test_a_reports_own_voice_has_no_claimant(text: str, reader: Reader) -> None:
    claim = only_claim(reader, text)
    assert (claim.claimant, claim.claimant_kind, claim.stance) == (None, None, Stance.ASSERTED)


def test_the_publisher_is_never_the_claimant(reader: Reader) -> None:
    article = Article(article_id="report", text="Rockets hit Kharkiv on Thursday.", source="Example Wire", title="Example Wire: rockets")
    (claim,) = reader.extract(article).claims
    assert claim.source == "Example Wire"
    assert claim.claimant is None


def test_the_speaker_of_one_sentence_does_not_own_the_next(reader: Reader) -> None:
    text = "The regional governor said that a rocket hit Kharkiv on Thursday. Shells fell on Kramatorsk on Thursday."
    told = {c.place_name: c.claimant for c in claims_of(reader, text)}
    assert told == {"Kharkiv": "The regional governor", "Kramatorsk": None}


@pytest.mark.parametrize(
    ("text", "claimant", "attacker"),
    [
        ("Ukraine accused Russia of shelling a school in Kherson on Thursday.", "Ukraine", "Russia"),
        ("Russia accused Ukraine of shelling a school in Donetsk on Thursday.", "Russia", "Ukraine"),
        ("Ukraine blamed Russia for a missile strike on Odesa on Thursday.", "Ukraine", "Russia"),
        ("Residents accused the army of bombing the town of Loikaw on Thursday.", "Residents", "Myanmar military"),
    ],
)
def test_an_accusation_names_who_accuses_and_who_is_accused(text: str, claimant: str, attacker: str, reader: Reader) -> None:
    claim = only_claim(reader, text)
    assert (claim.claimant, claim.attacker, claim.stance) == (claimant, attacker, Stance.ACCUSED)


def test_a_denial_stands_beside_what_it_denies(reader: Reader) -> None:
    text = "Ukraine said Russia had shelled a school in Kherson on Thursday. Moscow denied the accusation."
    told, denied = sorted(claims_of(reader, text), key=lambda c: c.quote_start)
    assert (told.claimant, told.attacker, told.stance) == ("Ukraine", "Russia", Stance.ASSERTED)
    assert (denied.claimant, denied.attacker, denied.stance) == ("Moscow", "Russia", Stance.DENIED)
    assert denied.place_id == told.place_id
    assert denied.date_start == told.date_start


def test_what_is_only_denied_is_no_strike_that_happened(reader: Reader) -> None:
    claim = only_claim(reader, "The army has denied that its aircraft bombed Loikaw on Thursday.")
    assert (claim.stance, claim.claimant, claim.attacker) == (Stance.DENIED, "The army", "Myanmar military")


def test_responsibility_is_claimed_for_the_strike_told_before(reader: Reader) -> None:
    text = "A bomb killed nine people in Kabul on Thursday. Islamic State claimed responsibility for the attack."
    told, owned = sorted(claims_of(reader, text), key=lambda c: c.quote_start)
    assert (told.attacker, told.killed_min) == (None, 9), "a claim of responsibility is the group's word, not the reporter's"
    assert (owned.claimant, owned.attacker, owned.stance) == ("Islamic State", "Islamic State", Stance.CLAIMED_RESPONSIBILITY)
    assert owned.place_id == told.place_id


@pytest.mark.parametrize(
    "text",
    ["No group has claimed responsibility.", "Nobody claimed responsibility for the attack.", "No one immediately claimed responsibility."],
)
def test_nobody_claims_responsibility_where_nobody_does(text: str, reader: Reader) -> None:
    claim = only_claim(reader, f"A bomb killed nine people in Kabul on Thursday. {text}")
    assert (claim.attacker, claim.stance) == (None, Stance.ASSERTED)


@pytest.mark.parametrize(
    "text",
    ["The Houthis said they had fired a missile at Riyadh on Thursday.", "The Israeli military said it had bombed Tyre on Thursday."],
)
def test_a_side_that_tells_of_its_own_strike_claims_it(text: str, reader: Reader) -> None:
    claim = only_claim(reader, text)
    assert claim.stance is Stance.CLAIMED_RESPONSIBILITY
    assert claim.attacker in {"Houthis", "Israel"}


def test_a_side_that_is_hit_does_not_claim_the_strike(reader: Reader) -> None:
    claim = only_claim(reader, "The Israeli military said a drone from Lebanon hit Metula on Thursday.")
    assert (claim.stance, claim.attacker) == (Stance.ASSERTED, None)


def test_two_speakers_who_tell_the_same_are_two_claims(reader: Reader) -> None:
    text = "Rockets hit Kramatorsk on Thursday, the mayor said. Rockets hit Kramatorsk on Thursday, the Red Cross said."
    assert {c.claimant for c in claims_of(reader, text)} == {"the mayor", "the Red Cross"}


@pytest.mark.parametrize(
    ("text", "claimant"),
    [
        ("The Houthis, who hold Sanaa, said coalition jets hit a wedding in Hajjah on Monday.", "The Houthis"),
        ("Witnesses in Kutum, in North Darfur, said army planes hit Zalingei on Monday.", "Witnesses in Kutum, in North Darfur"),
        ("Two people died in shelling in Hajjah on Monday, its governor, Hilal Sufi, said.", "its governor, Hilal Sufi"),
        ("Coalition jets hit two men in Hajjah, who were in a car, said the Houthis.", "the Houthis"),
    ],
)
def test_what_strikes_behind_a_verb_of_saying_does_not_speak(text: str, claimant: str, reader: Reader) -> None:
    claim = only_claim(reader, text)
    assert claim.claimant == claimant
    assert claim.attacker != "Houthis"


def test_a_group_that_is_told_of_in_between_claims_responsibility(reader: Reader) -> None:
    text = "Bombs struck Jolo on Monday, killing 20. Islamic State, which is linked to Abu Sayyaf, later claimed responsibility."
    assert [(c.claimant, c.attacker) for c in claims_of(reader, text)] == [(None, None), ("Islamic State", "Islamic State")]


@pytest.mark.parametrize("claimant", ["Ukraine's General Staff", "The Tigray People's Liberation Front"])
def test_whose_organ_speaks_is_part_of_the_speaker(claimant: str, reader: Reader) -> None:
    assert only_claim(reader, f"{claimant} said shells hit Lysychansk on Monday, killing two.").claimant == claimant


@pytest.mark.parametrize(
    ("text", "claimant", "kind"),
    [
        ("A resident reached by telephone said that a missile had hit Chuhuiv.", "A resident reached by telephone", "witness"),
        ("A man whose sister was killed told a charity that a jet had bombed Idlib.", "A man whose sister was killed", "witness"),
        ("Mortar rounds on Chuhuiv, two dead; regional governor says five are hurt.", "regional governor", "official"),
        ("Jets bombed Chuhuiv, the provincial directorate of information announced, and left.", "the provincial directorate", "other"),
        ("Jets bombed Chuhuiv, the National Defence Ministry announced, and left.", "the National Defence Ministry", "government"),
    ],
)
def test_whoever_stands_alone_before_a_verb_of_saying_speaks(text: str, claimant: str, kind: str, reader: Reader) -> None:
    claim = only_claim(reader, text)
    assert claim.claimant is not None
    assert claim.claimant.startswith(claimant)
    assert claim.claimant_kind == kind


@pytest.mark.parametrize(
    "text",
    [
        "Mortar rounds on Chuhuiv, two dead; army says it is investigating.",
        "Shells hit Chuhuiv; the United Nations said it was alarmed.",
        "Shells hit Chuhuiv on Monday, when a family of seven reported dead was found.",
    ],
)
def test_who_speaks_of_something_else_is_no_claimant(text: str, reader: Reader) -> None:
    assert only_claim(reader, text).claimant is None


def test_what_follows_a_verb_of_saying_is_the_speakers_and_what_stands_before_it_the_reports(reader: Reader) -> None:
    kharkiv, chuhuiv = claims_of(reader, "Rockets hit Kharkiv; the ministry said drones had struck Chuhuiv.")
    assert (kharkiv.claimant, chuhuiv.claimant) == (None, "the ministry")


@pytest.mark.parametrize("group", ["AS", "IS"])
def test_a_group_in_capitals_is_no_small_word(group: str, reader: Reader) -> None:
    text = f"Baidoa, Somalia, Thursday: mortar bombs, two hurt; {group} claims it."
    assert [c.claimant for c in claims_of(reader, text)] == [group]


def test_the_spokesman_of_one_side_is_not_the_other_side_that_spoke_before(reader: Reader) -> None:
    text = "The M23 said that shells hit Bukavu on Wednesday. Jets bombed Goma on Thursday, the army spokesman said."
    assert [c.claimant for c in claims_of(reader, text)] == ["The M23", "the army spokesman"]


@pytest.mark.parametrize(("leader", "forces", "party"), [("Tigray", "Tigrayan", "Tigray forces"), ("Somalia", "Somali", "Somalia")])
def test_whoever_leads_a_region_owns_its_strikes_as_a_state_does(leader: str, forces: str, party: str, reader: Reader) -> None:
    claim = only_claim(reader, f"The president of {leader} said that {forces} forces had shelled the town of Xanarat on Thursday.")
    assert (claim.stance, claim.attacker) == (Stance.CLAIMED_RESPONSIBILITY, party)
