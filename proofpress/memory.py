"""Claims that were settled before, under everything that could make a difference.

Place in the chain: definition -> **is it the same as before?** -> derivation and proof. The key
of a claim is its whole statement, with the code of the author's functions in it, its example
letters, the press's own code and the versions of all packages. A statement that cannot be
written down in full is settled anew each time, and so is one that is not proved.
"""

from __future__ import annotations

import io
import json
import marshal
import os
import pickle
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

from sympy.polys.rings import PolyRing

from proofpress.claims import Source, Statement
from proofpress.ledger import ledger_document
from proofpress.steps import sealed
from proofpress.steps.digests import digest
from proofpress.steps.inside import source
from proofpress.steps.packages import versions

PRESS = Path(__file__).parent
Letters = Mapping[str, Mapping[str, int]]


class Memory:
    """Entries of the ledger kept below `folder`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        code = [
            PRESS / name for name in ("claims.py", "ledger.py", "meant.py", "memory.py", "names.py")
        ]
        for room in ("counting", "formulas", "proving"):
            code += sorted((PRESS / room).glob("*.py"))
        files = [digest(source(path)) for path in code]
        self._press = json.dumps([sorted(versions().items()), files]).encode()

    def entries(
        self, statements: Sequence[Statement], examples: Mapping[str, Letters]
    ) -> dict[str, dict[str, Any]]:
        """The ledger's entries of statements by name; each proof is found again or made.

        `examples` gives the example letters by topic. All proofs are made when the environment
        variable PROOFPRESS_FORCE is not empty.
        """
        letters = [examples[statement.name.partition(".")[0]] for statement in statements]
        # All are written down before any is settled: settling leaves traces in shared sets.
        places = list(map(self._place, statements, letters))
        return {
            statement.name: self._entry(statement, known, place)
            for statement, known, place in zip(statements, letters, places, strict=True)
        }

    def _entry(self, statement: Statement, examples: Letters, kept: Path | None) -> dict[str, Any]:
        entry: dict[str, Any]
        if kept is not None and not os.environ.get("PROOFPRESS_FORCE"):
            text = sealed.read(os.fspath(kept))
            if text is not None:
                entry = json.loads(text)
                # Where a claim stands may have changed; what it says has not.
                entry["source"]["line"] = statement.source.line
                return entry
        topic = statement.name.partition(".")[0]
        entry = ledger_document([statement.settle()], {topic: examples})["claims"][statement.name]
        if kept is not None and entry["verdict"] == "proved":
            self._folder.mkdir(parents=True, exist_ok=True)
            sealed.write(os.fspath(kept), json.dumps(entry).encode())
        return entry

    def _place(self, statement: Statement, examples: Letters) -> Path | None:
        written = io.BytesIO()
        writer = _Writer(written, protocol=5)
        try:
            writer.dump((statement, {name: dict(found) for name, found in examples.items()}))
        except (pickle.PicklingError, TypeError, AttributeError, ValueError, RecursionError):
            return None
        return self._folder / (digest(self._press + written.getvalue()) + ".json")


class _Writer(pickle.Pickler):
    """Writes an object down in full, never to be read again.

    What stands in the press or in a package is named: its code is part of the key. A function of
    the author's is written with its code and all that it refers to.
    """

    def reducer_override(self, thing: object) -> Any:
        """How an object is written: a callable and arguments, of which all are written in turn."""
        if isinstance(thing, Source):
            return _written, ("source", thing.file, thing.name)  # not the line
        if isinstance(thing, PolyRing):  # SymPy cannot pickle it
            return _written, ("ring", thing.symbols, str(thing.domain), str(thing.order))
        if isinstance(thing, ModuleType):
            _refuse_authors(thing.__name__)
            return _written, ("module", thing.__name__)
        if isinstance(thing, FunctionType) and (
            "<" in thing.__qualname__ or _is_authors(thing.__module__)
        ):
            cells = [cell.cell_contents for cell in thing.__closure__ or ()]
            known = {name: thing.__globals__.get(name) for name in sorted(_names(thing.__code__))}
            code = marshal.dumps(_stripped(thing.__code__), 2)
            return _written, (code, thing.__defaults__, thing.__kwdefaults__, cells, known)
        if isinstance(thing, type):
            _refuse_authors(thing.__module__)
        return NotImplemented


def _written(*parts: object) -> None:
    """Stands in the key for whatever is written by its parts."""


def _is_authors(module: str | None) -> bool:
    """Whether a module is neither the press's, nor Python's, nor an installed package's."""
    top = (module or "").partition(".")[0]
    if top in ("proofpress", "builtins") or top in sys.stdlib_module_names:
        return False
    file = getattr(sys.modules.get(top), "__file__", None)
    return file is None or "site-packages" not in Path(file).parts


def _refuse_authors(module: str | None) -> None:
    if _is_authors(module):
        raise pickle.PicklingError(f"{module} is not written down in full")


def _names(code: CodeType) -> set[str]:
    inner = [_names(constant) for constant in code.co_consts if isinstance(constant, CodeType)]
    return set(code.co_names).union(*inner)


def _stripped(code: CodeType) -> CodeType:
    """The code without file and lines."""
    constants = tuple(
        _stripped(part) if isinstance(part, CodeType) else part for part in code.co_consts
    )
    return code.replace(co_filename="", co_firstlineno=1, co_linetable=b"", co_consts=constants)
