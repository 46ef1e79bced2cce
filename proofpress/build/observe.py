"""Watches what a process reads: files, folders, modules, and whose packages it uses.

Place in the chain: started by the worker before a step's first line, and by the same name in
every Python process that the step starts (`observed/sitecustomize.py`), the notebook's kernel
among them. What is written here is believed more than what a step declares.

The log, which reads.py reads, has one line a fact, written at once, so that a process that is
killed has still told what it read; fields are parted by tabs:

    bytes     PATH    STATE     a file opened for reading, and its state just before
    code      PATH    DIGEST    a module's source as it was imported
    lines     PATH              a module whose line numbers were used
    names     PATH              a folder that was listed
    presence  PATH              a file or folder that was asked for
    wrote     PATH              a file opened for writing
    import    FOLDER  NAME      a module that was sought in a folder of the report
    package   NAME              a top-level module
    optional  NAME              the same, sought by an installed library
    named     PATH    STATE     a file that the command of another program names
    variable  NAME              a variable of the environment
"""

from __future__ import annotations

import marshal
import os
import shutil
import sys
from _thread import get_ident
from contextlib import contextmanager
from errno import ENOSPC
from importlib.machinery import SourceFileLoader
from typing import TYPE_CHECKING

from proofpress.build import sealed, unseen
from proofpress.build.digests import digest, names
from proofpress.build.frames import OWN, absolute, asker, causing, file_of, identity_of, lists
from proofpress.build.glance import state
from proofpress.build.zone import Zone

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from types import CodeType
    from typing import Any

LOG = "PROOFPRESS_READS"
_READING = ("bytes", "names", "presence")
# The libraries by which a notebook's cell starts a program.
_SHELLS = ("", "IPython", "ipykernel", "pexpect", "ptyprocess")
ROOT = "PROOFPRESS_ROOT"
STATE = "PROOFPRESS_STATE"


def start(root: str, state_folder: str) -> Watch:
    """Return the watch that from now on notes what this process reads; `write_to` tells it where.

    `state_folder` is that of the build below `root`, relative to it.
    """
    watch = Watch(root, state_folder)
    for name, module in list(sys.modules.items()):
        if name in sys.stdlib_module_names:
            watch.sought(name, None)
        # What came with the build's own modules is imported anew by whoever uses it, and seen.
        if watch.counts(getattr(module, "__file__", None)):
            del sys.modules[name]
    sys.addaudithook(watch.hook)
    sys.meta_path.insert(0, watch)
    watch.take_over_imports()
    watch.take_over_status()
    return watch


