"""A web page gives its report and what it says of itself, and nothing in it runs or stays as markup."""

from __future__ import annotations

import time
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.articles import read_bytes
from geo.errors import InputError
from geo.model import Article
from geo.settings import Settings

PAGE = (Path(__file__).parent / "data" / "articles" / "page.html").read_bytes()
SETTINGS = Settings(cache_dir=Path("unused"))


def article_of(page: bytes | str, *, name: str = "page.html") -> Article:
    errors: list[InputError] = []
    (article,) = read_bytes(name, page if isinstance(page, bytes) else page.encode(), settings=SETTINGS, on_error=errors.append)
    assert errors == []
    return article


@pytest.mark.parametrize("name", ["page.html", "saved", "page.txt"])
def test_a_page_gives_its_report_alone(name: str) -> None:
    article = article_of(PAGE, name=name)
    assert article.text == (
        "STEPANAKERT, October 25 (Example Wire) - Rockets hit Martakert in the night,\nlocal authorities said."
        "\n\nNobody was hurt & one house burnt <down>."
    )
    assert article.title == "Rockets hit Martakert"
    assert article.source == "Example Wire"
    assert article.url == "https://news.example/rockets-martakert"
    assert article.language == "en-GB"
    assert article.published == datetime(2020, 10, 25, 8, 30, tzinfo=timezone(timedelta(hours=4)))
    assert article.dateline is not None
    assert (article.dateline.day, article.dateline.place_text) == (date(2020, 10, 25), "STEPANAKERT")


def test_a_page_that_says_nothing_of_itself_leaves_all_that_empty() -> None:
    article = article_of("<p>Shells fell.</p>")
    assert article.text == "Shells fell."
    assert (article.title, article.url, article.source, article.published, article.language) == (None,) * 5


def test_the_title_comes_from_the_page_head_and_else_from_its_heading() -> None:
    assert article_of("<title> A \n title </title><h1>Heading</h1><p>Text").title == "A title"
    assert article_of("<h1>A <i>heading</i></h1><p>Text").title == "A heading"


def test_a_heading_that_is_not_the_title_stays_in_the_text() -> None:
    assert article_of("<title>News</title><h1>Shells fell on Terter</h1><p>Text").text == "Shells fell on Terter\n\nText"


@pytest.mark.parametrize(
    "mark",
    [
        '<meta property="article:published_time" content="2020-10-24">',
        "<meta itemprop=datePublished content=2020-10-24>",
        '<time datetime="2020-10-24">yesterday</time>',
        '<script type="application/ld+json">[{"x": [{"datePublished": "2020-10-24"}]}]</script>',
        '<script type="application/ld+json">{broken</script><time datetime="2020-10-24"></time>',
        '<time datetime="last week"></time><meta property="article:published_time" content="2020-10-24">',
    ],
)
def test_the_publication_date_is_found_where_pages_put_it(mark: str) -> None:
    assert article_of(f"<html><body>{mark}<p>Text</p>").published == date(2020, 10, 24)


def test_a_date_that_cannot_be_read_is_reported() -> None:
    errors: list[InputError] = []
    page = b'<time datetime="last week"></time><p>Text</p>'
    (article,) = read_bytes("page.html", page, settings=SETTINGS, on_error=errors.append)
    assert article.published is None
    assert [error.lost for error in errors] == [False]


def test_an_address_that_is_no_web_address_is_not_taken() -> None:
    assert article_of('<link rel=canonical href="javascript:alert(1)"><meta property="og:url" content="/a"><p>Text').url is None


def test_of_several_teasers_none_is_taken_for_the_report() -> None:
    assert article_of("<main><article><p>One</article><article><p>Two</article></main><p>Else").text == "One\n\nTwo"


@pytest.mark.parametrize("page", ["<form><div><p>Text</p></div></form>", "<header><p>Text</header>", "<nav><p>Text"])
def test_a_page_that_lies_whole_in_what_is_left_out_is_read_all_the_same(page: str) -> None:
    assert article_of(page).text == "Text"


def test_furniture_that_is_never_closed_ends_with_what_it_lies_in() -> None:
    assert article_of("<div><nav>Menu</div><p>Text</p>").text == "Text"


def test_what_is_hidden_is_not_read() -> None:
    assert article_of("<p hidden>Secret</p><p>Text</p>").text == "Text"


def test_preformatted_text_keeps_its_lines() -> None:
    assert article_of("<pre>One\nTwo</pre>").text == "One\nTwo"


def test_scripts_are_neither_run_nor_read_in_any_spelling() -> None:
    page = "<p>Text</p><SCRIPT>one</SCRIPT ><script src=x>two</script\n><style>three</style><!-- four --><script>five"
    assert article_of(page).text == "Text"


@pytest.mark.parametrize(
    "piece", ["<!--", "<![CDATA[", "<?", "<!x", "<a ", '<a b="', "</", "<div>", "</div>", "<script", "<b/", "&amp", "<h1>x", "<p><nav>"]
)
@pytest.mark.parametrize("end", ["", ">\"'-->"])
def test_hostile_pages_cost_no_more_than_others(piece: str, end: str) -> None:
    page = f"<html><p>Text</p>{piece * (400_000 // len(piece))}{end}"
    start = time.process_time()
    list(read_bytes("page.html", page.encode(), settings=SETTINGS, on_error=lambda _: None))
    assert time.process_time() - start < 5  # quadratic time would be minutes


@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<div hidden>",
                "</div>",
                "<nav>",
                "<article>",
                "</article>",
                "<br>",
                "<h1>",
                "</h1>",
                "<title>",
                "<!--",
                "-->",
                "<script>",
                "</script>",
                "x ",
                "&lt;",
                "<",
                ">",
                '"',
            ]
        )
        | st.text(max_size=4),
        max_size=25,
    ).map("".join)
)
def test_any_markup_is_read_without_failing(markup: str) -> None:
    errors: list[InputError] = []
    articles = list(read_bytes("page.html", b"<html>" + markup.encode(), settings=SETTINGS, on_error=errors.append))
    assert len(articles) + len(errors) == 1
