"""The command line. Every command answers with 0, or 1 if some inputs failed (each named on standard error), or 2 if nothing could run."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

from tqdm import tqdm

from gazetteer import commands as gazetteer_commands
from gazetteer.errors import DamagedError, GazetteerError
from geo.articles import read
from geo.claims.assemble import EXTRACTOR_VERSION
from geo.credits import attributions
from geo.errors import InputError, NothingToDoError, StrikemapError
from geo.export import About, Format, Layer, Told, explained, find_format, write
from geo.export.files import write_file, write_stdout
from geo.model import Article, Claim, Extraction, Resolution
from geo.pipeline import Reader
from geo.places.geocoder_query import draw_bounds
from geo.places.needs import Remedies
from geo.settings import Settings

DONE, SOME_FAILED, NOTHING_DONE = 0, 1, 2


@dataclass(slots=True)
class _Problems:
    """What went wrong with inputs: told at once, one line each, and counted."""

    lost: int = 0
    articles: int = 0
    seen: set[str] = field(default_factory=set)

    def __call__(self, error: InputError) -> None:
        self.lost += error.lost
        tqdm.write(f"strikemap: {error}", file=sys.stderr)

    def counted(self, articles: Iterator[Article]) -> Iterator[Article]:
        """Pass the articles on; where none comes because no input could be read, stop before an older output is replaced by nothing."""
        for article in articles:
            self.articles += 1
            yield article
        if self.lost and not self.articles:
            raise NothingToDoError("no input could be read; no output was changed")

    @property
    def status(self) -> int:
        return SOME_FAILED if self.lost else DONE


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    parser = _parser()
    given = list(sys.argv[1:] if arguments is None else arguments)
    # What follows "app" is streamlit's, whatever it looks like.
    options = parser.parse_args(given[:1] if given[:1] == ["app"] else given)
    if options.command == "app":
        options.options = [word for word in given[1:] if word != "--"]
    try:
        status: int = options.run(options)
    except DamagedError as error:
        print(f"strikemap: {error}; build it anew with: strikemap gazetteer build", file=sys.stderr)  # noqa: T201
        return NOTHING_DONE
    except (StrikemapError, GazetteerError) as error:
        print(f"strikemap: {error}", file=sys.stderr)  # noqa: T201  a command line speaks by printing
        return NOTHING_DONE
    except BrokenPipeError:
        # The reader of our output went away, as `| head` does; what is still in the buffer goes nowhere, or Python complains at its exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        print("strikemap: stopped; no output was changed", file=sys.stderr)  # noqa: T201
        return NOTHING_DONE
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="strikemap",
        description="Reads reports of armed strikes and keeps each as a claim: who says that whom struck what, where and when.",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    extract = commands.add_parser("extract", help="articles in, claims out; keeps nothing")
    extract.add_argument(
        "inputs", nargs="+", metavar="INPUT", help="a file, a folder, a glob or - for standard input: text, HTML, JSONL, CSV"
    )
    extract.add_argument(
        "-o",
        "--output",
        metavar="OUT",
        type=_file_or_stdout,
        help="the file to write, as a whole or not at all; - or none: standard output",
    )
    extract.add_argument(
        "--explain", action="store_true", help="tell for each field of a claim the words and the rule that gave it: as text, or in jsonl"
    )
    extract.add_argument("--format", choices=[f.value for f in Format], help="by default by OUT's suffix, jsonl on standard output")
    extract.add_argument(
        "--layer",
        choices=[layer.value for layer in Layer],
        default="claims",
        help="claims of strikes, every place named, the running totals, or what was shot down",
    )
    extract.set_defaults(run=_extract)

    toponyms = commands.add_parser("toponyms", help="place names only, found and resolved")
    toponyms.add_argument("inputs", nargs="+", metavar="INPUT")
    toponyms.add_argument("-o", "--output", metavar="OUT.jsonl", type=_file_or_stdout)
    toponyms.set_defaults(run=_toponyms)

    gazetteer = commands.add_parser("gazetteer", help="the local gazetteer").add_subparsers(dest="action", required=True, metavar="ACTION")
    search = gazetteer.add_parser("search", help="what the gazetteer knows of a name")
    search.add_argument("name", nargs="+", metavar="NAME")
    search.set_defaults(run=lambda o: gazetteer_commands.search(" ".join(o.name), cache_dir=_settings().cache_dir))
    info = gazetteer.add_parser("info", help="layers, counts, licences")
    info.set_defaults(run=lambda _: gazetteer_commands.info(cache_dir=_settings().cache_dir))
    build = gazetteer.add_parser("build", help="build it anew, or build country dumps of GeoNames into it")
    build.add_argument(
        "dumps", nargs="*", metavar="DUMP", help="AZ.zip, AZ.txt or a folder; AZ alone is fetched from GeoNames; without any, the base"
    )
    build.set_defaults(run=lambda o: gazetteer_commands.build(o.dumps, cache_dir=_settings().cache_dir))
    own = gazetteer.add_parser("add", help="places of your own, above all layers")
    own.add_argument("file", metavar="FILE", help="CSV, GeoJSON or Linked Places Format (docs/gazetteer.md)")
    own.set_defaults(run=lambda o: gazetteer_commands.add(o.file, cache_dir=_settings().cache_dir))

    evaluate = commands.add_parser("eval", help="the project's own quality gate")
    evaluate.add_argument(
        "--set", metavar="DIR", dest="folder", help="a folder with articles.jsonl and gold.jsonl instead of the sets that the floors name"
    )
    evaluate.set_defaults(run=_evaluate)

    app = commands.add_parser("app", help="the Streamlit app")
    app.set_defaults(run=_app)
    return parser


def _file_or_stdout(path: str) -> str | None:
    return None if path == "-" else path


def _settings() -> Settings:
    return Settings.from_environment()


def _tell_damage(error: DamagedError) -> None:
    print(f"strikemap: {error}; building it anew", file=sys.stderr)  # noqa: T201


@contextmanager
def _reading(options: argparse.Namespace) -> Iterator[tuple[Reader, Iterator[Article], _Problems]]:
    """Open the gazetteer and the inputs; a progress bar counts reports where a terminal looks on."""
    settings = _settings()
    reader = Reader.open(settings, progress=sys.stderr.isatty(), on_damage=_tell_damage)
    problems = _Problems()
    articles = problems.counted(read(options.inputs, settings=settings, on_error=problems))
    with tqdm(articles, unit=" reports", disable=None, leave=False) as bar:
        yield reader, iter(bar), problems


_OTHER_LAYERS: dict[Layer, Callable[[Extraction], Iterable[Told]]] = {
    Layer.MENTIONS: lambda extraction: extraction.mentions,
    Layer.TOLLS: lambda extraction: extraction.tolls,
    Layer.INTERCEPTIONS: lambda extraction: extraction.interceptions,
}


def _extract(options: argparse.Namespace) -> int:
    if options.explain and _is_for_readers(options):
        return _explain(options)
    chosen = options.format or (find_format(options.output).value if options.output else Format.JSONL.value)
    with _reading(options) as (reader, articles, problems):
        rows: Iterator[Told]
        if options.layer == Layer.CLAIMS:
            rows = _claims(reader, articles, problems.seen)
        else:
            rows = (told for article in articles for told in _OTHER_LAYERS[Layer(options.layer)](reader.extract(article)))
        write(rows, options.output, format=chosen, about=about(reader), layer=options.layer, explain=options.explain)
    return problems.status


def _is_for_readers(options: argparse.Namespace) -> bool:
    """Tell whether reasons are asked for as text: no format is said, and the output's suffix says none."""
    return options.layer == "claims" and options.format is None and (not options.output or Path(options.output).suffix in {"", ".txt"})


