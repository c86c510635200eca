"""Write gazetteer/data/*.lpf.json from the readable tables beside this file.

    python scripts/overlays/build.py            # all tables
    python scripts/overlays/build.py syria      # one

A table is a text file, one place a line, cells between bars. `#` opens a comment, an empty line is skipped. The first line names
the columns:

    id, title, kind, code, lat, lon, km   needed. Kind is "point" or "area", code is GeoNames' feature code, km the radius within
                                          which the place lies. An area may leave km empty if polygons.psv draws it.
    cc                                    ISO 3166-1 alpha-2 codes, with commas; empty for seas and regions over several countries.
    admin1, population, start, end        as they are called; start and end are the life of the place itself.
    jure, facto                           parents. "Martuni Province 1991-09-02/2023-09-20" was one in that span; several go with
                                          semicolons. Where the last de facto span closes and `jure` is told, the place is from
                                          then on de facto there.
    same                                  ids of the same place elsewhere ("gn:586523"), with commas.
    source                                a key of sources.psv; several with commas.

Every other column holds names, several with semicolons, and its own name tells what they are: a language, then perhaps "=kind",
then perhaps "!side" ("az=official!Azerbaijan"). "{Martuni,Martowni} {Province,region}" stands for four names; "Fizuli 1959/" for
a name in use since 1959. The title is the primary name; if a column holds it too, it takes language, side and span from there.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
DATA = HERE.parent.parent / "gazetteer" / "data"
FIXED = ("id", "title", "kind", "code", "lat", "lon", "km", "cc", "admin1", "population", "start", "end", "jure", "facto", "same", "source")
CONTEXT = "https://linkedpasts.org/assets/linkedplaces-context-v1.1.jsonld"
BESIDE = {"polygons", "sources", "parents"}
SPAN = re.compile(r"^(?P<text>.*?)\s+(?P<start>\d{4}(?:-\d\d-\d\d)?)?/(?P<end>\d{4}(?:-\d\d-\d\d)?)?$")
BRACES = re.compile(r"\{([^{}]*)\}")
# GeoNames' feature classes of the codes in use here: https://www.geonames.org/export/codes.html
CLASSES = {
    "P": "PPL PPLA PPLA2 PPLA3 PPLC PPLX PPLL PPLQ PPLS PPLF STLMT",
    "A": "ADM1 ADM2 ADM3 ADM4 ADMD ADMF ADM1H ADMDH PCLI PCLD TERR ZN ZNB",
    "H": "SEA OCN GULF STRT CHN STM STMS CNL LK LKS RSV BAY DLTA SD WAD LGN SWMP MRSH EST FLLS GLCR HBR RF SHOL",
    "L": "RGN CONT AREA LCTY MILB PRT INDS OILF NVB PRK COLF CST",
    "S": "AIRB AIRP AIRF DAM BDG MSTY CMPRF INSM OILR PS PSN PSH CSTM PSTB HSP MN FT OILT MSQE CTRB UNIV RSTN SQR MFG GOSP PRN MNMT",
    "T": "PASS MT MTS PK RDGE ISL ISLS PEN DSRT HLL HLLS VAL PLN PLAT CAPE LAVA VLC CNYN CLF ISTH",
    "R": "RD TNL PRMN",
    "U": "TRNU",
    "V": "FRST",
}
CLASS_OF = {code: letter for letter, codes in CLASSES.items() for code in codes.split()}


class TableError(ValueError):
    """A line of a table that cannot be read. The text names the file and the line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line of a table: `cells` by column, each stripped; a missing cell is the empty string."""

    where: str
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def parts(self, column: str, *, mark: str = ";") -> list[str]:
        """Return what a cell lists, without empty parts."""
        return [part for piece in self[column].split(mark) if (part := piece.strip())]


def rows(path: Path) -> Iterator[Row]:
    """Read a table.

    Raises
    ------
    TableError
        If a line has another number of cells than the first one.
    """
    columns: list[str] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("|")]
        if not columns:
            columns = cells
            continue
        if len(cells) > len(columns):
            raise TableError(f"{path.name}:{number}: {len(cells)} cells, but only {len(columns)} columns")
        yield Row(where=f"{path.name}:{number}", cells=dict(zip(columns, cells, strict=False)))


def spread(text: str) -> list[str]:
    """Write out the braces of a name, in the order they stand."""
    pieces = BRACES.split(text)
    choices = [piece.split(",") if index % 2 else [piece] for index, piece in enumerate(pieces)]
    return [re.sub(r"\s+", " ", "".join(choice)).strip() for choice in product(*choices)]


def span_of(text: str) -> tuple[str, dict[str, Any] | None]:
    """Split "Fizuli 1959/" into the name and its `when`, None if no span is told."""
    found = SPAN.match(text)
    if found is None:
        return text, None
    return found["text"], when(found["start"], found["end"])


def when(start: str | None, end: str | None) -> dict[str, Any] | None:
    """Return Linked Places' `when` of one span, None if it is open on both sides."""
    span = {key: {"in": value} for key, value in (("start", start), ("end", end)) if value}
    return {"timespans": [span]} if span else None


def names_of(row: Row) -> list[dict[str, Any]]:
    """Collect a place's names, the primary one first, each only once."""
    title = row["title"]
    found: dict[str, dict[str, Any]] = {title: {"toponym": title, "lang": "en", "kind": "primary"}}
    for column in row.cells:
        if column in FIXED:
            continue
        head, _, side = column.partition("!")
        language, _, kind = head.partition("=")
        for part in row.parts(column):
            text, span = span_of(part)
            for toponym in spread(text):
                if toponym in found and toponym != title:
                    continue
                name: dict[str, Any] = {
                    "toponym": toponym,
                    "lang": language,
                    "kind": "primary" if toponym == title else kind or "alternate",
                }
                if side:
                    name["side"] = side
                if span:
                    name["when"] = span
                found[toponym] = name
    return list(found.values())


