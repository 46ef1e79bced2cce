"""Claims that were settled before, under everything that could make a difference.

Place in the chain: definition -> **is it the same as before?** -> derivation and proof. The key
of a claim is its whole statement, with the code of the author's functions in it, its example
letters, the press's own code and the versions of all packages. A statement that cannot be
written down in full is settled anew each time, and so is one that is not proved. With a proof goes
what the author's functions read for it: the proof stands while that is the same, and reusing it
counts as reading it.
"""

from __future__ import annotations

import dis
import importlib.util
import io
import json
import marshal
import os
import pickle
import sys
import sysconfig
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

from sympy.polys.rings import PolyRing

from proofpress.build import inside, press
from proofpress.build.digests import digest, fresh
from proofpress.build.glance import state
from proofpress.build.inside import again, recording
from proofpress.build.memo import Memo
from proofpress.build.packages import versions
from proofpress.deriving.ledger import ledger_document, placed
from proofpress.faults.errors import PressErrors
from proofpress.ledger.claims import Source, Statement

# Where Python's own modules stand.
_PYTHONS = {Path(sysconfig.get_path(name)) for name in ("stdlib", "platstdlib")}
# By these a function reaches what no name in its code tells: modules and names that are told by
# texts, the frames of its callers, the environment.
_REACH = {
    *("__builtins__", "__dict__", "__getattribute__", "__globals__", "__import__", "_getframe"),
    *("argv", "attrgetter", "currentframe", "environ", "environb", "eval", "exec", "expanduser"),
    *("expandvars", "f_globals", "getattr", "get_objects", "getenv", "getenvb", "globals", "home"),
    *("import_module", "inspect", "locals", "modules", "reload", "run_module", "run_path", "vars"),
}
Letters = Mapping[str, Mapping[str, int]]
# What was read, by kind and place, and the state of the file just before.
Read = Mapping[tuple[str, ...], Any]


class Memory:
    """Entries of the ledger kept below `folder`."""

    def __init__(self, folder: Path) -> None:
        # Which kinds of statements there are is known by no import of this room.
        self._memo = Memo(folder, __package__, "proofpress.proving")
        self._versions = sorted(versions().items())

    def entries(
        self, statements: Sequence[Statement], examples: Mapping[str, Letters]
    ) -> dict[str, dict[str, Any]]:
        """Return the ledger's entries of statements by name; each proof is found again or made.

        `examples` gives the example letters by topic. With --force all proofs are made.
        """
        letters = [examples[statement.name.partition(".")[0]] for statement in statements]
        # All are written down before any is settled: settling leaves traces in shared sets.
        places = list(map(self._place, statements, letters))
        # What one claim has read another may use unread, where a function keeps it: so all that
        # is read from here on counts for all that follow.
        entries, failed = {}, []
        with recording() as read:
            for statement, known, place in zip(statements, letters, places, strict=True):
                try:
                    entries[statement.name] = self._entry(statement, known, place, read)
                except KeyboardInterrupt:
                    raise
                except BaseException as error:  # all that fail, or exit, are told
                    failed.append(placed(error, statement))
        if failed:
            raise PressErrors(failed)
        return entries

    def _entry(
        self, statement: Statement, examples: Letters, kept: tuple[str, bool] | None, read: Read
    ) -> dict[str, Any]:
        entry: dict[str, Any]
        if kept is not None and not inside.forced:
            known = json.loads(self._memo.find(kept[0], self._versions) or "{}")
            if known and all(_stands(*fact) for fact in known["read"]):
                entry = known["entry"]
                # Where a claim stands may have changed; what it says has not.
                entry["source"]["line"] = statement.source.line
                for key, where in statement.places.items():
                    entry["related"][key]["where"] = where
                return entry
        topic = statement.name.partition(".")[0]
        entry = ledger_document([statement.settle()], {topic: examples})["claims"][statement.name]
        if kept is not None and entry["verdict"] == "proved":
            facts = _digests(read) if kept[1] else []
            if facts is not None:
                text = json.dumps({"entry": entry, "read": facts})
                self._memo.keep(kept[0], text, self._versions)
        return entry

    def _place(self, statement: Statement, examples: Letters) -> tuple[str, bool] | None:
        """Return under which name a proof is kept, and whether functions that are not the press's
        have a part in it; None for a statement that cannot be written down."""
        written = io.BytesIO()
        writer = _Writer(written)
        try:
            writer.dump((statement, {name: dict(found) for name, found in examples.items()}))
        except (pickle.PicklingError, TypeError, AttributeError, ValueError, RecursionError):
            return None
        return digest(written.getvalue()), writer.functions


def _digests(read: Read) -> list[tuple[str, str, str]] | None:
    """Kind, place and digest of all that was read; None where that is not known for certain."""
    facts = []
    for fact, before in read.items():
        if len(fact) != 2:
            return None  # others have read for it
        kind, place = fact
        if before is not None and before[0] < 0 and kind == "bytes":
            continue  # a folder, which counts by its names or by being there
        full = os.path.abspath(place)
        taken, settled = fresh(kind, full)
        now = state(full)
        if not settled or (now is None) != (before is None):
            return None
        if kind != "presence" and now != before:
            return None  # it has changed since it was read
        facts.append((kind, place, taken))
    return facts