def _explain(options: argparse.Namespace) -> int:
    with _reading(options) as (reader, articles, problems):
        _put(explained.lines(_claims(reader, articles, problems.seen)), options)
    return problems.status


def _put(lines: Iterator[bytes], options: argparse.Namespace) -> None:
    if options.output:
        write_file(Path(options.output), lines)
    else:
        write_stdout(lines)


def _claims(reader: Reader, articles: Iterator[Article], seen: set[str]) -> Iterator[Claim]:
    """Yield claims; a report that is given twice tells nothing new."""
    for article in articles:
        for claim in reader.extract(article).claims:
            if claim.claim_id not in seen:
                seen.add(claim.claim_id)
                yield claim


def about(reader: Reader) -> About:
    """Return what every file of ours says of itself. The command line is the user's own machine, so nothing is withheld."""
    return About(
        licence="Claims are quoted from the reports given; their publishers' rights hold. Places: see the attributions.",
        attributions=attributions(),
        extractor_version=EXTRACTOR_VERSION,
        gazetteer_version=reader.gazetteer.version,
        safety="internal",
        created_at=datetime.now(UTC),
    )


def _toponyms(options: argparse.Namespace) -> int:
    with _reading(options) as (reader, articles, problems):
        remedies = Remedies.of(reader.gazetteer)
        documents = (_document(reader, article, remedies) for article in articles)
        lines = ((json.dumps(document, ensure_ascii=False) + "\n").encode("utf-8", "replace") for document in documents)
        _put(lines, options)
    return problems.status


def _document(reader: Reader, article: Article, remedies: Remedies) -> dict[str, Any]:
    """Return one line of `strikemap toponyms` as the contract names it, and what each name without a place would need."""
    mentions = reader.extract(article).mentions
    bounds = draw_bounds(mentions, article=article)
    needs = (remedies.tell(m.resolution, bounds=bounds) or None for m in mentions)
    told = [_toponym(m.resolution, m.role.value, needs=need) for m, need in zip(mentions, needs, strict=True)]
    return {"id": article.article_id, "toponyms": told}


def _toponym(resolution: Resolution, role: str, *, needs: str | None) -> dict[str, Any]:
    span, place = resolution.toponym.span, resolution.place
    return {
        "start": span.start, "end": span.end, "text": resolution.toponym.text,
        "lat": place.lat if place else None, "lon": place.lon if place else None, "name": place.name if place else None,
        "place_id": place.place_id if place else None, "country_code": place.country_code if place else None,
        "place_kind": place.kind.value if place else None, "score": resolution.score, "role": role, "why": resolution.why, "needs": needs,
    }  # fmt: skip


def _evaluate(options: argparse.Namespace) -> int:
    from geo.evaluation import evaluate

    return evaluate(Path(options.folder) if options.folder else None, settings=_settings())


def _app(options: argparse.Namespace) -> int:
    script = Path(str(files("geo"))).parent / "streamlit_app.py"
    config = script.parent / ".streamlit" / "config.toml"
    flags = [] if config.exists() else ["--browser.gatherUsageStats=false", "--server.address=127.0.0.1"]
    command = [sys.executable, "-m", "streamlit", "run", str(script), *flags, *options.options]
    return subprocess.run(command, check=False, cwd=script.parent).returncode  # noqa: S603  our own script
