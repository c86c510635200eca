"""What the areas take from Natural Earth as it stands, and where they follow the recognised line instead of the de facto one.

gazetteer/data/SOURCES.md tells each of these in words; change both together.
"""

from __future__ import annotations

import shapely

# CLDR and Natural Earth have more; these are the languages of the reports and of the countries that they are about.
LANGUAGES = ("en", "ar", "de", "es", "fa", "fr", "he", "hi", "it", "ja", "ko", "pl", "pt", "ru", "tr", "uk", "ur", "zh")
COUNTRY_LANGUAGES = (*LANGUAGES, "am", "az", "hy", "ka", "ku", "my", "so", "sw", "ti")

# Natural Earth's ISO code is the code of who holds the ground. Right: today's recognised country, None where none is agreed on.
COUNTRY_BY_UNIT: dict[str, str | None] = {
    "RUS-283": "UA",  # Crimea: UN General Assembly resolution 68/262
    "RUS-5482": "UA",  # Sevastopol: the same
    "KAS+00?": None,  # Siachen glacier: no agreed line
    "PFA+00?": None,  # Paracel Islands: claimed by three
    "PGA+00?": None,  # Spratly Islands: claimed by six
    "IOA-1928": "CC",
    "IOA-2652": "CX",
    "NLD-5149": "BQ",
    "NLD-5148": "BQ",
    "NLD-5147": "BQ",
    "NOR-901": "SJ",
    "BVT+00?": "BV",
    "FRA-2000": "GF",
    "FRA-4601": "RE",
    "FRA-1442": "MQ",
    "FRA-4603": "GP",
    "FRA-4602": "YT",
}

# Units that are no first-order division: a pocket of ground with a standing of its own.
REGIONS = frozenset({
    "CYN+00?", "SOL+00?", "SAH+00?", "KAS+00?", "PFA+00?", "PGA+00?", "SYR-5261", "USG+00?", "KAB+00?", "ESB-5132", "WSB-5133",
})  # fmt: skip

# Left-over scraps without a name.
NO_AREA = frozenset({"ATA+99?", "KIR+99?", "COL+99?", "VEN+99?", "AIA+99?", "MEX+99?", "RUS+99?", "ATA+00?"})

# Natural Earth draws the Golan Heights in Israel's Northern District. The western edge of the ground occupied in 1967, drawn by
# hand to about 1 km between known villages of either side (UN Security Council resolution 497).
GOLAN = shapely.Polygon([
    (35.612, 33.30), (35.618, 33.262), (35.64, 33.258), (35.69, 33.25), (35.686, 33.232), (35.668, 33.2), (35.668, 33.16),
    (35.654, 33.13), (35.638, 33.08), (35.628, 33.02), (35.629, 32.95), (35.619, 32.9), (35.64, 32.885), (35.653, 32.85),
    (35.655, 32.8), (35.655, 32.75), (35.66, 32.72), (35.69, 32.7), (36.0, 32.7), (36.0, 33.45), (35.612, 33.45),
])  # fmt: skip
GOLAN_FROM, GOLAN_TO = "ISR-3056", "SYR-145"

# Morocco's regions of Natural Earth reach over the line of 27 degrees 40 minutes; what lies south of it is Western Sahara.
WESTERN_SAHARA = shapely.box(-18.0, 20.0, -8.6667, 27.6667)
WESTERN_SAHARA_FROM, WESTERN_SAHARA_TO = ("MAR-3456", "MAR-3457", "MAR-3469"), "SAH+00?"

# GeoNames' own class of a country-like entry; all others are PCLI.
DEPENDENT = frozenset(
    "AI AS BL BM BQ BV CC CK CX FK FO GF GG GI GL GP GS GU HM IM IO JE KY MF MP MQ MS NC NF NU PF PM PN PR RE SH SJ TC TF TK UM VG VI WF "
    "YT AW CW SX AX".split()
)
SEMI_INDEPENDENT = frozenset({"HK", "MO"})

# GeoNames has one division here where the parts are what reports name.
NOT_DRAWN_TOGETHER = frozenset({"TW.04"})