def _stands(kind: str, place: str, taken: str) -> bool:
    """Return whether what was read for a proof is the same; it then counts as read."""
    again(kind, place)
    return fresh(kind, os.path.abspath(place))[0] == taken


class _Writer(pickle.Pickler):
    """Writes an object down in full, never to be read again.

    What stands in the press or in a package is named: its code is part of the key. A function of
    the author's is written with its code and all that it refers to. `functions` tells whether there
    was one of the author's or of a package's.
    """

    functions = False

    def __init__(self, file: io.BytesIO) -> None:
        super().__init__(file, protocol=5)
        self._begun: dict[int, int] = {}  # functions, numbered in the order in which they are met

    def reducer_override(self, thing: object) -> Any:
        """Return how an object is written: a callable and arguments, of which all are written in
        turn."""
        if isinstance(thing, Source):
            return _written, ("source", thing.file, thing.name)  # not the line
        if isinstance(thing, PolyRing):  # SymPy cannot pickle it
            return _written, ("ring", thing.symbols, str(thing.domain), str(thing.order))
        if isinstance(thing, ModuleType):
            _refuse_authors(thing.__name__)
            return _written, ("module", thing.__name__)
        if getattr(thing, "__name__", None) in _REACH:
            raise pickle.PicklingError("what it reaches is not written down")
        if isinstance(thing, FunctionType) and not thing.__module__.startswith("proofpress."):
            self.functions = True
        if isinstance(thing, FunctionType) and (
            "<" in thing.__qualname__ or _stands_elsewhere(thing.__code__.co_filename)
        ):
            if id(thing) in self._begun:  # it refers to itself
                return _written, ("again", self._begun[id(thing)])
            self._begun[id(thing)] = len(self._begun)
            cells = [cell.cell_contents for cell in thing.__closure__ or ()]
            known = {name: thing.__globals__.get(name) for name in sorted(_names(thing.__code__))}
            _refuse_late_imports(thing.__code__)
            code = marshal.dumps(_stripped(thing.__code__), 2)
            kept = vars(thing)
            return _written, (code, thing.__defaults__, thing.__kwdefaults__, cells, known, kept)
        if isinstance(thing, type):
            _refuse_authors(thing.__module__)
        elif callable(thing) and not isinstance(thing, FunctionType):
            # A cached function, for instance, would be pickled by its name alone.
            module, inner = getattr(thing, "__module__", None), getattr(thing, "__wrapped__", None)
            if module is not None and _is_authors(module):
                if not isinstance(inner, FunctionType):
                    raise pickle.PicklingError(f"{module} is not written down in full")
                return _written, ("around", type(thing), inner, vars(thing))
        return NotImplemented


def _written(*parts: object) -> None:
    """Stand in the key for whatever is written by its parts."""


def _is_authors(module: str | None) -> bool:
    """Return whether a module is neither the press's, nor Python's, nor an installed package's.

    Where it stands decides, not its name: a module beside the derivations may be named as one of
    Python's is.
    """
    found = sys.modules.get(module or "")
    spec = getattr(found, "__spec__", None)
    if found is None:
        with suppress(ImportError, ValueError):
            spec = importlib.util.find_spec((module or "").partition(".")[0])
    file = getattr(found, "__file__", None) or getattr(spec, "origin", None)
    if file in ("built-in", "frozen"):
        return False
    return file is None or _stands_elsewhere(file)


def _stands_elsewhere(file: str) -> bool:
    """Return whether a file is neither the press's, nor Python's, nor an installed package's."""
    path = Path(os.path.abspath(file))
    if "site-packages" in path.parts or press.HOME in path.parents:
        return False
    return not any(folder in path.parents for folder in _PYTHONS)


def _refuse_authors(module: str | None) -> None:
    if _is_authors(module):
        raise pickle.PicklingError(f"{module} is not written down in full")


def _refuse_late_imports(code: CodeType) -> None:
    """Refuse code that imports a module of the author's only when it runs, or what it is told."""
    if _names(code) & _REACH:
        raise pickle.PicklingError("what it reaches is not written down")
    for part in (code, *_inner(code)):
        for step in dis.get_instructions(part):
            if step.opname == "IMPORT_NAME":
                _refuse_authors(step.argval)


def _inner(code: CodeType) -> Iterator[CodeType]:
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield constant
            yield from _inner(constant)


def _names(code: CodeType) -> set[str]:
    return set(code.co_names).union(*(inner.co_names for inner in _inner(code)))


def _stripped(code: CodeType) -> CodeType:
    """Return the code without file and lines."""
    constants = tuple(
        _stripped(part) if isinstance(part, CodeType) else part for part in code.co_consts
    )
    return code.replace(co_filename="", co_firstlineno=1, co_linetable=b"", co_consts=constants)
