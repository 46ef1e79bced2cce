"""The preamble, dumped once as a format and reused while everything that it read stands.

Place in the chain: preamble -> **format** -> passes over the body. The preamble is what stands
before \\begin{document}; no marker is needed, so a plain `pdflatex report.tex` works as well.
TeX itself uses a stale format without a word. Here a format is named by the contents of the
preamble, of every file that TeX's recorder saw it read, and of the engine; and it stands only while
of all the names that TeX looked for the same ones are there.
"""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import os
import re
import shutil
import zlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from proofpress.build.digests import digest
from proofpress.build.glance import state
from proofpress.build.inside import damaged
from proofpress.build.memo import Memo
from proofpress.typeset import scratch
from proofpress.typeset.engine import Engine
from proofpress.typeset.run import Limits, Run, run

JOB = "preamble-format"
FOLDER = "formats"  # of a store
_NOTE = ".note"
_KEPT = 4  # formats a store keeps; each has about 20 MB
_BEGIN = re.compile(r"^(?:[^%\n\\]|\\.)*?(\\begin\{document\})", re.MULTILINE)
_LISTED = "sought"  # file in which kpathsea tells for what it looks
_SEARCHES = "-kpathsea-debug=32"
# What LaTeX would otherwise read in each pass at \begin{document}: its driver for pdfTeX, and what
# graphics needs for pictures in PostScript.
_FIRST = (
    r"\makeatletter\csname sys_ensure_backend:\endcsname\@ifpackageloaded{graphics}{"
    r"\IfFileExists{epstopdf-base.sty}{\RequirePackage{epstopdf-base}}{}}{}\makeatother"
    "\n"
)
_SOUGHT = re.compile(r"^kdebug:start .*?\(files?=(.*?), must_exist=", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Document:
    """A LaTeX document cut before \\begin{document}; the body keeps its line numbers."""

    preamble: str
    body: str


@dataclass(frozen=True)
class Dump:
    """A run that dumped a format, or failed to: then `format` is None."""

    format: Path | None
    run: Run
    files: tuple[str, ...]


def cut(text: str) -> Document | None:
    """Return the two parts of a document; None when it has no \\begin{document} or no preamble.

    >>> cut("\\\\documentclass{article}\\n\\\\begin{document}\\nHello\\n")
    Document(preamble='\\\\documentclass{article}\\n', body='\\n\\\\begin{document}\\nHello\\n')
    """
    found = _BEGIN.search(text)
    if found is None or not text[: found.start(1)].strip():
        return None
    before, after = text[: found.start(1)], text[found.start(1) :]
    return Document(before, "\n" * before.count("\n") + after)


def kept(
    store: Path, preamble: str, names: Iterable[str], room: Path, engine: Engine
) -> tuple[Path, tuple[str, ...]] | None:
    """Return the format that still stands for this preamble and the files that it read, or None.

    `names` are the files that the author's side offers. One more of them may hide one of the
    engine's, or answer a question of the preamble's, if that is a name that TeX looked for.
    """
    note = f"{_question(preamble, engine)}{_NOTE}"
    answer = _memo(store).find(note)
    if answer is None:
        return None
    made = store / answer["format"]
    if _asked_for(names, answer["sought"]) != answer["offered"]:
        return None
    if state(os.fspath(made)) != answer["state"] and checksum(made) != answer["checksum"]:
        damaged(str(made))
        return None
    if not stand(answer["read"], room, engine):
        return None
    with contextlib.suppress(OSError):
        os.utime(store / note)
    return made, tuple(answer["read"]["files"])


def dump(
    store: Path,
    preamble: str,
    names: Collection[str],
    main: str,
    room: Path,
    engine: Engine,
    limits: Limits,
) -> Dump:
    """Return a new format, dumped in `room` and kept in `store`; or the one that somebody else has
    dumped for the same preamble while this one waited for its turn.

    The preamble stands in a file of the document's own name, so that errors name it rightly.
    """
    store.mkdir(parents=True, exist_ok=True)
    question = _question(preamble, engine)
    with scratch.turn(store.parent, f"dump-{question}"):
        found = kept(store, preamble, names, room, engine)
        if found is not None:
            return Dump(found[0], Run(0, False, ""), found[1])
        return _dump(store, preamble, names, main, room, engine, limits)


def prepare(store: Path, preamble: str, files: Mapping[str, Path], engine: Engine) -> None:
    """Let a format be dumped, if that is possible, before the document is there that needs it.

    `files` are those of the author's side that the preamble may read, by name; `store` is that of
    `compile.typeset`. A failure is not reported here but when the document is typeset.
    """
    with scratch.room(store) as room:
        scratch.fill(room, files)
        if kept(store / FOLDER, preamble, files, room, engine) is None:
            dump(store / FOLDER, preamble, files, "document.tex", room, engine, Limits())


def _dump(
    store: Path,
    preamble: str,
    names: Collection[str],
    main: str,
    room: Path,
    engine: Engine,
    limits: Limits,
) -> Dump:
    (room / main).write_text(f"{preamble}\n{_FIRST}\\dump\n", encoding="utf-8")
    # -ini with &pdflatex: LaTeX's own format first, then ours on top of it.
    command = engine.command("-ini", _SEARCHES, f"-jobname={JOB}", "&pdflatex", main)
    ended = run(command, room, engine.environment(), limits, room / _LISTED)
    made = room / f"{JOB}.fmt"
    read = recorded(room / f"{JOB}.fls", room, engine)
    if ended.status != 0 or not made.is_file():
        return Dump(None, ended, read)
    noted_files = noted((name for name in read if name != main), room, engine)
    files = noted_files["files"]
    question, sought = _question(preamble, engine), _sought(room / _LISTED)
    format_name = f"{question[:16]}-{digest(repr(sorted(files.items())).encode())[:16]}.fmt"
    with gzip.open(made, "rb") as packed, (room / format_name).open("wb") as target:
        # TeX packs its formats and unpacks them at each start, which takes longer than the
        # rest of the start; it reads an unpacked one just as well.
        shutil.copyfileobj(packed, target, 1 << 20)
    note: dict[str, Any] = {
        "format": format_name,
        "checksum": checksum(room / format_name),
        "read": noted_files,
        "sought": sought,
        "offered": _asked_for(names, sought),
    }
    scratch.deliver(room / format_name, store / format_name)
    note["state"] = state(os.fspath(store / format_name))
    _memo(store).keep(f"{question}{_NOTE}", note)
    _prune(store)
    return Dump(store / format_name, ended, tuple(files))


def recorded(fls: Path, room: Path, engine: Engine, kind: str = "INPUT") -> tuple[str, ...]:
    """Return the files of TeX's recorder list, each once: relative to `room` for the author's side,
    and "engine:..." relative to the engine's program for all others.

    A text that TeX only looked for is left out, such as the chapters that a pass does not set.
    """
    try:
        lines = fls.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except FileNotFoundError:
        return ()
    named = dict.fromkeys(line[len(kind) + 1 :] for line in lines if line.startswith(kind + " "))
    # What was found is told as "./name", and as "name" when it is opened.
    found = (name for name in named if name.startswith("./") and name.endswith(".tex"))
    shut = {name for name in found if name[2:] not in named}
    return tuple(dict.fromkeys(_short(name, room, engine) for name in named if name not in shut))


def place(name: str, room: Path, engine: Engine) -> str:
    """Return where a name of `recorded` stands."""
    inside = name.removeprefix("engine:")
    if inside == name:
        return os.path.join(room, name)
    return os.path.normpath(os.path.join(engine.program.parent, inside))


def noted(names: Iterable[str], room: Path, engine: Engine) -> dict[str, Any]:
    """Return what is to be known of files that a run read, by their names of `recorded`, so that it
    can be seen later whether they `stand`."""
    places = {name: place(name, room, engine) for name in names}
    files = {name: digest_of(Path(path)) for name, path in places.items()}
    # The author's files are copied for each run, to a new state.
    engines = {name: path for name, path in places.items() if name.startswith("engine:")}
    return {"files": files, "states": {name: state(path) for name, path in engines.items()}}


def stand(note: Mapping[str, Any], room: Path, engine: Engine) -> bool:
    """Return whether all files are as they were `noted`."""
    for name, taken in note["files"].items():
        path = place(name, room, engine)
        if state(path) != note["states"].get(name) and digest_of(Path(path)) != taken:
            return False
    return True


def _short(name: str, room: Path, engine: Engine) -> str:
    if not os.path.isabs(name):
        return os.path.normpath(name).replace(os.sep, "/")
    if name.startswith(inside := os.path.join(room, "")):
        return name.removeprefix(inside).replace(os.sep, "/")
    return "engine:" + os.path.relpath(name, engine.program.parent)


def _sought(listed: Path) -> str | None:
    """Return the names for which kpathsea looked, a search a line; None when it did not tell."""
    found = _SOUGHT.findall(listed.read_text(encoding="utf-8", errors="surrogateescape"))
    return "\n".join(dict.fromkeys(found)).casefold() or None


def _asked_for(names: Iterable[str], sought: str | None) -> list[str]:
    """Return those of the names that TeX looked for, in whatever folder and in capitals or not.

    >>> _asked_for(["notebook.tex", "macros/Local.sty"], "[article.cls]\\n[local.sty]")
    ['macros/Local.sty']
    """
    named = ((name, name.rpartition("/")[2].casefold()) for name in names)
    return sorted(name for name, last in named if sought is None or last in sought)


def _question(preamble: str, engine: Engine) -> str:
    return digest(repr((preamble, engine.digest, engine.name)).encode())


def _memo(store: Path) -> Memo:
    return Memo(store, __package__)


def digest_of(path: Path) -> str:
    """Return the digest of a file's contents; empty when there is no file."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except FileNotFoundError:
        return ""


def checksum(path: Path) -> int | None:
    """Enough to notice a damaged file; three times as fast as a digest of these 20 MB. None when
    there is no file."""
    try:
        return zlib.crc32(path.read_bytes())
    except FileNotFoundError:
        return None


def _prune(store: Path) -> None:
    """Keep the formats that were used last, and the newest: a run beside this one may have made a
    format and not yet its note. A note is touched when its format is used."""
    kept = [note.name for note in sorted(store.glob(f"*{_NOTE}"), key=_age)[:_KEPT]]
    notes = {name: _memo(store).find(name) for name in kept}
    named = {*kept, *(note["format"] for note in notes.values() if note is not None)}
    named |= {made.name for made in sorted(store.glob("*.fmt"), key=_age)[:_KEPT]}
    for path in (*store.glob(f"*{_NOTE}"), *store.glob("*.fmt")):
        if path.name not in named:
            with contextlib.suppress(OSError):
                path.unlink()


def _age(path: Path) -> float:
    try:
        return -path.stat().st_mtime
    except FileNotFoundError:
        return 0.0
