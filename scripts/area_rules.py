"""What the areas take from Natural Earth as it stands, and where they follow the recognised line instead of the de facto one.

gazetteer/data/SOURCES.md tells each of these in words; change both together.
"""

from __future__ import annotations

import shapely


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# CLDR and Natural Earth have more; these are the languages of the reports and of the countries that they are about.
LANGUAGES = ("en", "ru", "uk", "ar", "fa", "ur", "he", "tr", "fr", "de", "es", "pt", "it", "pl", "hi", "zh", "ja", "ko")
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
    "CYN+00?", "SOL+00?", "SAH+00?", "KAS+00?", "PFA+00?", "PGA+00?", "USG+00?", "KAB+00?", "ESB-5132", "WSB-5133",
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
# The buffer zone is a unit of its own there; it is part of Quneitra Governorate.
UNDOF = "SYR-5261"

# Morocco's regions of Natural Earth reach over the line of 27 degrees 40 minutes; what lies south of it is Western Sahara.
WESTERN_SAHARA = shapely.box(-18.0, 20.0, -8.6667, 27.6667)
WESTERN_SAHARA_FROM, WESTERN_SAHARA_TO = ("MAR-3456", "MAR-3457", "MAR-3469"), "SAH+00?"

# GeoNames' own class of a country-like entry; all others are PCLI.
DEPENDENT = _words("""
    AI AS AW AX BL BM BQ BV CC CK CW CX FK FO GF GG GI GL GP GS GU HM IM IO JE KY MF MP MQ MS NC NF NU PF PM PN PR RE SH SJ SX TC TF TK
    UM VG VI WF YT
""")
SEMI_INDEPENDENT = frozenset({"HK", "MO"})

# GeoNames has one division here where the parts are what reports name.
NOT_DRAWN_TOGETHER = frozenset({"TW.04"})

# Natural Earth's own gn_a1_code is exchanged between these two.
CODE_BY_UNIT = {"AZE-4838": "AZ.61", "AZE-1739": "AZ.64"}

# The word that reports put behind the name, for Natural Earth's type_en.
TYPE_WORDS: dict[str, tuple[str, ...]] = {
    "Province": ("Province",), "State": ("State",), "Region": ("Region",), "District": ("District",), "County": ("County",),
    "Governorate": ("Governorate", "Province"), "Department": ("Department",), "Metropolitan department": ("Department",),
    "Prefecture": ("Prefecture",), "Canton": ("Canton",), "Parish": ("Parish",), "Division": ("Division",), "Emirate": ("Emirate",),
    "Republic": ("Republic",), "Municipality": ("Municipality",), "Autonomous Republic": ("Republic",),
}  # fmt: skip
TYPE_WORDS_BY_COUNTRY: dict[str, dict[str, tuple[str, ...]]] = {
    "UA": {"Region": ("Oblast", "Region"), "": ("Oblast", "Region")},
    "RU": {"Region": ("Oblast", "Region"), "Republic": ("Republic",), "Territory": ("Krai",)},
    "BY": {"Region": ("Region", "Oblast")},
    "AZ": {"District": ("District", "Rayon", "Region")},
    "AM": {"Province": ("Province", "Region")},
    "SY": {"Province": ("Governorate", "Province")},
    "IQ": {"Province": ("Governorate", "Province")},
    "LB": {"Province": ("Governorate", "Province")},
    "JO": {"Province": ("Governorate",)},
    "KW": {"Province": ("Governorate",)},
    "OM": {"*": ("Governorate",)},
    "YE": {"Governorate": ("Governorate", "Province")},
    "SA": {"Region": ("Region", "Province")},
    "SD": {"*": ("State",)},
    "SS": {"*": ("State",)},
    "ET": {"*": ("Region",)},
    "ML": {"Region": ("Region",)},
    "BH": {"*": ("Governorate",)},
    "LY": {"*": ("District",)},
    "PL": {"*": ("Voivodeship",)},
    "KZ": {"Region": ("Region", "Oblast")},
    "IL": {"District": ("District",)},
    "IR": {"Province": ("Province",)},
}
TYPE_IN_NAME = frozenset({"UA", "RU"})
TYPE_ENDINGS = (
    "Autonomous Oblast", "Autonomous Okrug", "Oblast", "Krai", "Okrug", "Republic", "State", "Prefecture", "Voivodeship", "Province",
    "County", "Region", "Governorate", "District", "Department",
)  # fmt: skip

# Names that are none without their type word; folded as area_names.fold does it.
TOO_PLAIN = _words("""
    north south east west northern southern eastern western central centre center middle upper lower northwest northeast southwest southeast
    northwestern northeastern southwestern southeastern southcentral northcentral eastcentral westcentral midwest midland
    norte sur sul sud nord est ouest este oeste oriental occidental centro zentral ost sudoest noroeste nordeste centreest centrenord
    centreouest centresud sudouest nordouest nordest sudest kuzey guney dogu bati merkez
    capital nationalcapital nationalcapitaldistrict capitaldistrict capitalregion centralregion federal federaldistrict distritofederal
    city metropolitan metropolis union unity border coast coastal maritime littoral littoralcentral island islands highlands hills
    mountains montagnes plains plateau plateaux plateaucentral hautsbassins gulf bay delta valley lac lake lakes lacs lagunes lagoons
    river rivers nile redsea savanes savannah jewish mon somali the
""")
SHORT_NAMES = frozenset({"DC", "D.C.", "UK", "US"})
# "Ill.", "Miss.", "Wash.": no longer than this, a shortened name reads like a word.
LONGEST_SHORTENED = 6

# Regions that reports name as one, beside those of the overlays: the GeoNames first-order codes that make them up.
COMPOSITES: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "ne:PH.mindanao": ("Mindanao", "PH", ("PH.09", "PH.10", "PH.11", "PH.12", "PH.13", "PH.14")),
    "ne:PH.luzon": ("Luzon", "PH", ("PH.01", "PH.02", "PH.03", "PH.05", "PH.15", "PH.40", "PH.NCR")),
    "ne:PH.visayas": ("Visayas", "PH", ("PH.06", "PH.07", "PH.08")),
    "ne:SS.equatoria": ("Equatoria", "SS", ("SS.01", "SS.02", "SS.10")),
    "ne:SS.bahr-el-ghazal": ("Bahr el Ghazal", "SS", ("SS.05", "SS.08", "SS.09", "SS.04")),
    "ne:SO.puntland": ("Puntland", "SO", ("SO.03", "SO.18")),
    "ne:TZ.zanzibar": ("Zanzibar", "TZ", ("TZ.13", "TZ.20", "TZ.21", "TZ.22", "TZ.25")),
}
