"""Days as words, read against the day of the report."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.claims.clocks import zone_of
from geo.claims.dates import DATE_WORDINGS, Calendar, find_dates
from geo.claims.signs import signs_of
from geo.claims.wording import Wording
from geo.claims.words import split_words
from geo.model import Article, DateBasis, Span
from geo.pipeline import Reader

# A Saturday.
TODAY = date(2020, 10, 24)


def days(text: str, calendar: Calendar | None = None) -> list[tuple[date, date]]:
    found = find_dates(text, Span(0, len(text)), calendar or Calendar(today=TODAY))
    return [(w.start, w.end) for w in found]


def edtf_of(text: str, calendar: Calendar | None = None) -> list[str]:
    """The days of a text in EDTF, counted from a strike of Tuesday in Ukraine, with only the wordings that its words call for."""
    told = calendar or Calendar(today=TODAY, previous=PREVIOUS, zone=zone_of("UA"))
    return [w.edtf for w in find_dates(text, Span(0, len(text)), told, signs_of(split_words(text))) if not w.as_of]


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("Shells fell overnight", date(2020, 10, 23), TODAY),
        ("It was hit last night", date(2020, 10, 23), TODAY),
        ("It was hit yesterday", date(2020, 10, 23), date(2020, 10, 23)),
        ("It was hit this morning", TODAY, TODAY),
        ("on Friday the town was hit", date(2020, 10, 23), date(2020, 10, 23)),
        ("on Saturday the town was hit", TODAY, TODAY),
        ("Sunday's raid", date(2020, 10, 18), date(2020, 10, 18)),
        ("Sundays raid", date(2020, 10, 18), date(2020, 10, 18)),
        ("last Saturday", date(2020, 10, 17), date(2020, 10, 17)),
        ("on 4 October", date(2020, 10, 4), date(2020, 10, 4)),
        ("on October 4", date(2020, 10, 4), date(2020, 10, 4)),
        ("on Oct. 4, 2016,", date(2016, 10, 4), date(2016, 10, 4)),
        ("on the 4th of October 2016", date(2016, 10, 4), date(2016, 10, 4)),
        ("on 30 December", date(2019, 12, 30), date(2019, 12, 30)),
        ("on 2016-04-02", date(2016, 4, 2), date(2016, 4, 2)),
        ("on 02.04.2016", date(2016, 4, 2), date(2016, 4, 2)),
        ("three days ago", date(2020, 10, 21), date(2020, 10, 21)),
        ("in the past 24 hours", date(2020, 10, 23), TODAY),
        ("last week", date(2020, 10, 12), date(2020, 10, 18)),
        ("last month", date(2020, 9, 1), date(2020, 9, 30)),
        ("throughout September", date(2020, 9, 1), date(2020, 9, 30)),
        ("between 2 and 5 October 2020", date(2020, 10, 2), date(2020, 10, 5)),
    ],
)
def test_words_for_days(text: str, start: date, end: date) -> None:
    assert days(text) == [(start, end)]


@pytest.mark.parametrize(
    "text", ["He may come", "They march on", "in the second attack", "since March", "40 people died", "at 7:45", "Sunny weather"]
)
def test_other_words_are_no_days(text: str) -> None:
    assert days(text) == []


@pytest.mark.parametrize("text", ["overnight", "on Monday", "yesterday", "on 4 October", "last week", "three days ago"])
def test_without_a_day_to_count_from_nothing_is_filled_in(text: str) -> None:
    assert days(text, Calendar(today=None)) == []


def test_the_year_of_the_title_dates_a_month_and_day() -> None:
    assert days("on 4 October", Calendar(today=None, year=2016)) == [(date(2016, 10, 4), date(2016, 10, 4))]


def test_the_next_day_counts_from_the_strike_told_before() -> None:
    assert days("The next day", Calendar(today=None, previous=date(2016, 4, 2))) == [(date(2016, 4, 3), date(2016, 4, 3))]


def test_the_basis_is_said() -> None:
    text = "on 4 October and on Friday"
    assert [w.basis for w in find_dates(text, Span(0, len(text)), Calendar(today=TODAY))] == [DateBasis.EXPLICIT, DateBasis.RELATIVE]


# A Tuesday: that of the strike told before.
PREVIOUS = date(2020, 10, 20)


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("on the night of 3 to 4 May", "2020-05-03/2020-05-04"),
        ("on the night of May 3", "2020-05-03/2020-05-04"),
        ("overnight on 3 May", "2020-05-02/2020-05-03"),
        ("overnight May 2-3", "2020-05-02/2020-05-03"),
        ("early on Tuesday", "2020-10-20"),
        ("early Tuesday", "2020-10-20"),
        ("late on Friday night", "2020-10-23"),
        ("Thursday night", "2020-10-22"),
        ("overnight into Friday", "2020-10-22/2020-10-23"),
        ("overnight Thursday to Friday", "2020-10-22/2020-10-23"),
        ("in the night from Thursday to Friday", "2020-10-22/2020-10-23"),
        ("from Thursday night into early Friday", "2020-10-22/2020-10-23"),
        ("between Monday and Wednesday", "2020-10-19/2020-10-21"),
        ("since Friday", "2020-10-23/2020-10-24"),
        ("since early on Thursday", "2020-10-22/2020-10-24"),
        ("since October 4", "2020-10-04/2020-10-24"),
        ("over the weekend", "2020-10-24"),
        ("last weekend", "2020-10-17/2020-10-18"),
        ("on Sept. 9", "2020-09-09"),
        ("9/9/2015", "2015-09-09"),
        ("24/10/2016", "2016-10-24"),
        ("12/10/2020", "2020-10-12"),
        ("2020/10/12", "2020-10-12"),
        ("at 2020-10-12T04:30", "2020-10-12"),
        ("the day before yesterday", "2020-10-22"),
        ("a village was hit the day before", "2020-10-19"),
        ("two days earlier", "2020-10-18"),
        ("two days later, shells fell", "2020-10-22"),
        ("three days ago", "2020-10-21"),
        ("a day after Friday's attack", "2020-10-24"),
        ("two days before the 4 October raid", "2020-10-02"),
        ("last week", "2020-10-12/2020-10-18"),
        ("earlier this week", "2020-10-19/2020-10-24"),
        ("earlier this month", "2020-10"),
        ("late last month", "2020-09-21~/2020-09-30~"),
        ("last month's attack", "2020-09"),
        ("last year's van bomb", "2019"),
        ("earlier this year", "2020"),
        ("this morning", "2020-10-24"),
        ("early this morning", "2020-10-24"),
        ("yesterday evening", "2020-10-23"),
        ("tonight", "2020-10-24"),
        ("the night before last", "2020-10-22/2020-10-23"),
        ("in the past 24 hours", "2020-10-23/2020-10-24"),
        ("over the last day", "2020-10-23/2020-10-24"),
        ("over the past two days", "2020-10-22/2020-10-24"),
        ("in the past week", "2020-10-17/2020-10-24"),
        ("in late August", "2020-08-22~/2020-08-31~"),
        ("mid-July", "2020-07-11~/2020-07-21~"),
        ("at the end of May 2019", "2019-05-22~/2019-05-31~"),
        ("in March 2019", "2019-03"),
        ("March 2019's attack", "2019-03"),
        ("last March", "2020-03"),
        ("last October", "2019-10"),
        ("on the 14th", "2020-10-14"),
        ("on the 28th, shells", "2020-09-28"),
        ("the same day", "2020-10-20"),
        ("hours later", "2020-10-20"),
        ("the following day", "2020-10-21"),
        ("later that evening", "2020-10-20"),
        ("in 2014", "2014"),
        ("the 2014 bombing", "2014"),
        ("in late 2014", "2014-09-02~/2014-12-31~"),
        ("around 2015", "2015~"),
        ("two years ago", "2018~"),
        ("a week ago", "2020-10-17~"),
        ("six months ago", "2020-04~"),
        ("between 2014 and 2016", "2014/2016"),
        ("in the 1990s", "199X"),
        ("in the spring of 2014", "2014-21"),
        ("last summer", "2020-22"),
        ("summer 2015", "2015-22"),
        ("Tuesday 20 October", "2020-10-20"),
        ("Tuesday, Oct. 20, 2020", "2020-10-20"),
        ("Monday, October 20", "2020-10-20?"),
        ("Tuesday (20 October)", "2020-10-20"),
        ("28 September to 3 October", "2020-09-28/2020-10-03"),
        ("April 30-May 2", "2020-04-30/2020-05-02"),
        ("5, 6 and 7 August", "2020-08-05/2020-08-07"),
        ("August 5–7, 2019", "2019-08-05/2019-08-07"),
        ("3/4 May", "2020-05-03/2020-05-04"),
        ("between March and May 2019", "2019-03/2019-05"),
        ("Tuesday's bombardment", "2020-10-20"),
        ("the previous Friday", "2020-10-16"),
        ("the following Monday", "2020-10-26"),
        ("on Monday last week", "2020-10-12"),
        ("last week on Tuesday", "2020-10-13"),
        ("at 23:40 GMT on Friday", "2020-10-24"),
        ("at 2340 GMT on Friday", "2020-10-24"),
        ("on Friday at 11:40 p.m. GMT", "2020-10-24"),
        ("on Friday at 02:00 local time", "2020-10-23"),
        ("at 1:30 a.m. local time on Friday (2230 GMT)", "2020-10-23"),
        ("on Friday at 0.30 Moscow time", "2020-10-23"),
        ("on Friday, 7 p.m. ET", "2020-10-24"),
        ("on Friday, 2 p.m. ET", "2020-10-23"),
        ("possibly on 4 October", "2020-10-04?"),
        ("Christmas Eve", "2019-12-24"),
        ("on New Year's Day 2016", "2016-01-01"),
        ("Earlier in the day", "2020-10-24"),
        ("a few days ago", "2020-10-17~/2020-10-22~"),
        ("two hours ago", "2020-10-24"),
        ("hours earlier", "2020-10-20"),
        ("on 24 October 2020", "2020-10-24"),
        ("Oct 24th", "2020-10-24"),
        ("on the 24th of October, 2016", "2016-10-24"),
        ("24.10.2016", "2016-10-24"),
        ("May 2014", "2014-05"),
        ("on Monday and Thursday", "2020-10-19/2020-10-22"),
        ("the night before", "2020-10-19/2020-10-20"),
        ("throughout September", "2020-09"),
        ("during October", "2020-10"),
        ("20 October, at 5 pm", "2020-10-20"),
        ("in 24 hours", "2020-10-23/2020-10-24"),
        ("a day earlier", "2020-10-19"),
        ("a couple of weeks ago", "2020-10-10~"),
        ("over the past few days", "2020-10-21~/2020-10-24~"),
        ("last Friday", "2020-10-23"),
        ("last Saturday", "2020-10-17"),
        ("this Friday", "2020-10-23"),
        ("at around midnight on Thursday", "2020-10-22"),
        ("the early hours of Thursday", "2020-10-22"),
        ("in the early hours of this morning", "2020-10-24"),
        ("on Wednesday evening and overnight", "2020-10-21;2020-10-23/2020-10-24"),
        ("October 7, 8 and 9", "2020-10-07/2020-10-09"),
        ("the May 3 attack", "2020-05-03"),
        ("on 3rd May", "2020-05-03"),
        ("throughout 2017", "2017"),
        ("12 March to 2 April 2017", "2017-03-12/2017-04-02"),
        ("on or about 10 May", "2020-05-10~"),
    ],
)
def test_wordings_of_many_houses(text: str, edtf: str) -> None:
    assert ";".join(edtf_of(text)) == edtf


@pytest.mark.parametrize(
    "text",
    [
        "since March",
        "4/5/2016",
        "the day before the vote",
        "at dawn",
        "on the 14th Brigade",
        "during Eid",
        "next Monday",
        "until Friday",
        "by Thursday",
        "Tuesday's talks",
        "Bloody Sunday",
        "in recent days",
        "half a year ago",
    ],
)
def test_days_of_something_else_and_no_days_at_all_are_left_out(text: str) -> None:
    assert edtf_of(text) == []


def test_each_interval_holds_the_days_that_its_edtf_names() -> None:
    for text in ("overnight", "in March 2019", "last year", "in late 2014", "two years ago", "in the 1990s", "last summer"):
        (when,) = find_dates(text, Span(0, len(text)), Calendar(today=TODAY))
        assert str(when.start)[:3] == when.edtf[:3]
        assert when.start <= when.end <= TODAY


def test_a_time_of_another_zone_moves_the_day_only_where_the_theatre_is_known() -> None:
    text = "at 23:40 GMT on Friday"
    assert edtf_of(text, Calendar(today=TODAY)) == ["2020-10-23"]
    assert edtf_of(text, Calendar(today=TODAY, zone=zone_of("AZ"))) == ["2020-10-24"]
    assert zone_of("RU") is None


@pytest.mark.parametrize(
    ("text", "day", "edtf"),
    [
        ("Talks will resume on Thursday after shells hit Kramatorsk overnight.", date(2020, 10, 23), "2020-10-23/2020-10-24"),
        ("The ministry said on Friday that shells had hit Kramatorsk.", date(2020, 10, 22), "2020-10-22?/2020-10-23?"),
        ("Ukraine accused Russia on Friday of shelling Kramatorsk.", date(2020, 10, 22), "2020-10-22?/2020-10-23?"),
        ("Ukraine's army on Friday said rockets hit Kramatorsk.", date(2020, 10, 22), "2020-10-22?/2020-10-23?"),
        ("Ukraine said rockets hit Kramatorsk on Friday.", date(2020, 10, 23), "2020-10-23"),
        ("The envoy arrived on Friday, two days after shells hit Kramatorsk.", date(2020, 10, 21), "2020-10-21"),
        ("Rockets killed four people in Kramatorsk at 22:30 GMT on Thursday.", date(2020, 10, 23), "2020-10-23"),
    ],
)
def test_the_day_of_speaking_and_of_other_events_is_not_that_of_the_strike(text: str, day: date, edtf: str, reader: Reader) -> None:
    (claim,) = reader.extract(Article(article_id="a", text=text, published=TODAY)).claims
    assert (claim.date_start, claim.date_edtf) == (day, edtf)


@pytest.mark.parametrize(
    "text",
    [
        "Shells hit Kramatorsk overnight. Elsewhere a rocket killed two people in Marhanets, the mayor said.",
        "The mayor of Kramatorsk said on Friday that shells hit it. A rocket killed two people in Marhanets.",
        "Shells hit Kramatorsk on Friday. In a separate incident a rocket killed two people in Marhanets.",
        "Shells hit Kramatorsk on Friday. Aid groups say both armies have shelled Marhanets.",
    ],
)
def test_one_strikes_own_day_is_not_carried_to_another(text: str, reader: Reader) -> None:
    claims = reader.extract(Article(article_id="a", text=text, published=TODAY)).claims
    assert [c.date_start for c in claims if c.place_name == "Marhanets"] == [None]


@pytest.mark.parametrize("day", [date.min, date.max])
def test_a_day_that_stands_for_none_counts_nothing(day: date, reader: Reader) -> None:
    text = "Shells hit Kramatorsk on Friday, the mayor said. Rockets hit Marhanets overnight."
    assert {c.date_start for c in reader.extract(Article(article_id="a", text=text, published=day)).claims} == {None}


def test_the_day_of_one_strike_is_not_lent_to_another_elsewhere(reader: Reader) -> None:
    text = "Shells hit Kramatorsk on Friday. A rocket killed two people in Marhanets. Later shells fell on Sumy."
    claims = reader.extract(Article(article_id="a", text=text, published=TODAY)).claims
    assert {c.place_text: c.date_start for c in claims} == {"Kramatorsk": date(2020, 10, 23), "Marhanets": None, "Sumy": date(2020, 10, 23)}


def test_a_day_up_to_which_somebody_counts_is_not_that_of_the_strike(reader: Reader) -> None:
    text = "As of 18:00 on Friday, shelling had killed 14 people in Kramatorsk."
    (claim,) = reader.extract(Article(article_id="a", text=text, published=TODAY)).claims
    assert claim.date_start is None


WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()


@given(st.dates(min_value=date(1990, 1, 10), max_value=date(2090, 1, 1)), st.sampled_from(WEEKDAYS))
def test_a_weekday_is_the_last_one_on_or_before_the_report(today: date, weekday: str) -> None:
    ((start, end),) = days(f"on {weekday}", Calendar(today=today))
    assert start == end
    assert start.strftime("%A") == weekday
    assert timedelta(0) <= today - start < timedelta(days=7)


@given(st.text(max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    for start, end in days(text):
        assert start <= end


# Levels 0 and 1 of ISO 8601-2, as far as days are told in words.
EDTF = re.compile(r"(?:\d{3}X|\d{4}(?:-\d\d(?:-\d\d)?)?)[~?]?(?:/\d{4}(?:-\d\d(?:-\d\d)?)?[~?]?)?")


PLAIN = st.characters(min_codepoint=32, max_codepoint=126)


@settings(max_examples=15, suppress_health_check=list(HealthCheck), deadline=None)
@given(data=st.data(), today=st.dates(date(1800, 1, 1), date(2200, 12, 31)))
@pytest.mark.parametrize("wording", DATE_WORDINGS, ids=lambda w: w.pattern.pattern[:40])
def test_whatever_a_wording_matches_is_read_as_edtf_or_left_out(wording: Wording, data: st.DataObject, today: date) -> None:
    text = data.draw(st.from_regex(wording.pattern, alphabet=PLAIN))
    for when in find_dates(text, Span(0, len(text)), Calendar(today=today, previous=today, zone=zone_of("UA"))):
        assert when.start <= when.end
        assert EDTF.fullmatch(when.edtf), text
