"""How names are made comparable: one key for a name as it is written, and looser keys for its other romanisations.

`normalise` keeps each script's own spelling and only drops what writers leave out at will: case, Latin accents, Arabic and
Hebrew pointing, apostrophes, hyphens, dots. `loose_keys` goes further and folds the habits by which one and the same name is
romanised in different ways (al-Hudaydah and Hodeida, Xocavənd and Khojavend). Each habit belongs to a region, so a loose key
carries the region's letter and is only ever compared with names from that region.
"""

from __future__ import annotations

import re
import unicodedata

MAX_NAME_LENGTH = 200
"""Longest name, in characters, that is looked up. The longest in GeoNames has fewer."""

# Marks that are spelling aids in Latin, Greek, Cyrillic, Hebrew and Arabic. The vowel signs of Burmese, Devanagari or Thai are
# letters there and stay.
_MARKS = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]"
)
_APOSTROPHES = re.compile("['`´‘’ʻʼʽʾʿˈ′″ʹʺ＇]")
_LETTERS = str.maketrans(
    {
        "ı": "i",
        "ə": "e",
        "ǝ": "e",
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "ħ": "h",
        "ŋ": "n",
        "&": " and ",
    }
)
_INITIALS = re.compile(r"(?<!\w)(?:\w\.)+\w?(?!\w)")
_NOT_WORD = re.compile(r"[^\w\s]|_")
_SPACES = re.compile(r"\s+")

ARAB_COUNTRIES = frozenset("AE BH DJ DZ EG EH IL IQ JO KW LB LY MA MR OM PS QA SA SD SO SS SY TD TN YE".split())
TURKIC_COUNTRIES = frozenset("AM AZ GE IR KG KZ TJ TM TR UZ".split())
SLAVIC_COUNTRIES = frozenset("BG BY KZ MD MK ME RS RU UA".split())

# The article is assimilated before a "sun letter": as-Suwayda, ash-Shaykh, ad-Dumayr.
_ARTICLE = re.compile(
    r"^(?:al|el|ul) (?=\w{2})|^(?:as (?=s)|es (?=s)|ash (?=sh)|esh (?=sh)|at (?=t)|et (?=t)|an (?=n)|en (?=n)|ar (?=r)|er (?=r)"
    r"|ad (?=d)|ed (?=d)|az (?=z)|ez (?=z))"
)
_INNER_ARTICLE = re.compile(r" (?:al|el|ul|as|es|ash|esh|at|et|an|en|ar|er|ad|ed|az|ez) ")
_DOUBLE = re.compile(r"([a-z])\1")
_SAINT = re.compile(r"\b(?:saint|sankt|mount|fort|st|mt|ft)\b")
_SAINTS = {"saint": "st", "sankt": "st", "mount": "mt", "fort": "ft"}
_LATIN = re.compile(r"[a-z0-9 ]+")


def _initials(found: re.Match[str]) -> str:
    return found.group().replace(".", "")


def normalise(text: str) -> str:
    """Make the key under which a name is stored and looked up.

    Parameters
    ----------
    text
        Any string at all.

    Returns
    -------
    key
        Lower case, without accents, pointing, apostrophes and punctuation, words parted by one blank. Empty if nothing is left
        or if the name is longer than `MAX_NAME_LENGTH`. `normalise(normalise(x)) == normalise(x)`.
    """
    if len(text) > MAX_NAME_LENGTH:
        return ""
    if text.isascii():
        lower = text.lower()
        if lower.isalpha():
            return lower
        plain = lower.replace("-", " ")
        # Most names are but letters and blanks, and this is what a build and a look-up spend their time on.
        if plain.replace(" ", "").isalpha():
            return " ".join(plain.split())
        if text.isprintable():  # what controls do is told once, in `_Folded`
            return _tidy(lower)
    # Some letters only settle in a second round (a capital that casefolds into a letter that then decomposes).
    before = text
    for _ in range(4):
        after = _fold(before)
        if after == before:
            break
        before = after
    return before if len(before) <= MAX_NAME_LENGTH else ""


class _Folded(dict[int, int | str | None]):
    """What becomes of each character of a decomposed name; filled as characters are met."""

    def __missing__(self, point: int) -> int | str | None:
        char = chr(point)
        kept: int | str | None = _LETTERS.get(point, point)
        # Format characters (zero-width joiners, direction marks), controls and lone surrogates are nobody's spelling.
        if _MARKS.match(char) or (not char.isspace() and unicodedata.category(char) in {"Cf", "Cc", "Cs", "Co", "Cn"}):
            kept = None
        self[point] = kept
        return kept


