"""Serve a Nominatim database on loopback; prints its port once it listens. Runs under another Python than the tests do.

Usage: PYTHON tests/nominatim_server.py DATABASE.sqlite FOLDER

PYTHON is the one that scripts/make_nominatim_venv.sh makes: Nominatim is no dependency of this project, so its modules are
looked up by name. The socket is bound here, so that no other process can take the port in between.
"""

from __future__ import annotations

import importlib
import os
import socket
import sys
from pathlib import Path


def main() -> None:
    database, folder = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
    os.environ["NOMINATIM_DATABASE_DSN"] = f"sqlite:dbname={database}"
    uvicorn = importlib.import_module("uvicorn")
    application = importlib.import_module("nominatim_api.server.falcon.server").get_application(folder)
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        sys.stdout.write(f"{listener.getsockname()[1]}\n")
        sys.stdout.flush()
        uvicorn.Server(uvicorn.Config(application, log_level="warning")).run(sockets=[listener])


if __name__ == "__main__":
    main()