class Watch:
    """Notes each fact once: in memory, and in a file as soon as there is one."""

    def __init__(self, root: str, state_folder: str) -> None:
        self._root = root
        self._zone = Zone(root)
        self._bytecode = os.path.join(root, state_folder, "bytecode")
        self._log: int | None = None
        self._file = "", (0, 0)  # path and identity of the log
        self._unwritten: list[bytes] = []
        self._relied: list[tuple[str, str, Any]] = []  # what was read before there was a file
        self._noted: set[tuple[str, ...]] = set()
        self._sources: dict[str, bytes] = {}  # by place: what was imported, or read, first
        self._folders: dict[str, str | None] = {}
        self._silent: set[int] = set()  # the threads that read on the import system's account
        # What is read while somebody wants to know, noted before or not: each fact, and the state
        # of the file just before it was read first. What another program reads is not seen.
        self.recorded: dict[tuple[str, ...], Any] | None = None
        # Who is told of kept bytecode that was damaged; until the worker tells the build, a list.
        self.damaged: list[str] = []
        self.tell: Callable[[str], object] = self.damaged.append

    def write_to(self, log: str) -> None:
        """Write all that was noted to the file `log`, and from now on each fact at once."""
        self._log = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        self._file = log, identity_of(self._log)
        self._write(b"".join(self._unwritten))
        self.take_over_variables()  # only now: a worker gets the build's environment first

    def _write(self, data: bytes) -> None:
        if self._log is None:
            self._unwritten.append(data)
            return
        path, identity = self._file
        if identity_of(self._log) != identity:  # a program may close all that is open
            self._log = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            self._file = path, identity_of(self._log)
        if os.write(self._log, data) < len(data):  # as much as there was room for
            raise OSError(ENOSPC, "No space left on device")

    def overtaken(self) -> bool:
        """Return whether anything that was read before `write_to` has changed since."""
        return any(_seen(kind, path) != known for kind, path, known in self._relied)

    def _rely(self, kind: str, path: str) -> None:
        if self._log is None:
            full = os.path.abspath(path)
            self._relied.append((kind, full, _seen(kind, full)))

    def counts(self, path: str | None) -> bool:
        """Return whether a module's file is an input, and not part of the build itself."""
        if not path or self._zone.package(path) is not None:
            return False
        place = self._zone.place(path)
        return place is not None and not self._zone.machinery(place)

    def _note(self, *fact: str) -> bool:
        """Return whether the fact is new, and counts."""
        if self.recorded is not None and fact[0] in _READING and fact not in self.recorded:
            self.recorded[fact] = state(os.path.join(self._root, fact[1]))
        if fact in self._noted:
            return False
        self._noted.add(fact)
        return True

    def _tell(self, *fact: str) -> None:
        line = "\t".join(part.encode("unicode_escape").decode() for part in fact)
        self._write(line.encode() + b"\n")

    def read(self, path: str, folder: str = "presence") -> None:
        """Note that a file is about to be read. A `folder` tells by being there, or its names."""
        package = self._zone.package(path)
        if package is not None:
            self._package(package)
        elif (place := self._zone.place(path)) and self._note("bytes", place):
            known = state(path)
            self._rely("bytes", path)
            if known is not None and known[0] < 0:
                self._about(folder, path)
            else:
                self._tell("bytes", place, repr(known))

    def told(self, path: str) -> None:
        """Note a file that another program has read, wherever it stands."""
        place = self._zone.place(path) or path
        if self._zone.package(path) is None and self._note("bytes", place):
            self._tell("bytes", place, repr(state(path)))

    def again(self, kind: str, path: str) -> None:
        """Note what was read in an earlier build, whose result stands for reading it now."""
        if kind == "bytes":
            self.read(path)
        else:
            self._about(kind, path)

    def uses(self, package: str) -> None:
        """Note an installed package by its distribution's name."""
        self._package(package)

    def _package(self, name: str) -> None:
        if self._note("package", name):
            self._tell("package", name)

    def _about(self, kind: str, path: str) -> None:
        place = self._zone.place(path)
        if place is None or self._zone.machinery(place):
            return
        if self._note(kind, place):
            self._tell(kind, place)
            self._rely(kind, path)

    @contextmanager
    def by_line(self, path: str) -> Iterator[None]:
        """Let the source at `path` count by its meaning and lines where it is read here."""
        self._about("lines", path)
        self._silent.add(get_ident())
        try:
            yield
        finally:
            self._silent.discard(get_ident())

    def source(self, path: str) -> bytes:
        """Return the bytes of a source file, which counts by its meaning; of a module those that
        run."""

        def data() -> bytes:
            with open(path, "rb") as file:
                return file.read()

        self._silent.add(get_ident())
        try:
            place = self._zone.place(path)
            return data() if place is None else self._first(place, data)
        finally:
            self._silent.discard(get_ident())

    def _first(self, place: str, read: Callable[[], bytes]) -> bytes:
        """Return a source as it was when it was first read here: an edit that comes between an
        import and a look at the same file would otherwise let new text speak for old code."""
        if place not in self._sources:
            self._sources[place] = read()
            if not self._zone.machinery(place):
                self._tell("code", place, digest(self._sources[place]))
        return self._sources[place]

    def hook(self, event: str, details: tuple) -> None:
        """Note every file opened and every folder listed: the audit hook of Python."""
        if event == "open":
            path, mode, flags = details
            if not isinstance(path, str | bytes | os.PathLike) or get_ident() in self._silent:
                return
            caller = file_of(causing())
            if caller.startswith(OWN) or (mode is None and caller == shutil.__file__):
                return
            if (isinstance(mode, str) and set(mode) & set("wax+")) or (
                mode is None and isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR)
            ):
                self._about("wrote", os.fsdecode(path))
            else:
                # os.open can open a folder in order to list it; open() only finds that it is one.
                folder = "names" if mode is None else "presence"
                self.read(absolute(os.fsdecode(path)), folder)
        elif event in unseen.EVENTS:
            if self.recorded is not None and event in unseen.BY_OTHERS:
                self.recorded[event,] = None
            if asker(causing()) in _SHELLS:
                self._note_named(event, details)
        elif event in ("os.listdir", "os.scandir"):
            path = "." if details[0] is None else details[0]
            if isinstance(path, str | bytes | os.PathLike) and lists(causing()):
                self._about("names", os.fsdecode(path))

    def _note_named(self, event: str, details: tuple) -> None:
        for path in unseen.named(event, details):
            place = self._zone.place(path)
            if place and not self._zone.package(path) and self._note("named", place):
                self._tell("named", place, repr(state(path)))
        for name in unseen.variables(event, details):
            self.variable(name)

    def variable(self, name: str) -> None:
        """Note a variable of the environment that was asked for."""
        if unseen.counts(name) and self._note("variable", name):
            self._tell("variable", name)

    def find_spec(self, name: str, path: Iterable[str] | None, target: object = None) -> None:
        """Part of the import system, which asks here first; finds nothing."""
        self.sought(name, path)

    def sought(self, name: str, path: Iterable[str] | None) -> None:
        """Note in which folders of the report a module is looked for: one may come that hides the
        one found, and one that is missing may appear."""
        last = name.rpartition(".")[2]
        if path is None:
            kind = "optional" if asker(sys._getframe(1)) else "package"
            if self._note(kind, last):
                self._tell(kind, last)
        for entry in sys.path if path is None else path:
            if not isinstance(entry, str):
                continue  # which the import system passes over, too
            if entry not in self._folders:
                here = self._zone.package(os.path.join(entry, "x")) is None
                place = self._zone.place(entry or ".") if here else None
                own = place is not None and self._zone.machinery(place)
                self._folders[entry] = None if own else place
            folder = self._folders[entry]
            if folder is not None and self._note("import", folder, last):
                self._tell("import", folder, last)

    def take_over_imports(self) -> None:
        """Let modules that count be compiled from their contents.

        Python would believe bytecode whose source has the same size and the same second of
        change. And what is read here is known to be what runs.
        """
        original = SourceFileLoader.get_code

        def get_code(loader: SourceFileLoader, name: str) -> CodeType | None:
            path = loader.get_filename(name)
            place = self._zone.place(path) if self._zone.package(path) is None else None
            if place is None:
                return original(loader, name)
            self._silent.add(get_ident())
            try:
                self._rely("code", path)
                data = loader.get_data(path)
                self._first(place, lambda: data)
                return self._compiled(loader, data, path)
            finally:
                self._silent.discard(get_ident())

        SourceFileLoader.get_code = get_code  # type: ignore[assignment, method-assign]

    def _compiled(self, loader: SourceFileLoader, data: bytes, path: str) -> CodeType:
        key = digest(b"\0".join((data, path.encode(), sys.version.encode())))
        kept = os.path.join(self._bytecode, digest(path.encode()))
        known = sealed.read(kept, self.tell)
        if known is not None and known[: len(key)] == key.encode():
            return marshal.loads(known[len(key) :])
        code = loader.source_to_code(data, path)
        os.makedirs(self._bytecode, exist_ok=True)
        sealed.write(kept, key.encode() + marshal.dumps(code))
        return code

    def take_over_status(self) -> None:
        """Note the files that Python code asks for without opening them: `path.exists()`.

        Python has no audit event for that, so the function itself is replaced.
        """
        original = os.stat

        def asked(path: Any, **options: Any) -> os.stat_result:
            if isinstance(path, str | os.PathLike) and options.get("dir_fd") is None:
                self._about("presence", os.fspath(path))
            return original(path, **options)

        for able in (os.supports_dir_fd, os.supports_fd, os.supports_follow_symlinks):
            able.add(asked)
        os.stat = asked

    def take_over_variables(self) -> None:
        """Note the variables of the environment that the author's code asks for by name."""
        kind = type(os.environ)
        original, listed = kind.__getitem__, kind.__iter__
        all_of_them: list[Any] = []  # names that were listed, and whose values are asked for next

        def asked(environ: Any, name: Any) -> Any:
            if all_of_them[-1:] == [name]:
                all_of_them.pop()
            elif environ is os.environ and not asker(sys._getframe(1)):
                self.variable(os.fsdecode(name))
            return original(environ, name)

        def each(environ: Any) -> Iterator[Any]:
            names = list(listed(environ))
            all_of_them[:] = reversed(names)
            return iter(names)

        kind.__getitem__ = asked  # type: ignore[method-assign]
        kind.__iter__ = each  # type: ignore[method-assign]


def _seen(kind: str, path: str) -> Any:
    """Return what a fact of this kind says at present."""
    if kind == "names":
        return names(path)
    known = state(path)
    return known is not None if kind == "presence" else known
