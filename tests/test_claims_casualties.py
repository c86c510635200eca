"""Tolls of one strike, as the words tell them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.claims.casualties import Casualties, read_casualties
from geo.claims.numbers import Count
from geo.claims.tolls import is_running_total
from geo.model import Article, Dateline, Span
from geo.pipeline import Reader


@pytest.mark.parametrize(
    ("text", "killed", "wounded"),
    [
        ("The shelling killed two people", (2, 2), None),
        ("at least 12 people were killed", (12, None), None),
        ("more than 30 civilians died", (30, None), None),
        ("13 civilians and one soldier were killed", (14, 14), None),
        ("killing a woman and her child", (2, 2), None),
        ("killed five and wounded 110", (5, 5), (110, 110)),
        ("two were killed and ten others injured", (2, 2), (10, 10)),
        ("leaving three dead and four wounded", (3, 3), (4, 4)),
        ("dozens were injured", None, (24, None)),
        ("several people were killed", (3, None), None),
        ("no casualties were reported", (0, 0), (0, 0)),
        ("no one was killed but one person was hurt", (0, 0), (1, 1)),
        ("causing the death of eight and the injury of 89", (8, 8), (89, 89)),
        ("1,200 people were killed", (1200, 1200), None),
        ("twenty-one soldiers were killed", (21, 21), None),
        ("40 were killed or wounded", None, None),
        ("30 houses were destroyed", None, None),
        ("a car was hit", None, None),
        ("", None, None),
    ],
)
def test_tolls(text: str, killed: tuple[int, int | None] | None, wounded: tuple[int, int | None] | None) -> None:
    expected = Casualties(killed=Count(*killed) if killed else None, wounded=Count(*wounded) if wounded else None)
    assert read_casualties(text) == expected


# What is told of the killed | of the wounded | in an ordinary sentence. "-" nothing, "12..?" at least twelve.
SENTENCES = """
4 | - | Two policemen, a driver and a boy were killed when a mortar round hit the checkpoint.
6 | 14 | A rocket hit the bakery, killing six and wounding 14 others.
10 | - | Ten people died, six of them children.
14 | - | According to the ministry, the confirmed deaths are fourteen civilians, five of them women.
14 | - | 13 civilians and one soldier were killed by the shelling.
31 | - | The death toll rose to 31 from 27, the governor said.
31 | - | The death toll rose from 27 to 31.
12..? | - | At least a dozen people were killed.
20..30 | - | Between 20 and 30 fighters were killed in the air strike.
- | 40 | Some 40 people were wounded.
?..15 | - | Up to 15 people were killed, a medic said.
9..? | - | No fewer than nine residents died in the blast.
5 | - | A drone killed a family of five in their car.
6 | - | A family of six was killed.
4 | - | The strike killed him and three bodyguards.
9 | - | The bodies of nine people were pulled from the rubble.
7 | - | Rescuers pulled seven bodies from the rubble.
- | 0 | None of the 12 staff was hurt.
3 | 17 | The raid left 3 dead, 17 injured.
22 | - | The number of victims has risen to 22.
5 | - | Five more died of their wounds.
3 | 8 | The shelling of the quarter left 3 martyrs and 8 wounded.
4 | 9 | Casualties: 4 killed, 9 wounded.
- | 3 | Shelling wounded a nurse and two patients.
11 | - | An Israeli air strike on a house in Rafah killed 11 Palestinians, including six children, medics said.
6 | 20 | Six Palestinians were killed and 20 injured.
3 | 7 | Three Ukrainian soldiers were killed and another seven wounded by a glide bomb.
3 | - | A landmine killed two farmers and a child near the village.
18..? | 40..? | A car bomb went off in the market, leaving at least 18 people dead and more than 40 wounded.
2 | 1 | Two women were killed and a man was injured.
1 | - | One person died on the spot and two others later in hospital.
2 | - | Four militants killed two soldiers in the ambush.
3 | - | The mortar fire claimed the lives of three children.
5 | - | The strike claimed five lives.
- | 25 | The explosion injured 25 people, three of them seriously.
- | 12 | Twelve people were injured, two of whom are in a critical condition.
4 | - | A mother and her three children were killed in the raid.
3 | - | A couple and their baby were killed.
2 | - | A father and son were killed by a drone.
2 | - | The attack killed the mayor and his driver.
3 | - | An air strike killed senior commander Abu Hasan and two aides.
- | 2 | A journalist, Amal Said, and her cameraman were wounded.
0 | 0 | There were no casualties.
0 | 0 | No one was killed or injured.
0 | 0 | Nobody was hurt.
- | 0 | No injuries were reported, though windows were broken.
- | - | 40 people were killed and wounded.
- | - | More than 30 were killed or wounded.
2..3 | - | Two or three people were killed.
- | 200..? | Hundreds of people were wounded.
3 | - | The shelling killed a 12-year-old girl and two men.
1 | 1 | A 70-year-old woman was killed and her grandson was hurt.
- | - | Six missiles hit the depot.
- | - | The army fired 200 rockets and lost two tanks.
- | - | Fifteen houses were damaged and a cow was killed.
- | - | Four horses were killed.
- | 12 | The militia lost seven fighters and 12 were wounded.
23 | - | Twenty-three civilians, among them nine women, have been killed in the raid.
19 | 46 | The toll stands at 19 dead and 46 wounded.
9 | - | He put the number of dead at nine.
- | 60 | Hospital officials put the number of wounded at 60.
2 | - | Two people were killed, a man and a woman, the governor said.
3 | - | It killed three, a woman and her two sons.
3 | - | Three people - a woman and two children - were killed.
8 | - | Eight people (five women and three girls) were killed.
12 | 30 | 12 people, including four children and two medics, were killed and 30 more, most of them women, were wounded.
?..50 | - | As many as 50 soldiers died.
- | 100 | Nearly 100 people were injured.
1 | 8 | One civilian was killed and eight were wounded: six men, one woman and one child.
- | - | On 12 March killed and missing were counted.
5 | - | On March 12 shells killed 5.
8 | - | In 2016 the strike killed eight.
4 | 13 | The blast killed four and injured 13, including a pregnant woman.
- | 7 | Seven people, one of them a child, were wounded.
10 | - | Suspected militants detonated a mine under a bus, killing nine passengers and the driver.
14 | - | A suicide bomber killed himself and 14 others.
30 | - | The air force said it had killed 30 insurgents, among them two commanders.
12 | - | 12 Houthis were killed.
3 | - | Turkish drones killed three PKK members.
3 | 7 | Local officials said 3 civilians dead, 7 hurt.
3 | 5 | 3 KIA, 5 WIA.
- | 24..? | Dozens suffered from suffocation.
- | 4 | Four people suffered shrapnel wounds.
- | 11 | 11 people were treated for breathing problems.
- | 20 | A further 20 people sustained injuries.
- | 1 | Only one person was slightly injured.
1 | 2 | One child died and his two brothers were wounded.
2 | - | Two of the wounded later died.
5 | - | The regime's warplanes martyred five people, including a woman.
- | - | The ministry denied that its jets had killed civilians.
- | - | It could have killed hundreds.
- | - | The general vowed to kill ten soldiers for each one.
14 | - | Medics counted 14 bodies at the morgue.
- | - | Three children were orphaned.
17 | - | Some 2,000 people fled and 17 were killed.
- | 120 | A hundred and twenty people were wounded.
1200 | - | 1,200 people were killed.
1 | 5 | Sheikh Omar was martyred and five worshippers were hurt.
3 | - | Three killed in drone strike on bus.
3 | - | A man woman and child died of suffocation.
6 | - | Six people including two children were killed.
2 | 3 | Two civilians were killed in Derna and three wounded in Sirte.
12 | - | The strike hit two lorries carrying 30 workers, of whom 12 were killed.
12 | - | Of the 40 people on board, 12 were killed.
1 | - | killing Imam Yusuf al-Harbi
24..? | - | The shell killed dozens who were queueing for bread.
6 | - | killing a woman with four of her children and an old man
1 | - | The commander of the unit was killed.
1 | - | A shell hit a house, killing the 45-year-old resident.
- | - | The governor said five of the injured were children.
7 | 11 | Seven villagers from the same clan died and eleven got hurt.
16 | - | Airstrikes on a wedding hall in the district killed 16 guests and left 28 with burns.
2 | - | The second strike killed two rescue workers who had come to help.
9..? | 24..? | At least 9 dead, dozens hurt as rockets hit market.
15 | 8 | 15 killed 8 injured in shelling.
- | 5 | The raid wounded five civilians, two critically.
3 | 2 | Police said a roadside bomb killed three policemen and wounded two.
3 | - | An IED blast martyred two soldiers and a Levies man.
1 | - | One was killed and two are missing.
1 | - | The mine blew up a tractor, its driver was killed.
2 | 1 | Two servicemen killed, one wounded in Donbas in past day.
- | - | Nine of the dead were from one family.
- | 6 | Half a dozen people were hurt.
4 | - | Three Russians and a Syrian were killed.
3 | - | It said two of its fighters and an officer had been killed.
3 | - | Shelling killed two, and another died of her wounds.
21 | - | Around 20 civilians and one aid worker were killed as they unloaded lorries.
12 | - | killed 12 of the passengers
- | - | The bombs killed several families.
- | - | killing women and children
7 | - | The blast killed seven civilians and destroyed 20 houses.
10 | 5 | Ten soldiers were killed and five wounded, three of them officers.
40 | - | Three days of shelling killed 40.
16..? | - | Strikes on five villages killed at least 16.
- | 1 | Two drones were shot down and one person was injured by debris.
8 | - | A police spokesman confirmed that eight officers embraced martyrdom in the bombing.
2 | - | A woman, 54, and her son, 20, were killed in Nikopol.
- | 2 | Two men aged 45 and 51 were wounded.
- | - | More than 100 people, mostly students, were killed or hurt.
2 | - | The attack killed both drivers.
1 | - | Rescuers found the body of a child under the debris.
0 | 0 | The attack did not cause any casualties.
0 | 0 | Luckily nobody was harmed.
4 | - | One of the injured died later, taking the toll to four.
5 | - | In Gaza City, a strike on a tent killed a man, his wife and their three children.
1 | 3 | A 31-year-old woman has died, and three people are hurt, including a boy of nine.
3 | - | A toddler was among three people killed.
- | 3 | Between five and seven shells fell, wounding three.
- | - | It is unclear how many people were killed.
2 | 1 | The mayor was wounded and two of his bodyguards killed.
8 | 25 | Hospitals received 8 martyrs and 25 wounded.
18..22 | - | He put the number of militants killed at 18 to 22.
7..? | - | It hit a depot, killing at least seven drivers and mechanics, a health official in the capital said.
1 | - | A girl of twelve was killed in the courtyard.
6 | - | A drone eliminated a ringleader along with five of his accomplices.
- | - | The raid eliminated two rocket launchers and 19 dens were destroyed.
0 | - | Two rockets fell on a school but there was no loss of life.
2 | 7 | Bomb under a car: officer and his son killed, seven injured.
4..5 | - | Four or five people were burned to death.
"""


def _range(cell: str) -> Count | None:
    ends = [None if end == "?" else int(end) for end in cell.split("..") if end != "-"]
    return Count(ends[0], ends[-1]) if ends else None


@pytest.mark.parametrize("row", SENTENCES.strip().splitlines())
def test_tolls_of_ordinary_sentences(row: str) -> None:
    killed, wounded, text = row.split(" | ")
    assert read_casualties(text) == Casualties(killed=_range(killed), wounded=_range(wounded))


@given(st.integers(min_value=1, max_value=1899))
def test_a_number_told_is_the_number_kept(number: int) -> None:
    assert read_casualties(f"The strike killed {number} people") == Casualties(killed=Count(number, number))


@given(st.text(max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    read = read_casualties(text)
    for count in (read.killed, read.wounded):
        assert count is None or count.high is None or 0 <= (count.low or 0) <= count.high


@pytest.mark.parametrize(
    ("text", "is_total"),
    [
        ("63 civilians have been killed since the war began", True),
        ("Officials say 900 of their troops have been killed", True),
        ("More than 300,000 people have been killed in the country since the conflict erupted in 2011", True),
        ("The shelling killed four people", False),
        ("One person was killed in the attack", False),
    ],
)
def test_running_totals_are_told_apart(text: str, *, is_total: bool) -> None:
    assert is_running_total(text, read_casualties(text), has_event="shelling" in text) is is_total


def test_an_age_is_no_toll() -> None:
    told = read_casualties("The strike killed a 12-year-old girl and two men.")
    assert told.killed == Count(3, 3)


def test_a_figure_outdoes_a_vague_word_and_a_name() -> None:
    assert Count(24, None, is_vague=True) == Count(24, None)
    words = [read_casualties(t).killed for t in ("It killed dozens.", "It killed the mayor.", "It killed the mayor and two guards.")]
    assert [c is not None and c.is_vague for c in words] == [True, True, False]


@pytest.mark.parametrize(
    ("text", "killed"),
    [
        ("Six people, including two children, were killed when a shell hit their home.", 6),
        ("Nine civilians, most of them women, were killed.", 9),
        ("Nine civilians, among them a girl of three, have been killed.", 9),
    ],
)
def test_those_who_are_among_the_dead_are_not_the_count(text: str, killed: int) -> None:
    assert read_casualties(text).killed == Count(low=killed, high=killed)


@pytest.mark.parametrize(
    ("text", "note", "civilians", "military"),
    [
        ("Air strikes killed 13 civilians and one soldier.", "killed 13 civilians and one soldier", Count(13, 13), Count(1, 1)),
        ("Ten people died, six of them children.", "six of them children", None, None),
        ("It killed 12 people, including four women, and wounded 30, most of them children.",
         "including four women; most of them children", None, None),
        ("The blast killed seven people including two soldiers.", "including two soldiers", None, Count(2, 2)),
        ("Two journalists and a driver died.", "Two journalists and a driver died", None, None),
        ("Six people were killed.", None, None, None),
        ("Nobody was hurt.", None, None, None),
    ],
)  # fmt: skip
def test_who_they_were_is_kept_in_the_texts_words(text: str, note: str | None, civilians: Count | None, military: Count | None) -> None:
    told = read_casualties(text)
    assert (told.note, told.civilians, told.military) == (note, civilians, military)
    assert all(piece in text for piece in (told.note or "").split("; "))


def tolls_by_place(reader: Reader, text: str) -> dict[str | None, tuple[int | None, int | None, bool | None]]:
    claims = reader.extract(Article(article_id="x", text=text, published=date(2024, 10, 24))).claims
    assert len({c.place_name for c in claims}) == len(claims)
    return {c.place_name: (c.killed_min, c.wounded_min, c.casualties_shared) for c in claims}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Israeli air strikes hit Nabatieh and Sidon on Wednesday. Six people were killed.", [(6, None, True), (6, None, True)]),
        ("Israeli air strikes on Nabatieh and Sidon killed six people on Wednesday.", [(6, None, True), (6, None, True)]),
        ("Israeli air strikes killed four people in Nabatieh and three in Sidon.", [(4, None, False), (3, None, False)]),
        ("Israeli air strikes killed a woman in Nabatieh and wounded two men in Sidon.", [(1, None, False), (None, 2, False)]),
        ("Israeli air strikes hit Nabatieh and Sidon. Six were killed. Two of them died in Sidon.", [(6, None, True), (2, None, False)]),
        ("Israeli air strikes hit Nabatieh and Sidon. Two women were killed in Sidon.", [(None, None, None), (2, None, False)]),
        (
            "Israeli jets hit Nabatieh and Sidon. Four people were killed in Nabatieh and three in Sidon.",
            [(4, None, False), (3, None, False)],
        ),
        ("Israeli air strikes hit Nabatieh and Sidon.", [(None, None, None), (None, None, None)]),
    ],
)
def test_each_place_has_its_own_toll_or_a_share_marked_as_such(
    text: str, expected: list[tuple[int | None, int | None, bool | None]], reader: Reader
) -> None:
    told = tolls_by_place(reader, text)
    assert [next(v for k, v in told.items() if k is not None and k.startswith(name)) for name in ("Naba", "Sid")] == expected


def test_the_toll_of_one_place_is_whole(reader: Reader) -> None:
    told = tolls_by_place(reader, "Russian shelling of Kherson killed three people in the city centre and wounded five on Tuesday.")
    assert list(told.values()) == [(3, 5, False)]


def test_a_total_beside_a_strike_is_kept_apart_from_its_toll(reader: Reader) -> None:
    text = "Russian shelling of Kherson killed three people on Tuesday, bringing the number of dead this month to 31, the governor said."
    found = reader.extract(Article(article_id="x", text=text, published=date(2024, 10, 24)))
    (claim,), (toll,) = found.claims, found.tolls
    assert (claim.killed_min, claim.killed_max) == (3, 3)
    assert (toll.killed_min, toll.claimant, toll.as_of) == (31, "the governor", None)


@pytest.mark.parametrize(
    ("total", "killed", "as_of"),
    [
        ("The attack brings the number of dead this month to 31.", 31, None),
        ("As of 20 October 2024, 63 civilians had been killed since the war began.", 63, date(2024, 10, 20)),
        ("More than 11,000 civilians have been killed since the invasion, the United Nations said.", 11_000, None),
    ],
)
def test_a_running_total_is_no_strike_and_tells_up_to_when(total: str, killed: int, as_of: date | None, reader: Reader) -> None:
    text = f"Russian shells hit the city of Kherson on Tuesday. {total}"
    found = reader.extract(Article(article_id="x", text=text, published=date(2024, 10, 24)))
    assert [c.killed_min for c in found.claims] == [None]
    assert [(t.killed_min, t.as_of) for t in found.tolls] == [(killed, as_of)]
    dated = reader.extract(
        Article(article_id="x", text=text, published=date(2024, 10, 24), dateline=Dateline(span=Span(0, 0), day=date(2024, 10, 23)))
    )
    assert [t.as_of for t in dated.tolls] == [as_of or date(2024, 10, 23)]


def test_a_wider_areas_toll_is_no_towns_own(reader: Reader) -> None:
    text = "Russian strikes across Kharkiv region killed nine people on Wednesday. A missile hit the town of Izium."
    (toll,) = tolls_by_place(reader, text).values()
    assert toll == (9, None, True)
