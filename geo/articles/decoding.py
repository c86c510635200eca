"""Bytes to characters: what is no text is refused, and a guess is said to be one."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

import charset_normalizer

from geo.articles.inputs import Source
from geo.errors import InputError

# Each by the bytes that its own specification opens a file with.
_KINDS = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive (or a Word, Excel or OpenDocument file)"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel file"),
    (b"{\\rtf", "an RTF document"),
    (b"PAR1", "a Parquet file"),
    (b"SQLite format 3\x00", "an SQLite or GeoPackage file"),
)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?([\w.:-]+)|<\?xml[^>]{0,100}encoding\s*=\s*["']([\w.:-]+)""", re.IGNORECASE)
# The single-byte encodings of the regions that reports of strikes come from; closer relatives cannot be told apart by content.
_MOSTLY_ASCII = ("cp1252", "cp1250", "cp1254")
_OTHER_ALPHABETS = ("cp1251", "koi8_r", "cp1256", "cp1255")
_CHUNK = 1 << 20
_HEAD = 4096
_SAMPLE = 1 << 16
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x80-\x9f]")
_MANY = 0.3
_SOUND_FOR_EACH_BROKEN = 5
_DECLARABLE = frozenset(
    ("cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "koi8-r", "koi8-u", "cp866", "iso8859-2", "iso8859-5",
     "iso8859-6", "iso8859-7", "iso8859-8", "iso8859-9", "iso8859-15", "shift_jis", "euc_jp", "euc_kr", "gb2312", "gbk", "gb18030", "big5")
)  # fmt: skip
"""What a page may declare; UTF-7 and the like have been used to smuggle markup, and the HTML standard knows none of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoding:
    """How to decode a source.

    `doubt` is None, or says for the user what is not certain: the encoding is a guess, or some bytes cannot be decoded and
    each becomes U+FFFD.
    """

    name: str
    errors: str = "strict"
    doubt: str | None = None


def detect(source: Source) -> Encoding:
    """Find the encoding of a source: byte-order mark, UTF-8, what a page declares, or a guess.

    Constant memory; the stream is left at its start.

    Raises
    ------
    InputError
        If the source is no text.
    """
    stream = source.stream
    head = stream.read(_HEAD)
    for magic, kind in _KINDS:
        if head.startswith(magic):
            raise InputError(source.name, f"is {kind}, not text")
    mark = next((encoding for bom, encoding in _BOMS if head.startswith(bom)), None)
    if mark is not None and mark != "utf-8-sig":
        if not _decodes(source, mark):
            raise InputError(source.name, f"begins as {mark} text but is not")
        return Encoding(name=mark)
    sample = _first_not_utf8(source)
    if sample is None:
        return Encoding(name="utf-8-sig")
    return _declared(source, head) or _damaged_utf8(sample) or _guessed(source, sample)


def _first_not_utf8(source: Source) -> bytes | None:
    """Return the bytes around the first that are not UTF-8, None if all are."""
    decoder, sample = codecs.getincrementaldecoder("utf-8")(), None
    source.stream.seek(0)
    while True:
        chunk = source.stream.read(_CHUNK)
        if b"\x00" in chunk:
            raise InputError(source.name, "is binary, not text")
        if sample is None:
            try:
                decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as error:
                begin = max(0, error.start - _SAMPLE // 2)
                sample = error.object[begin : begin + _SAMPLE]
        if not chunk:
            break
    source.stream.seek(0)
    return sample


def _declared(source: Source, head: bytes) -> Encoding | None:
    found = _DECLARED.search(head)
    if found is None:
        return None
    try:
        name = codecs.lookup((found[1] or found[2]).decode("ascii")).name
    except LookupError:
        return None
    # The HTML standard reads Latin-1 as Windows-1252: pages say the one and mean the other.
    name = "cp1252" if name in {"iso8859-1", "ascii"} else name
    return Encoding(name=name) if name in _DECLARABLE and _decodes(source, name) else None


def _damaged_utf8(sample: bytes) -> Encoding | None:
    """Recognise UTF-8 with a few broken bytes: a guess at another encoding would spoil all that is sound."""
    broken = sample.decode("utf-8", errors="replace").count("\ufffd")
    sound = sum(character > "\x7f" for character in sample.decode("utf-8", errors="ignore"))
    if sound < _SOUND_FOR_EACH_BROKEN * broken:
        return None
    return Encoding(name="utf-8-sig", errors="replace", doubt="holds bytes that are not UTF-8; each of them is shown as \ufffd")


def _guessed(source: Source, sample: bytes) -> Encoding:
    high = sum(byte > 0x7F for byte in sample)
    letters = sum(chr(byte).isalpha() for byte in sample if byte < 0x80) + high
    families = (_MOSTLY_ASCII, _OTHER_ALPHABETS) if high < letters * _MANY else (_OTHER_ALPHABETS, _MOSTLY_ASCII)
    for family in families:
        best = charset_normalizer.from_bytes(sample, cp_isolation=list(family)).best()
        # Encodings that differ only in bytes that the sample lacks: the more usual one of them.
        told = sample.decode(best.encoding, errors="replace") if best else None
        for name in sorted(family, key=lambda each: sample.decode(each, errors="replace") != told):
            if _decodes(source, name):
                return Encoding(name=name, doubt=f"is not UTF-8; read as {name}, which is a guess: save it as UTF-8 to be sure")
    raise InputError(source.name, "is binary, not text")


def _decodes(source: Source, encoding: str) -> bool:
    """Decode the whole source once, so that no error can come up in its middle later; control characters speak against it."""
    decoder = codecs.getincrementaldecoder(encoding)()
    source.stream.seek(0)
    try:
        while chunk := source.stream.read(_CHUNK):
            if _CONTROL.search(decoder.decode(chunk)):
                return False
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    finally:
        source.stream.seek(0)
    return True
