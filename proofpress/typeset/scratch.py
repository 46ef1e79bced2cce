"""The folder of one run of TeX: inputs copied in, and leftovers of killed runs swept out.

Place in the chain: document -> **scratch folder** -> TeX. TeX sees only relative names, so no
path of this machine enters the PDF; a killed run spoils nothing but its own folder.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows has no advisory locks; there a folder's age tells instead.
    fcntl = None  # type: ignore[assignment]

# What a document can read. Other files beside it would be copied in vain.
_TEXTS = (".tex", ".sty", ".cls", ".cfg", ".def", ".clo", ".fd", ".ltx", ".bbl", ".txt", ".csv")
_PICTURES = (".pdf", ".png", ".jpg", ".jpeg", ".pgf", ".tikz")
_READABLE = frozenset((*_TEXTS, *_PICTURES))
_ABANDONED = 86_400.0  # seconds after which a folder is swept where locks cannot tell


@contextlib.contextmanager
def room(store: Path) -> Iterator[Path]:
    """Yield a new empty folder under `store`, gone afterwards.

    A lock tells living runs from dead ones: the system releases it with the process, however
    that ends, and the next run then sweeps the folder away.
    """
    store.mkdir(parents=True, exist_ok=True)
    sweep(store)
    lock, name = _locked(store)
    folder = Path(name).with_suffix("")
    try:
        folder.mkdir()
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(lock)
        Path(name).unlink(missing_ok=True)


def _locked(store: Path) -> tuple[int, str]:
    """Return a new lock file, open and locked, and its name."""
    while True:
        lock, name = tempfile.mkstemp(dir=store, prefix="run-", suffix=".lock")
        if fcntl is not None:
            fcntl.flock(lock, fcntl.LOCK_EX)
        if os.path.exists(name):
            return lock, name
        os.close(lock)  # it was swept away before it was locked


@contextlib.contextmanager
def turn(store: Path, work: str) -> Iterator[None]:
    """Wait until nobody else does the `work` of that name under `store`.

    Two that come at once would otherwise do the same work twice. Where there are no locks they do.
    What a killed run leaves of it is swept as its room is.
    """
    lock = store / f"run-{work}.lock"
    while True:
        descriptor = os.open(lock, os.O_RDWR | os.O_CREAT, 0o666)
        if fcntl is not None:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        with contextlib.suppress(FileNotFoundError):
            if os.path.samestat(os.fstat(descriptor), lock.stat()):
                break
        os.close(descriptor)  # whoever had it has removed it
    try:
        yield
    finally:
        lock.unlink(missing_ok=True)
        os.close(descriptor)


def sweep(store: Path) -> None:
    """Remove what killed runs have left."""
    for path in store.glob("run-*.lock"):
        with contextlib.suppress(OSError), path.open("rb") as lock:
            age = time.time() - os.fstat(lock.fileno()).st_mtime
            if fcntl is None:
                if age < _ABANDONED:
                    continue
            else:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(path.with_suffix(""), ignore_errors=True)
            path.unlink()


def contents(main: Path, search: Iterable[Path]) -> dict[str, Path]:
    """Return the name in the scratch folder of every file that TeX may read, and where it stands.

    Files beside `main` keep their relative names, its own old results left out; a file of
    `search` comes under its name, a folder's files under the folder's name.
    """
    found: dict[str, Path] = {}
    own = main.stem + "."
    for path in _files(main.parent):
        name = path.relative_to(main.parent).as_posix()
        if not name.startswith(own):
            found[name] = path
    for given in search:
        if given.is_dir():
            for path in _files(given):
                found[path.relative_to(given.parent).as_posix()] = path
        else:
            found[given.name] = given
    return found


def _files(folder: Path) -> Iterator[Path]:
    """Yield every file below a folder that TeX can read, sorted; hidden ones are left out."""
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith(".") and Path(name).suffix.lower() in _READABLE:
                yield Path(place, name)


def fill(folder: Path, files: Mapping[str, Path]) -> None:
    """Copy `files` into the scratch folder: a snapshot that later edits do not reach."""
    for name, source in files.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)


def deliver(made: Path, into: Path) -> None:
    """Put the finished file in its place at once: readers see the old one or the new one."""
    into.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.replace(made, into)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        beside = into.with_name(f".{into.name}.{os.getpid()}")
        shutil.copyfile(made, beside)
        os.replace(beside, into)
