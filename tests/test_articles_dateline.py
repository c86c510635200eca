"""The line that opens a report gives its day and its place; a day that the report tells later does not."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.articles import read_dateline

PUBLISHED = date(2020, 10, 25)


@pytest.mark.parametrize(
    ("text", "day", "place", "covered"),
    [
        ("DAMASCUS, July 21 (Agency) - Shells fell.", date(2020, 7, 21), "DAMASCUS", "DAMASCUS, July 21 (Agency) -"),
        ("BEIRUT — Two people were hurt.", None, "BEIRUT", "BEIRUT —"),
        ("KYIV, Ukraine (Agency) — Drones struck.", None, "KYIV", "KYIV, Ukraine (Agency) —"),
        ("KYIV, Ukraine, March 5 (Agency) — Drones struck.", date(2020, 3, 5), "KYIV", "KYIV, Ukraine, March 5 (Agency) —"),
        ("AL-BAB, Syria - Shells fell.", None, "AL-BAB", "AL-BAB, Syria -"),
        ("KYIV/MOSCOW (Agency) - Drones struck.", None, "KYIV", "KYIV/MOSCOW (Agency) -"),
        ("Tel Rifaat, Syria — Shells fell.", None, "Tel Rifaat", "Tel Rifaat, Syria —"),
        ("Stepanakert, Oct 24 (Agency) - shells fell.", date(2020, 10, 24), "Stepanakert", "Stepanakert, Oct 24 (Agency) -"),
        ("YEREVAN, OCTOBER 24, NEWSWIRE. Shells fell.", date(2020, 10, 24), "YEREVAN", "YEREVAN, OCTOBER 24, NEWSWIRE."),
        ("MOSCOW, October 24. /WIRE/. Shells fell.", date(2020, 10, 24), "MOSCOW", "MOSCOW, October 24. /WIRE/."),
        ("BAKU, Azerbaijan, Oct. 24\nShells fell.", date(2020, 10, 24), "BAKU", "BAKU, Azerbaijan, Oct. 24"),
        ("GANJA, 2 December 2019 (Agency) -- Shells fell.", date(2019, 12, 2), "GANJA", "GANJA, 2 December 2019 (Agency) --"),
        ("STATE DEPARTMENT - Fighting continues.", None, None, "STATE DEPARTMENT -"),
        ("WHITE HOUSE — Fighting continues.", None, None, "WHITE HOUSE —"),
        (" date 2020-10-24 STATE DEPARTMENT - Fighting.", date(2020, 10, 24), None, "date 2020-10-24 STATE DEPARTMENT -"),
        ("October 24, 2020 - YEREVAN - Shells fell.", date(2020, 10, 24), "YEREVAN", "October 24, 2020 - YEREVAN -"),
        ("A headline\n\nDAMASCUS, July 21 (Agency) - Shells fell.", date(2020, 7, 21), "DAMASCUS", "DAMASCUS, July 21 (Agency) -"),
        ("Sunday, November 10, 2019\xa0\n\n\nOn Friday, a base was hit.", date(2019, 11, 10), None, "Sunday, November 10, 2019"),
        ("3 August 2015 A plane crashed.", date(2015, 8, 3), None, "3 August 2015"),
        ("Sat Nov 12 2016 Two killed.", date(2016, 11, 12), None, "Sat Nov 12 2016"),
        ("30-06-2016 Headline.", date(2016, 6, 30), None, "30-06-2016"),
        ("Last updated at Jul 012016 Seventy killed.", date(2016, 7, 1), None, "Last updated at Jul 012016"),
        ("Published February 23 2015 A bomber.", date(2015, 2, 23), None, "Published February 23 2015"),
        ("Posted on July 2 2016 by A Desk", date(2016, 7, 2), None, "Posted on July 2 2016"),
        ("Date of publication 11 October 2017 Three.", date(2017, 10, 11), None, "Date of publication 11 October 2017"),
        ("20.07.2016(updated 1329 20.07.2016) A convoy.", date(2016, 7, 20), None, "20.07.2016"),
        ("Thursday 18 May 2017 The town was hit.", date(2017, 5, 18), None, "Thursday 18 May 2017"),
        ("Tuesday 02 August 2016 19:11 The town was hit.", date(2016, 8, 2), None, "Tuesday 02 August 2016"),
        ("21 Jul 2016 70 fighters were killed.", date(2016, 7, 21), None, "21 Jul 2016"),
        ("A town hit by shells AGENCY Thursday 30 Jun 2016 At least ten", date(2016, 6, 30), None, "Thursday 30 Jun 2016"),
        ("A town hit by shells\nBy a Desk\n24 October 2020\nAt least ten", date(2020, 10, 24), None, "24 October 2020"),
        ("A town hit by shells | 1st of May, 2022 | At least ten", date(2022, 5, 1), None, "1st of May, 2022"),
        ("2020-10-24T10:22:00Z\nShells fell.", date(2020, 10, 24), None, "2020-10-24"),
    ],
)
def test_datelines_as_agencies_and_pages_write_them(text: str, day: date | None, place: str | None, covered: str) -> None:
    found = read_dateline(text, published=PUBLISHED)
    assert found is not None
    assert (found.day, found.place_text) == (day, place)
    assert text[found.span.start : found.span.end].strip() == covered


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Shells fell on Terter.",
        "On August 21 2013 the army fired rockets.",
        "1. Ghouta: On August 21 2013 the army fired rockets.",
        "21 August 2013, the army fired rockets.",
        "May 12 2016 was a quiet day.",
        "August 2013 saw the worst shelling.",
        "Since 24 October 2020 Terter has been shelled.",
        "The report published February 3 2015 said that shells fell.",
        "Shells fell on Terter on 24 October 2020. Nobody was hurt.",
        "Azerbaijan – Armenia's neighbour – fired.",
        "Terter - a town in Azerbaijan - was shelled.",
        "The town - Terter - was shelled.",
        "Shells fell. " * 40 + "\n24 October 2020\nDAMASCUS, July 21 (Agency) - Shells fell.",
    ],
)
def test_days_of_events_and_plain_openings_are_no_dateline(text: str) -> None:
    assert read_dateline(text, published=PUBLISHED) is None


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("14/05/2016", date(2016, 5, 14)),
        ("05/14/2016", date(2016, 5, 14)),
        ("05/05/2016", date(2016, 5, 5)),
        ("Thursday 12/05/2016", date(2016, 5, 12)),
        ("Monday 12/05/2016", date(2016, 12, 5)),
        ("04/05/2016", None),
        ("Sunday 04/05/2016", None),
        ("04-05-2016", date(2016, 5, 4)),
        ("04.05.2016", date(2016, 5, 4)),
        ("04.25.2016", date(2016, 4, 25)),
        ("2016/05/04", date(2016, 5, 4)),
        ("31 April 2016", None),
        ("2016-02-30", None),
    ],
)
def test_numbers_are_read_only_where_one_reading_is_left(written: str, day: date | None) -> None:
    found = read_dateline(f"{written} The town was hit.")
    assert (found.day if found else None) == day


@pytest.mark.parametrize(
    ("published", "day"),
    [
        (date(2021, 1, 2), date(2020, 12, 31)),
        (date(2020, 12, 31), date(2020, 12, 31)),
        (date(2020, 12, 30), date(2020, 12, 31)),
        (date(2020, 12, 29), date(2019, 12, 31)),
        (None, None),
    ],
)
def test_a_missing_year_comes_from_the_publication_or_not_at_all(published: date | None, day: date | None) -> None:
    found = read_dateline("BAKU, December 31 (Agency) - Shells fell.", published=published)
    assert found is not None
    assert (found.day, found.place_text) == (day, "BAKU")


def test_the_29th_of_february_is_no_day_in_other_years() -> None:
    found = read_dateline("BAKU, February 29 (Agency) - Shells fell.", published=date(2023, 3, 1))
    assert found is not None
    assert found.day is None


@given(
    st.dates(min_value=date(1950, 1, 1), max_value=date(2090, 1, 1)),
    st.sampled_from(["%d %B %Y", "%B %d, %Y", "%Y-%m-%d", "%d.%m.%Y", "%a %b %d %Y"]),
)
def test_every_day_is_read_in_every_form(day: date, form: str) -> None:
    found = read_dateline(f"{day.strftime(form)} The town was hit.")
    assert found is not None
    assert found.day == day


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2090, 1, 1)), st.integers(min_value=-1, max_value=300))
def test_the_nearest_year_is_taken(day: date, later: int) -> None:
    found = read_dateline(f"BAKU, {day.strftime('%B %d')} (Agency) - Shells fell.", published=day + timedelta(days=later))
    assert found is not None
    assert found.day == day


PIECES = st.sampled_from(
    [
        "BAKU",
        ", ",
        "July 21",
        " 2016",
        "(Agency)",
        " - ",
        "—",
        "\n",
        "30-06-2016",
        "1/2/2016",
        "Published ",
        "on ",
        "Sat ",
        "31 Feb 2015",
        "'",
        "0",
        ".",
    ]
)


@given(st.lists(PIECES | st.text(max_size=5), max_size=12).map("".join), st.none() | st.dates())
def test_any_text_has_a_dateline_within_it_or_none(text: str, published: date | None) -> None:
    found = read_dateline(text, published=published)
    if found is not None:
        assert 0 <= found.span.start < found.span.end <= len(text)
        assert found.place_text is None or found.place_text in text[found.span.start : found.span.end]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("BANGKOK: An air strike on a village in Myanmar killed ten people, media said.", "BANGKOK"),
        ("Beirut: Five people were killed in strikes on three villages, sources said.\n\nA second paragraph.", "Beirut"),
        ("Barda: rockets hit a market, 21 killed.\nGanja: a missile hit a house.\n", None),
        ("Kirkuk: IED found and made safe.\n8 May, Tuz: a mine killed a shepherd.\n", None),
    ],
)
def test_a_place_before_a_colon_opens_a_report_but_heads_each_line_of_a_bulletin(text: str, place: str | None) -> None:
    line = read_dateline(text)
    assert (line.place_text if line is not None else None) == place
