"""Makes small dumps in GeoNames' format, so that no test needs GeoNames' own data."""

from __future__ import annotations

from pathlib import Path


def row(
    number: object, name: str, *, lat: object = 40.0, lon: object = 46.0, letter: str = "P", code: str = "PPL", country: str = "AZ",
    alternates: str = "", admin1: str = "", admin2: str = "", admin3: str = "", population: object = 0, changed: str = "2026-01-02",
    ascii_name: str = "",
) -> str:  # fmt: skip
    """Make one line of a dump: https://download.geonames.org/export/dump/readme.txt"""
    cells = (
        number, name, ascii_name or name, alternates, lat, lon, letter, code, country, "", admin1, admin2, admin3, "", population, "", "5",
        "Asia/Baku", changed,
    )  # fmt: skip
    return "\t".join(str(cell) for cell in cells)


def write(path: Path, *lines: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="")
    return path


def many(path: Path, count: int, *, first: int = 500_000_000) -> Path:
    """Write a dump of so many villages with made-up names."""
    return write(path, *(row(first + n, f"Dumpville {n}", lat=38 + n % 500 / 100, alternates=f"Dumpstadt {n}") for n in range(count)))
