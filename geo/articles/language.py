"""Which language a text is in, as far as it shows: by its script, and by the small words that each language cannot do without.

Only what is clear is said. A report in English that quotes another language is in English; a short line is in no language.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from geo.articles.lexicons import read_rows
from geo.model import Span

ENGLISH = "en"
UNKNOWN = "und"
"""ISO 639-2's code for a language that could not be told: some other than English."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_PARAGRAPH = re.compile(r"[^\n]+")
# What is read of a long text: enough to tell, wherever a menu or a quotation stands.
_SAMPLES, _SAMPLE_CHARACTERS = 8, 4_000
# Fewer show nothing. The letters are those of a script that is not Latin.
_FEW_WORDS, _MANY_WORDS, _FEW_LETTERS = 12, 60, 40
# In a page of English a paragraph in Latin letters needs more of them: names alone may look like small words.
_FEW_WORDS_APART = 18
# Shares of small words: English news has .35 to .5, and other languages .2 and more of their own.
_CLEAR, _TWICE, _HARDLY = 0.14, 2.0, 0.02
_MOSTLY, _ACCENTED = 0.6, 0.1
_AFTER_LATIN = "\u0250"
_NONE = frozenset[str]()
_SCRIPTS = (
    ("cyrillic", re.compile(r"[\u0400-\u052f]")),
    ("arabic", re.compile(r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")),
    ("hebrew", re.compile(r"[\u0590-\u05ff]")),
    ("armenian", re.compile(r"[\u0530-\u058f]")),
    ("georgian", re.compile(r"[\u10a0-\u10ff\u2d00-\u2d2f]")),
    ("greek", re.compile(r"[\u0370-\u03ff]")),
    ("devanagari", re.compile(r"[\u0900-\u097f]")),
    ("bengali", re.compile(r"[\u0980-\u09ff]")),
    ("thai", re.compile(r"[\u0e00-\u0e7f]")),
    ("burmese", re.compile(r"[\u1000-\u109f]")),
    ("khmer", re.compile(r"[\u1780-\u17ff]")),
    ("ethiopic", re.compile(r"[\u1200-\u137f]")),
    ("hangul", re.compile(r"[\uac00-\ud7af]")),
    ("kana", re.compile(r"[\u3040-\u30ff]")),
    ("han", re.compile(r"[\u4e00-\u9fff]")),
)


@cache
def _languages() -> tuple[dict[str, str], ...]:
    return tuple(read_rows("languages.tsv"))


@cache
def _names() -> dict[str, str]:
    return {row["code"]: row["name"] for row in _languages()}


@cache
def _codes_of(script: str) -> tuple[str, ...]:
    return tuple(row["code"] for row in _languages() if row["script"] == script)


@cache
def _by_sign(script: str) -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    """The languages of a script by their small words, and by the letters of their own."""
    words, letters = dict[str, frozenset[str]](), dict[str, frozenset[str]]()
    for row in _languages():
        if row["script"] == script:
            words.update({word: words.get(word, _NONE) | {row["code"]} for word in row["words"].split()})
            letters.update({letter: letters.get(letter, _NONE) | {row["code"]} for letter in row["letters"]})
    return words, letters


def language_name(code: str | None) -> str:
    """Return a language's English name; its code, or "its language could not be told", for one that is in no list."""
    if code is None or code == UNKNOWN:
        return "its language could not be told"
    return _names().get(code.replace("_", "-").split("-")[0].lower(), code)


def same_language(one: str, two: str) -> bool:
    """Tell whether two codes name one language: "en-GB" and "en"."""
    return one.replace("_", "-").split("-")[0].lower() == two.replace("_", "-").split("-")[0].lower()


def find_language(text: str) -> str | None:
    """Tell the language of a text.

    Returns
    -------
    code
        ISO 639-1, `UNKNOWN` for one that is no English and in no list, None where the text does not show: too few words.
    """
    words = _sample(text)
    if max(words, default="") < _AFTER_LATIN:
        return _find_latin(words)
    scripts = Counter[str]()
    for word in words:
        scripts[_script_of(word)] += len(word)
    if scripts["kana"]:
        scripts["kana"] += scripts.pop("han", 0)
    if not scripts:
        return None
    script, letters = scripts.most_common(1)[0]
    if script == "latin" or letters < _MOSTLY * scripts.total():
        return _find_latin([w for w in words if _script_of(w) == "latin"])
    return _find_other(words, script) if letters >= _FEW_LETTERS else None


def language_of(text: str, *, told: str | None) -> str | None:
    """Return the language that a text is read in: the one that shows in it, else the one that its file tells, else None."""
    return find_language(text) or told


def is_english(language: str | None) -> bool:
    """Tell whether a text in that language is read; one whose language nobody knows is."""
    return language is None or same_language(language, ENGLISH)


def _sample(text: str) -> list[str]:
    """Return words, in lower case, of the whole text or, of a long one, from all over it."""
    if len(text) <= _SAMPLES * _SAMPLE_CHARACTERS:
        return [word.lower() for word in _WORD.findall(text)]
    step = len(text) // _SAMPLES
    starts = range(0, len(text) - _SAMPLE_CHARACTERS, step)
    return [word.lower() for at in starts for word in _WORD.findall(text, at, at + _SAMPLE_CHARACTERS)]


def _script_of(word: str) -> str:
    if word[0] < _AFTER_LATIN:
        return "latin"
    return next((name for name, letters in _SCRIPTS if letters.match(word)), "latin")


def _shares(words: list[str], script: str) -> list[tuple[float, str]]:
    """Return the share of words that are small ones of each language or have letters of its own, the highest first."""
    by_word, by_letter = _by_sign(script)
    counts, told = Counter[str](), Counter(words)
    for word in by_word.keys() & told.keys():
        for code in by_word[word]:
            counts[code] += told[word]
    # A letter of plain ASCII is no language's own.
    for word in [word for word in told if not word.isascii()]:
        for code in _NONE.union(*(by_letter.get(letter, _NONE) for letter in word)) - by_word.get(word, _NONE):
            counts[code] += told[word]
    return sorted(((counts[code] / len(words), code) for code in _codes_of(script)), reverse=True)


def _find_other(words: list[str], script: str) -> str:
    shares = _shares([w for w in words if _script_of(w) == script] or words, script)
    if len(shares) == 1:
        return shares[0][1]
    return shares[0][1] if len(shares) > 1 and shares[0][0] > shares[1][0] else UNKNOWN


def _find_latin(words: list[str]) -> str | None:
    if len(words) < _FEW_WORDS:
        return None
    shares = _shares(words, "latin")
    (share, best), (second, _) = shares[:2]
    english = next(each for each, code in shares if code == ENGLISH)
    if best != ENGLISH and share >= _CLEAR and share >= _TWICE * english:
        return best if share > second else UNKNOWN
    if english >= _CLEAR / 2:
        return ENGLISH
    accented = sum(not word.isascii() for word in words)
    is_foreign = len(words) >= _MANY_WORDS and english <= _HARDLY and accented >= _ACCENTED * len(words)
    return UNKNOWN if is_foreign else None


def foreign_parts(text: str) -> tuple[Span, ...]:
    """Find the paragraphs that are clearly in another language than English."""
    parts = []
    for found in _PARAGRAPH.finditer(text):
        paragraph = found.group()
        if " the " in paragraph or " of " in paragraph or len(paragraph) < _FEW_LETTERS:
            continue
        language = find_language(paragraph)
        is_told = not paragraph.isascii() or len(_sample(paragraph)) >= _FEW_WORDS_APART
        if is_told and language is not None and not same_language(language, ENGLISH):
            parts.append(Span(*found.span()))
    return tuple(parts)
