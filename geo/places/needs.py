"""Says what a place name that stayed unresolved would need: a dump to build, a word more, or a place of the user's own."""

from __future__ import annotations

import re
from dataclasses import dataclass

from gazetteer import Gazetteer
from gazetteer.model import Layer
from geo.model import Resolution
from geo.places.geocoder_query import Bounds

_WORLD = "allCountries"
_DUMP = re.compile(r"dump (\w+)\.")
# Whoever reads of five countries is not helped by five dumps.
_MOST_DUMPS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedies:
    """What there is to be had, given what is built: `dumps` names GeoNames' dumps in the gazetteer, "AZ" or "allCountries"."""

    dumps: frozenset[str]

    @classmethod
    def of(cls, gazetteer: Gazetteer) -> Remedies:
        """See which dumps a gazetteer has."""
        names = (_DUMP.search(source.name) for source in gazetteer.sources() if source.layer is Layer.DUMP)
        return cls(dumps=frozenset(found[1] for found in names if found))

    def tell(self, resolution: Resolution, *, bounds: Bounds) -> str:
        """Say what would help a name; empty if it has a place.

        Parameters
        ----------
        bounds
            Of the name's report, from `draw_bounds`: the dumps worth building are those of the countries that it speaks of.
        """
        if resolution.place is not None:
            return ""
        spoken = bounds.countries or bounds.spoken
        missing = () if _WORLD in self.dumps else tuple(code for code in spoken if code not in self.dumps)
        ways = []
        if resolution.candidates:
            ways.append("a word beside the name that tells its region or country")
        if 0 < len(missing) <= _MOST_DUMPS:
            codes = " ".join(missing)
            ways.append(f"GeoNames' dump of {' and '.join(missing)}, which has villages and sites too (strikemap gazetteer build {codes})")
        elif missing:
            ways.append("GeoNames' dump of the country that it lies in (strikemap gazetteer build CODE)")
        elif not spoken and not resolution.candidates:
            ways.append("a country, which the report does not name")
        ways.append("a place of your own (strikemap gazetteer add FILE)")
        return "; or ".join(ways)