def relations_of(row: Row, targets: dict[str, str]) -> list[dict[str, Any]]:
    """Collect a place's parents. A label that no table and no parents.psv knows is an error: a relation must lead somewhere."""

    def relation(label: str, standing: str, span: dict[str, Any] | None) -> dict[str, Any]:
        if label not in targets:
            raise TableError(f"{row.where}: no place is called {label!r}, and parents.psv does not know it")
        made = {"relationType": "gvp:broaderPartitive", "relationTo": targets[label], "label": label, "standing": standing}
        return made | ({"when": span} if span else {})

    jure = [span_of(part) for part in row.parts("jure")]
    facto = [span_of(part) for part in row.parts("facto")]
    found = [relation(label, "de jure", span) for label, span in jure]
    found += [relation(label, "de facto", span) for label, span in facto]
    closed = facto[-1][1]["timespans"][0].get("end") if facto and facto[-1][1] else None
    if closed and jure:
        found.append(relation(jure[0][0], "de facto", {"timespans": [{"start": closed}]}))
    return found


def geometry_of(row: Row, polygons: dict[str, list[list[float]]]) -> dict[str, Any]:
    """Return the label point, and the polygon beside it if there is one."""
    point = {"type": "Point", "coordinates": [float(row["lon"]), float(row["lat"])]}
    ring = polygons.get(row["id"])
    if ring is None:
        return point
    return {"type": "GeometryCollection", "geometries": [point, {"type": "Polygon", "coordinates": [ring]}]}


def feature(row: Row, *, targets: dict[str, str], polygons: dict[str, list[list[float]]], sources: dict[str, str]) -> dict[str, Any]:
    """Make a feature of a line.

    Raises
    ------
    TableError
        If the line names a code, a parent or a source that is not known.
    """
    code = row["code"]
    if code not in CLASS_OF:
        raise TableError(f"{row.where}: feature code {code!r} is not known")
    properties: dict[str, Any] = {
        "title": row["title"],
        "ccodes": row.parts("cc", mark=","),
        "fclasses": [CLASS_OF[code]],
        "kind": row["kind"],
        "feature_code": code,
    }
    if row["km"]:
        properties["radius_km"] = float(row["km"])
    if row["admin1"]:
        properties["admin1"] = row["admin1"]
    if row["population"]:
        properties["population"] = int(row["population"])
    made: dict[str, Any] = {"@id": row["id"], "type": "Feature", "properties": properties}
    life = when(row["start"], row["end"])
    if life:
        made["when"] = life
    made["names"] = names_of(row)
    made["relations"] = relations_of(row, targets)
    same = row.parts("same", mark=",")
    if same:
        made["links"] = [{"type": "closeMatch", "identifier": identifier} for identifier in same]
    made["geometry"] = geometry_of(row, polygons)
    unknown = [key for key in row.parts("source", mark=",") if key not in sources]
    if unknown:
        raise TableError(f"{row.where}: sources.psv has no {unknown[0]!r}")
    made["citations"] = [{"label": sources[key]} for key in row.parts("source", mark=",") or ["own"]]
    return made


def read_polygons() -> dict[str, list[list[float]]]:
    """Read the drawn areas: closed rings of [lon, lat], by place id."""
    found = {}
    for row in rows(HERE / "polygons.psv"):
        ring = [[float(part) for part in reversed(pair.split(","))] for pair in row["ring"].split()]
        found[row["id"]] = [*ring, ring[0]]
    return found


def overlays(wanted: set[str] | None = None) -> Iterator[tuple[str, str]]:
    """Write out the tables, each as its name and the text of its overlay; all of them if `wanted` is None or empty."""
    tables = {path.stem: list(rows(path)) for path in sorted(HERE.glob("*.psv")) if path.stem not in BESIDE}
    targets = {row["label"]: row["to"] for row in rows(HERE / "parents.psv")}
    targets |= {row["title"]: row["id"] for table in tables.values() for row in table if row["kind"] == "area"}
    sources = {row["key"]: row["label"] for row in rows(HERE / "sources.psv")}
    polygons = read_polygons()
    for name, table in tables.items():
        if wanted and name not in wanted:
            continue
        # A table's own area goes before another table's of the same name.
        local = targets | {row["title"]: row["id"] for row in table if row["kind"] == "area"}
        features = [feature(row, targets=local, polygons=polygons, sources=sources) for row in table]
        lines = ",\n".join(json.dumps(made, ensure_ascii=False) for made in features)
        yield name, f'{{"type": "FeatureCollection", "@context": "{CONTEXT}", "features": [\n{lines}\n]}}\n'


def main() -> None:
    """Write the overlays asked for, all by default."""
    parser = argparse.ArgumentParser(description="Write the overlays of the gazetteer from their tables.")
    parser.add_argument("table", nargs="*", help="name of a table without ending; all if none is named")
    for name, text in overlays(set(parser.parse_args().table)):
        (DATA / f"{name}.lpf.json").write_text(text, encoding="utf-8")
        places, names = text.count('"@id"'), text.count('"toponym"')
        print(f"{name}: {places} places, {names} names")


if __name__ == "__main__":
    main()
