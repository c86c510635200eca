"""Looks names up in the built gazetteer: in the base and, beside it, in the dumps that the user built and in the user's own places."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from shapely.geometry.base import BaseGeometry

from gazetteer.build import build, file_path
from gazetteer.distance import distance_km
from gazetteer.errors import DamagedError
from gazetteer.model import Layer, Match, Place, PlaceKind
from gazetteer.names import loose_keys, normalise
from gazetteer.own import own_file
from gazetteer.store import SourceInfo, Store
from gazetteer.swap import Progress, newest
from gazetteer.tables import KINDS

SAME_PLACE_KM = 6.0
"""An entry of a lower layer that bears the same name this near to an upper layer's is the same place."""
_CACHED_NAMES = 10_000
"""Each takes 1.3 kB with what it found."""
_CACHED_PLACES = 500
"""With all their names: reports of one war name the same places."""
MAPPED_BYTES = 64 << 20
"""As much of the files as may count towards the memory of the process. A look-up beyond it takes 2 us more, where to map it all would take
half a gigabyte for 40,000 names from all over a file of 5 million."""
# A member of an enum takes longer to look up than a global.
_OVERLAY, _DUMP, _AIRFIELDS, _POINT = Layer.OVERLAY, Layer.DUMP, Layer.AIRFIELDS, PlaceKind.POINT
_BASE_RANK = 2
_STANDING = {kind: standing for standing, kind in enumerate(KINDS)}
_SETTLEMENTS_AND_DIVISIONS = ("PPL", "STLMT", "ADM", "PCL", "TERR", "PRSH")
_LESSER_DIVISIONS = ("ADM2", "ADM3", "ADM4", "ADM5", "ADMD")


