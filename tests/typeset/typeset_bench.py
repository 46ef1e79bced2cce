"""One engine and one store for all tests of typesetting: each dump costs half a second."""

from pathlib import Path

import pytest

from proofpress.typeset.compile import Outcome, TypesettingError, typeset
from proofpress.typeset.engine import Engine, find

HEAD = r"""\documentclass{article}
\usepackage[T1]{fontenc}
\usepackage{lmodern}
\usepackage{graphicx}
\newcommand\mine[1]{(#1)}
\newcommand\wrong{\oops}
\begin{document}
"""


@pytest.fixture(scope="session")
def engine() -> Engine:
    return find()


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("store")


class Bench:
    """A folder with one document; `body` starts on line 8."""

    def __init__(self, folder: Path, engine: Engine, store: Path) -> None:
        self.folder, self.engine, self.store = folder, engine, store
        self.pdf = folder / "out" / "report.pdf"
        self.events: list[dict] = []

    def write(self, body: str, head: str = HEAD) -> Path:
        main = self.folder / "report.tex"
        main.write_text(f"{head}{body}\n\\end{{document}}\n", encoding="utf-8")
        return main

    def print(self, body: str, head: str = HEAD, **options: object) -> Outcome:
        main = self.write(body, head)
        given = {"engine": self.engine, "store": self.store, "on_event": self.events.append}
        return typeset(main, self.pdf, **{**given, **options})  # type: ignore[arg-type]

    def complaint(self, body: str, **options: object) -> str:
        with pytest.raises(TypesettingError) as caught:
            self.print(body, **options)
        return str(caught.value)


@pytest.fixture
def bench(tmp_path: Path, engine: Engine, store: Path) -> Bench:
    return Bench(tmp_path, engine, store)
