"""Write requirements.lock (to run) and requirements-test.lock (what tests and checks need besides), hashed and without addresses.

Needs `uv` (pip install uv). Run it from the root of the project: python scripts/lock.py
"""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

RUN, TEST = Path("requirements.lock"), Path("requirements-test.lock")
COMPILE = ["uv", "pip", "compile", "pyproject.toml", "--universal", "--python-version", "3.11",
           "--generate-hashes", "--no-header", "--no-annotate", "--quiet"]  # fmt: skip


def compiled(*options: str) -> list[str]:
    """Return the locked requirements, one a block with its hashes."""
    text = subprocess.run([*COMPILE, *options], check=True, capture_output=True, text=True).stdout
    return re.findall(r"^\S.*(?:\n    --hash=.*)*", text, re.MULTILINE)


def main() -> None:
    run = compiled("--extra", "build")
    RUN.write_text("\n".join(run) + "\n", encoding="utf-8")
    test = compiled("--extra", "build", "--extra", "test", "--extra", "check", "--constraints", str(RUN))
    TEST.write_text("\n".join(block for block in test if block not in run) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
