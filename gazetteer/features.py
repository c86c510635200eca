"""What GeoNames' feature codes say of a place's extent: whether it may be a mark on a map, and how far it honestly reaches.

The codes are https://www.geonames.org/export/codes.html; the radii are this project's estimates, wide enough to hold most of their kind.
Those of ADM3 and ADM4 are measured: of the 3,861 and 723 divisions of these orders in which cities500 (March 2023) has three settlements
and more, nine in ten reach no farther than 27 and 8 km from their middle. In the dump of the Netherlands, whose ADM3 are city quarters,
it is 2.4 km. A division whose settlements a dump tells is measured by these instead (`divisions`).
"""

from __future__ import annotations

from typing import NamedTuple

from gazetteer.sources import settlement_radius_km


class Extent(NamedTuple):
    """How a feature lies on the ground."""

    is_area: bool
    radius_km: float


CLASSES = frozenset("AHLPRSTUV")

_POINTS: dict[float, str] = {
    1.0: "H.SPNG H.SPNT H.WLL H.WLLS H.WTRH H.FLLS H.GYSR H.DCK H.DCKB H.RSVT H.PND H.POOL H.CNFL R.RDJCT R.RJCT R.RDCUT T.FORD "
    "T.RK T.ISLET",
    2.0: "T.HLL T.CONE T.BUTE T.MND T.NTK T.SDL T.PT H.STMM H.WADM L.LCTY R.TNL R.TNLRD R.TNLRR R.CSWY",
    3.0: "T.MT T.PK T.PASS T.GAP T.VLC T.CAPE T.HDLD T.PROM H.HBR H.ANCH H.AIRS L.PRT L.INDS L.NVB L.CTRB L.DEVH L.OAS L.BTL R.RYD "
    "S.AIRP S.AIRF S.AIRQ S.INSM S.PSN S.OILR S.CMPRF S.DAM S.SCHM S.CTRS S.STNB S.MN S.MNAU S.MNC S.MNCU S.MNFE",
    5.0: "L.MILB S.AIRB",
}
_AREAS: dict[float, str] = {
    3.0: "R.ST R.PRMN H.LKO H.LKC H.CHNM T.DUNE T.BCH L.CMN L.AMUS L.GVL",
    5.0: "H.LK H.LKI H.LGN H.COVE H.FJD H.RSV H.RSVI H.MRSH T.CNYN T.GRGE L.AGRC V.GROVE V.OCH V.MDW T.PLDR",
    15.0: "T.VAL T.ISL T.RDGE T.HLLS T.PLNX L.AREA L.OILF L.GASF L.COLF L.RNGA L.MVA L.MNA H.BAY H.ESTY H.CHN H.STRT H.CNL",
    30.0: "H.STM H.STMI H.WAD H.WADS R.RD R.RR H.STMS L.RES L.RESN L.RESF L.PRK L.TRB L.CST T.ISTH T.DLTA T.PKS A.ADM3 A.ADM3H",
    50.0: "T.MTS T.ISLS T.PEN T.PLN T.UPLD L.RGN L.RGNE L.RGNH L.RGNL R.RTE R.OILP L.BSNP",
    75.0: "A.ADM1 A.ADM1H T.PLAT",
    100.0: "A.TERR H.GULF H.SD L.BSND",
    150.0: "T.DSRT T.ERG T.REG A.PCLH A.PCLD A.PCLF A.PCLS",
    250.0: "A.PCL A.PCLI",
    500.0: "H.SEA",
    2500.0: "H.OCN L.CONT",
    40.0: "A.ADM2 A.ADM2H A.ADMD A.ADMDH A.LTER A.ZN A.ZNB A.PCLIX",
    10.0: "A.ADM4 A.ADM4H A.PRSH",
    6.0: "A.ADM5 A.ADM5H A.ADMS",
}
# What stands in no list. A stream or a wood is nowhere in particular, a building is within a kilometre.
_BY_CLASS = {
    "A": Extent(True, 40.0), "H": Extent(True, 10.0), "L": Extent(True, 15.0), "R": Extent(True, 15.0), "S": Extent(False, 1.0),
    "T": Extent(True, 10.0), "U": Extent(True, 50.0), "V": Extent(True, 10.0), "": Extent(True, 25.0),
}  # fmt: skip
_BY_CODE = {
    code: Extent(is_area, radius_km)
    for is_area, table in ((False, _POINTS), (True, _AREAS))
    for radius_km, codes in table.items()
    for code in codes.split()
}  # fmt: skip
# Several settlements under one name reach farther than one, a quarter less far.
_SETTLEMENTS = {"PPLS": 5.0, "PPLX": 2.0, "PPLL": 2.0, "PPLF": 2.0}


def extent(feature_class: str, feature_code: str, population: int | None) -> Extent:
    """Tell how a GeoNames feature lies on the ground.

    Parameters
    ----------
    feature_class
        One letter, "" where GeoNames has none.
    feature_code
        "PPLA", "ADM1"; "" where GeoNames has none.
    population
        Widens a settlement; None if not told.
    """
    if feature_class == "P":
        return Extent(False, max(_SETTLEMENTS.get(feature_code, 3.0), settlement_radius_km(population) if population else 0.0))
    return _BY_CODE.get(f"{feature_class}.{feature_code}") or _BY_CLASS[feature_class]
