"""The whole way on one screen: an article goes in; its places are found and resolved, and its claims are read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from gazetteer import DamagedError, Gazetteer
from geo.articles.language import is_english, language_of
from geo.articles.readable import Readable, dated, make_readable
from geo.claims.assemble import Versions, build_claims
from geo.claims.capitals import read_capitals
from geo.claims.reader import read_claims
from geo.model import Article, Extraction, Mention, Resolution, Role
from geo.places.recognise import find_toponyms
from geo.places.resolve import resolve
from geo.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Reads articles with one gazetteer. It keeps nothing of them."""

    gazetteer: Gazetteer
    settings: Settings

    @classmethod
    def open(
        cls, settings: Settings | None = None, *, progress: bool = False, on_damage: Callable[[DamagedError], None] | None = None
    ) -> Reader:
        """Open the gazetteer, building it on first use, with a progress bar on a terminal if `progress` is set.

        `on_damage` is told what is wrong with a damaged file before it is built anew.

        Raises
        ------
        gazetteer.errors.BuildError
            If it has to be built and cannot be.
        """
        chosen = settings or Settings.from_environment()
        return cls(gazetteer=Gazetteer.open(cache_dir=chosen.cache_dir, progress=progress, on_damage=on_damage), settings=chosen)

    def resolve(self, article: Article) -> tuple[Resolution, ...]:
        """Find the place names of an article and resolve them together."""
        return resolve(find_toponyms(article.text, gazetteer=self.gazetteer), article=article, gazetteer=self.gazetteer)

    def _resolve_title(self, article: Article) -> tuple[Resolution, ...]:
        """Resolve the title's place names in the light of the text. A title without capitals is read as if it had them."""
        if not article.title:
            return ()
        title = article.title.title() if article.title.islower() else article.title
        toponyms = find_toponyms(title, gazetteer=self.gazetteer)
        if not toponyms:
            return ()
        return resolve(toponyms, article=replace(article, text=f"{title}\n{article.text}"), gazetteer=self.gazetteer)

    def extract(self, article: Article) -> Extraction:
        """Read all that an article tells; nothing if it is in another language than English."""
        if not is_english(language_of(article.text, told=article.language)):
            return Extraction(article=article)
        ready = make_readable(article.text)
        ready = ready.with_text(read_capitals(ready.text, is_place=self._is_place))
        told = dated(article, ready)
        resolutions = self.resolve(told)
        reading = read_claims(told, resolutions, title=lambda: self._resolve_title(told))
        versions = Versions(gazetteer=self.gazetteer.version)
        claims = build_claims(article, reading, versions=versions, shape_of=self.gazetteer.shape, ready=ready)
        mentions = tuple(
            Mention(
                article_id=article.article_id, resolution=_as_written(r, ready), role=reading.roles.get(r.toponym.span, Role.BACKGROUND)
            )
            for r in resolutions
        )
        tolls = tuple(replace(t, span=ready.back(t.span), quote=ready.written(t.span)) for t in reading.tolls)
        interceptions = tuple(
            replace(i, span=ready.back(i.span), quote=ready.written(i.span), weapon_span=ready.back(i.weapon_span))
            for i in reading.interceptions
        )
        return Extraction(article=article, claims=claims, tolls=tolls, interceptions=interceptions, mentions=mentions)

    def _is_place(self, name: str) -> bool:
        return bool(self.gazetteer.find(name, loose=False))


def _as_written(resolution: Resolution, ready: Readable) -> Resolution:
    """Return what a name stands for with the name as its report has it, in the report's own offsets."""
    toponym = resolution.toponym
    if ready.is_as_written:
        return resolution
    phrase, span = ready.back(toponym.phrase), ready.back(toponym.span)
    return replace(resolution, toponym=replace(toponym, text=ready.written(toponym.span), span=span, phrase=phrase))
