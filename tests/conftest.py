"""What all tests share: one gazetteer a session, and a promise that nothing is skipped where the parts are said to be there."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from gazetteer import Gazetteer
from geo.pipeline import Reader
from geo.settings import Settings

SHARED = Path(__file__).parents[2] / "shared"


@pytest.fixture(scope="session")
def settings(pytestconfig: pytest.Config) -> Settings:
    """Settings with a cache of the tests' own, which outlives the session: building the gazetteer takes a quarter of a minute."""
    cache = pytestconfig.cache
    assert cache is not None
    return Settings(cache_dir=cache.mkdir("strikemap"))


@pytest.fixture(scope="session")
def reader(settings: Settings) -> Reader:
    return Reader.open(settings)


@pytest.fixture(scope="session")
def gazetteer(reader: Reader) -> Gazetteer:
    return reader.gazetteer


@pytest.hookimpl(wrapper=True)
def pytest_sessionfinish(session: pytest.Session) -> Iterator[None]:
    """Fail where a test was skipped although STRIKEMAP_PROMISE says that its parts are there (.ci/run sets it)."""
    result = yield
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("STRIKEMAP_PROMISE") and reporter is not None:
        broken = [reason for r in reporter.stats.get("skipped", []) if not _is_excused(reason := _reason(r))]
        if broken:
            reporter.write_line("Skipped, although .ci/run promised to run it:")
            for reason in sorted(set(broken)):
                reporter.write_line(f"  {reason}")
            session.exitstatus = pytest.ExitCode.TESTS_FAILED
    return result


def _is_excused(reason: str) -> bool:
    # A container may refuse to mount a disk even to root.
    return "lets nobody mount" in reason or ("../shared" in reason and not SHARED.exists())


def _reason(report: pytest.TestReport) -> str:
    return str(report.longrepr[2]) if isinstance(report.longrepr, tuple) else str(report.longrepr)