class _Words(dict[int, int | str]):
    """A blank for what is no part of a word; filled as characters are met."""

    def __missing__(self, point: int) -> int | str:
        char = chr(point)
        # `\w` leaves out the combining vowel signs of Indic and Burmese script, which must stay.
        self[point] = kept = point if char.isalnum() or unicodedata.category(char)[0] == "M" else " "
        return kept


_FOLDED, _WORDS = _Folded(), _Words()


def _fold(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return unicodedata.normalize("NFC", _tidy(decomposed.translate(_FOLDED)))


def _tidy(text: str) -> str:
    text = _APOSTROPHES.sub("", text)
    if text.isalpha():
        return text
    if "." in text:
        text = _INITIALS.sub(_initials, text)
    if "&" in text:
        text = text.replace("&", " and ")
    return _SPACES.sub(" ", _keep_words(text)).strip()


def _keep_words(text: str) -> str:
    return _NOT_WORD.sub(" ", text) if text.isascii() else text.translate(_WORDS)


def loose_keys(key: str, *, country_code: str | None = None) -> tuple[str, ...]:
    """Fold a normalised name's romanisation.

    Parameters
    ----------
    key
        What `normalise` gave.
    country_code
        ISO 3166-1 alpha-2 of the place that bears the name: only the habits of its region are folded. None for a name to be
        looked up, whose region is not known: a key for every region.

    Returns
    -------
    keys
        Each opens with its region's letter, or "w" where a saint, a mountain or a fort is in the name. Empty for names not in Latin
        letters and for those too short to be told apart (below four letters).
    """
    folds = _FOLDS if country_code is None else _FOLDS_OF.get(country_code, ())
    # Each of them has a "t", and most names end here when a dump is built: they bear no saint and lie in no region.
    saint = "t" in key and _SAINT.search(key)
    if len(key) < 4 or not (saint or folds) or not _LATIN.fullmatch(key):
        return ()
    keys = []
    if saint:
        keys.append("w:" + _SAINT.sub(lambda m: _SAINTS.get(m.group(), m.group()), key))
    for letter, fold in folds:
        folded = fold(key)
        if len(folded) >= 3:
            keys.append(f"{letter}:{folded}")
    return tuple(keys)


def _fold_arabic(key: str) -> str:
    if " " in key:
        key = _INNER_ARTICLE.sub(" ", _ARTICLE.sub("", key))
    for old, new in (
        ("ou", "u"),
        ("oo", "u"),
        ("ee", "i"),
        ("ei", "ay"),
        ("ai", "ay"),
        ("q", "k"),
        ("dh", "d"),
        ("gh", "g"),
        ("o", "u"),
        ("e", "a"),
        ("uw", "w"),
    ):
        key = key.replace(old, new)
    key = _single(key.replace(" ", ""))
    if key.endswith(("ah", "at")):
        key = key[:-1]
    elif key.endswith("y"):
        key = key[:-1] + "i"
    return key.replace("iya", "ia")


def _fold_turkic(key: str) -> str:
    for old, new in (
        ("dzh", "j"),
        ("kh", "h"),
        ("x", "h"),
        ("gh", "g"),
        ("q", "g"),
        ("ch", "c"),
        ("j", "c"),
        ("sh", "s"),
        ("y", "i"),
        ("e", "a"),
    ):
        key = key.replace(old, new)
    return _single(key.replace(" ", ""))


def _fold_slavic(key: str) -> str:
    for old, new in (("kh", "h"), ("yi", "i"), ("iy", "i"), ("ij", "i"), ("yy", "i"), ("y", "i"), ("j", "i")):
        key = key.replace(old, new)
    return _single(key)


def _single(key: str) -> str:
    # Few names have a double letter, and to look for one takes a fifth of the time of a substitution that finds none.
    return _DOUBLE.sub(r"\1", key) if _DOUBLE.search(key) else key


_FOLDS = (("a", _fold_arabic), ("t", _fold_turkic), ("s", _fold_slavic))
_COUNTRIES_OF = {"a": ARAB_COUNTRIES, "t": TURKIC_COUNTRIES, "s": SLAVIC_COUNTRIES}
_FOLDS_OF = {
    country: tuple((letter, fold) for letter, fold in _FOLDS if country in _COUNTRIES_OF[letter])
    for country in ARAB_COUNTRIES | TURKIC_COUNTRIES | SLAVIC_COUNTRIES
}