class Gazetteer:
    """The gazetteer, read only. One may serve several threads; a new process opens its own."""

    def __init__(self, path: Path, *, dumps: Path | None = None, own: Path | None = None) -> None:
        """Open finished files; `Gazetteer.open` finds them and builds what is missing.

        Parameters
        ----------
        path
            The base, with the overlays.
        dumps, own
            Files of the same schema, read before the base; None if there are none.

        Raises
        ------
        DamagedError
            If a file is missing, cut short, or no gazetteer of this schema.
        """
        self.path = path
        share = MAPPED_BYTES // sum(file is not None for file in (path, dumps, own))
        self._base = Store(path, mapped_bytes=share)
        try:
            self._dumps = None if dumps is None else Store(dumps, mapped_bytes=share)
        except DamagedError as error:
            raise DamagedError(f"{error}; delete the file, and build the dumps again") from error
        self._own = None if own is None else Store(own, mapped_bytes=share)
        self._stores = tuple(store for store in (self._own, self._dumps, self._base) if store is not None)
        self._own_ids = frozenset(() if self._own is None else self._own.ids())
        self.version = "+".join(store.version for store in reversed(self._stores))
        self._found: dict[tuple[str, bool], tuple[Match, ...]] = {}
        self._whole: dict[str, Place] = {}

    @classmethod
    def open(
        cls,
        *,
        cache_dir: Path,
        progress: bool = False,
        on_progress: Progress | None = None,
        rebuild_damaged: bool = True,
        on_damage: Callable[[DamagedError], None] | None = None,
    ) -> Gazetteer:
        """Open the gazetteer, building the base on first use, and the file of a user's own places when those changed.

        Parameters
        ----------
        cache_dir
            Where the built files lie; made if missing.
        progress
            Draw a bar on stderr while building, on a terminal only.
        on_progress
            Told the share done (0 to 1) and the step, for an app's own bar.
        rebuild_damaged
            Build the base anew if its file is damaged.
        on_damage
            Told what is wrong with a damaged base before it is built anew.

        Raises
        ------
        BuildError
            If it cannot be built.
        DamagedError
            If the base is damaged and `rebuild_damaged` is off, or if the file of the dumps is.
        OverlayError
            If a file of the user's own places no longer holds.
        """
        path = file_path(cache_dir)
        if not path.exists():
            build(cache_dir, progress=progress, on_progress=on_progress)
        try:
            Store(path).close()
        except DamagedError as error:
            if not rebuild_damaged:
                raise
            if on_damage is not None:
                on_damage(error)
            build(cache_dir, progress=progress, on_progress=on_progress, replace=True)
        return cls(path, dumps=newest(cache_dir, "dumps"), own=own_file(cache_dir))

    def find(self, name: str, *, loose: bool = True) -> tuple[Match, ...]:
        """Find all places that bear a name.

        Parameters
        ----------
        name
            As written; any string.
        loose
            Also places that bear it in another romanisation ("Hodeida" for Al Hudaydah). They come last.

        Returns
        -------
        matches
            The user's own places, the overlay and countries first, then settlements and divisions before mountains, stations and the
            like, names as written before names alike, primary before official, alternate and historic ones, then by population. Empty
            if no place has the name. `names` and `parents` may be empty here; `get` gives them.

        Raises
        ------
        DamagedError
            If a file turns out damaged.
        """
        asked = (name, loose)
        found = self._found.get(asked)
        if found is None:
            if len(self._found) >= _CACHED_NAMES:
                self._found.clear()
            found = self._found[asked] = self._find(name, loose=loose)
        return found

    def _find(self, name: str, *, loose: bool) -> tuple[Match, ...]:
        norm = normalise(name)
        if not norm:
            return ()
        if not loose:
            found = [store.find(norm, name) for store in self._stores]
            return self._in_order(found, norm) if any(found) else ()
        # Whoever asks for other romanisations has mostly asked for the name itself before.
        as_written = self.find(name, loose=False)
        keys = loose_keys(norm)
        others = [store.find_loose(norm, keys) for store in self._stores] if keys else []
        if not any(others):
            return as_written
        known = {m.place.place_id for m in as_written}
        return self._in_order([[*as_written, *(m for m in self._merge(others) if m.place.place_id not in known)]], norm)

    def _in_order(self, found: list[list[Match]], norm: str) -> tuple[Match, ...]:
        """Give what was found by each store in the order of `find`, each place once."""
        matches = self._merge(found)
        if len(matches) > 1:
            matches.sort(key=lambda m: self._order(m, norm))
            matches = self._without_doubles(matches)
        return tuple(matches)

    def _merge(self, found: list[list[Match]]) -> list[Match]:
        """Keep one match a place: the entry of the store that has the say on its id, under the best of the names that matched."""
        if len(found) == 1:
            return found[0]
        merged: dict[str, Match] = {}
        for store, matches in zip(self._stores, found, strict=True):
            for match in matches:
                place_id = match.place.place_id
                known = merged.get(place_id)
                if known is None:
                    place = self._say(place_id, over=store)
                    merged[place_id] = match if place is None else replace(match, place=place)
                elif (match.exact, -_STANDING[match.name.kind]) > (known.exact, -_STANDING[known.name.kind]):
                    merged[place_id] = replace(match, place=known.place)
        return list(merged.values())

    def _say(self, place_id: str, *, over: Store | None = None, whole: bool = False) -> Place | None:
        """Give the entry of the first store that has the say on this id, among those that have it `over` the given one."""
        for store in self._order_of(place_id):
            if store is over:
                return None
            if (place := store.get(place_id, whole=whole)) is not None:
                return place
        return None

    def _order_of(self, place_id: str) -> Iterator[Store]:
        """Say which store is asked first: a dump knows GeoNames' entries better than the base, which has the outlines of its areas."""
        if self._own is not None and place_id in self._own_ids:
            yield self._own
        rest = [store for store in self._stores if store is not self._own]
        yield from rest if place_id.startswith("gn:") else reversed(rest)

    def get(self, place_id: str) -> Place | None:
        """Give the entry with this id, with all its names and parents; None if there is none.

        Raises
        ------
        DamagedError
            If a file turns out damaged.
        """
        place = self._whole.get(place_id)
        if place is None and (place := self._say(place_id, whole=True)) is not None:
            if len(self._whole) >= _CACHED_PLACES:
                self._whole.clear()
            self._whole[place_id] = place
        return place

    def shape(self, place_id: str) -> BaseGeometry | None:
        """Give the outline of an area in (lon, lat) degrees; None if the entry has none or there is no such entry.

        Raises
        ------
        DamagedError
            If a file turns out damaged.
        """
        for store in self._order_of(place_id):
            if (outline := store.shape(place_id)) is not None:
                return outline
        return None

    def sources(self) -> tuple[SourceInfo, ...]:
        """List what the gazetteer is made of: every source with its layer, licence, date and number of places."""
        return tuple(source for store in self._stores for source in store.sources())

    @property
    def files(self) -> tuple[Path, ...]:
        """The files that are read, the one that is asked first at the front."""
        return tuple(store.path for store in self._stores)

    def close(self) -> None:
        for store in self._stores:
            store.close()

    def _order(self, match: Match, norm: str) -> tuple[bool, int, bool, bool, int, float, str]:
        alike = match.exact or normalise(match.name.text) == norm
        place = match.place
        code = place.feature_code or ""
        is_first = place.layer is _OVERLAY or code.startswith("PCL")
        return (
            not alike,
            2 - is_first - (place.place_id in self._own_ids),
            _is_spot(place) or (place.layer is _DUMP and code.startswith(_LESSER_DIVISIONS)),
            not match.exact,
            _STANDING[match.name.kind],
            -(place.population or 0),
            place.place_id,
        )

    def _without_doubles(self, matches: list[Match]) -> list[Match]:
        """Drop entries of lower layers that an upper one stands for, and the stations and hills of a town that has their name."""
        ranked = [(self._rank(m.place), m) for m in matches]
        if all(rank == _BASE_RANK for rank, _ in ranked):
            return matches
        return [m for rank, m in ranked if not any(r < rank and _stands_for(u.place, m.place) for r, u in ranked)]

    def _rank(self, place: Place) -> int:
        if place.place_id in self._own_ids:
            return 0
        return 1 if place.layer is _OVERLAY else _BASE_RANK + _is_spot(place) + (place.layer is _AIRFIELDS)


def _is_spot(place: Place) -> bool:
    """Tell hotels, hills and airfields from settlements and divisions. The base has none of them."""
    is_listed = place.layer is _DUMP or place.layer is _AIRFIELDS
    return is_listed and not (place.feature_code or "").startswith(_SETTLEMENTS_AND_DIVISIONS)


def _stands_for(upper: Place, lower: Place) -> bool:
    if lower.kind is not upper.kind:
        return False
    reach_km = SAME_PLACE_KM if lower.kind is _POINT else max(upper.radius_km, lower.radius_km)
    return distance_km(lower, upper) <= reach_km
