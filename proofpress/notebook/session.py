"""The kernel's side of resuming: takes snapshots of the session, and brings one back.

Place in the chain: imported by a kernel at its start (`kernel`), where it listens to IPython's
events; `resume` decides, from outside, which snapshot is brought back. A cell that took long is
followed by a snapshot of all names, of the random generators and of the settings of libraries. It
is taken right after the cell, so nothing that a later cell changes can enter it.

Orders come in a JSON file that an environment variable names; what happened goes, a JSON object a
line, to a file beside it.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib
import io
import json
import os
import re
import secrets
import sys
import threading
import time
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from proofpress.build import observe
from proofpress.notebook import cells, surroundings
from proofpress.notebook.pickling import ALIGNMENT, Reader, Unsaved, Writer, contents

ORDERS_VARIABLE = "PROOFPRESS_SESSION"
BLOCK = 1 << 22


class Session:
    """What is known of the running session: its cells so far, and what IPython gave it."""

    def __init__(self, shell: Any, orders: dict[str, Any]) -> None:
        self.shell = shell
        self.orders = orders
        self.store = Path(orders["store"])
        self.root = orders["root"]
        self.sources: list[str] = []
        self.began = 0.0
        self.random: dict[str, Any] | None = None
        self.threads: set[threading.Thread] = set()
        # IPython's own names, while they stand for what IPython put there.
        self.given = dict(shell.user_ns)

    def listen(self) -> None:
        """Follow the cells from now on."""
        self.shell.events.register("pre_run_cell", self._before)
        self.shell.events.register("post_run_cell", self._after)

    def tell(self, **event: Any) -> None:
        """Append a line to the report."""
        with open(self.orders["report"], "a", encoding="utf-8") as report:
            report.write(json.dumps(event) + "\n")

    def _before(self, info: Any) -> None:
        # A kernel's own threads are all there when its first cell begins.
        self.threads = self.threads or set(threading.enumerate())
        if self.random is not None:
            surroundings.bring_back(surroundings.RANDOM, self.random)
            self.random = None
        self.began = time.monotonic()

    def _after(self, result: Any) -> None:
        if not result.info.store_history:
            return
        self.sources.append(result.info.raw_cell)
        seconds = time.monotonic() - self.began
        if result.success and seconds >= self.orders["threshold"]:
            began = time.monotonic()
            try:
                # Whatever a library says about being looked at is no output of the cell.
                with contextlib.redirect_stdout(None), contextlib.redirect_stderr(None):
                    taken = self._take()
            except Exception as error:
                # Whatever goes wrong here must not harm the run, only its snapshot.
                self.tell(event="none", after=len(self.sources), reason=_words(error))
            else:
                spent = time.monotonic() - began
                self.tell(event="snapshot", after=len(self.sources), seconds=spent, **taken)

    # ---- taking

    def _take(self) -> dict[str, Any]:
        """Write a snapshot; returns what the press has to know of it. Raises Unsaved."""
        self._refuse()
        missing: dict[str, str] = {}
        while True:
            try:
                stream, writer = self._written(missing)
                break
            except _Name as error:
                missing[error.name] = error.reason
        if writer.size + len(stream) > self.orders["limit"]:
            raise Unsaved(f"the session fills {(writer.size + len(stream)) / 1e9:.1f} GB")
        name = secrets.token_hex(8)
        self.store.mkdir(parents=True, exist_ok=True)
        digests = {
            f"{name}.names": _write(self.store / f"{name}.names", [memoryview(stream)]),
            f"{name}.memory": _write(self.store / f"{name}.memory", _blocks(writer)),
        }
        return {
            "name": name,
            "size": writer.size,
            "digests": digests,
            "missing": missing,
            "modules": self._own_modules(),
        }

    def _refuse(self) -> None:
        for path in self._files_written():
            raise Unsaved(f"a cell writes the file {os.path.basename(path)}")
        own = self._own_modules()
        texts = [("", source) for source in self.sources]
        for module in own:
            path = sys.modules[module].__file__ or ""
            texts.append((os.path.basename(path), Path(path).read_text("utf-8")))
        sources = [text for _, text in texts]
        found = [
            (place, *doubt)
            for place, text in enumerate(sources)
            if (doubt := cells.roundabout(text))
        ]
        found += cells.effects(sources, lambda path: path.partition(".")[0] in own)
        for place, line, words in found:
            label = texts[place][0]
            where = f"{label}:{line}" if label else f"In [{place + 1}], line {line},"
            raise Unsaved(f"{where} {words}")
        for hindrance in surroundings.hindrances(self.threads):
            raise Unsaved(hindrance)

    def _files_written(self) -> Iterator[str]:
        with open(os.environ[observe.LOG], encoding="ascii") as log:
            for line in log:
                kind, _, path = line.rstrip("\n").partition("\t")
                full = os.path.join(os.path.realpath(self.root), path)
                own = full.startswith((self.orders["scratch"], self.orders["store"]))
                # What is gone again, as temporary files are, is no part of the session.
                if kind == "wrote" and not own and os.path.exists(full):
                    yield path

    def _own_modules(self) -> dict[str, str]:
        """Return a digest of the state of each imported module of the report, the press' own
        apart."""
        home = os.path.realpath(self.root) + os.sep
        away = (os.path.realpath(sys.prefix) + os.sep, str(Path(__file__).parents[1]) + os.sep)
        return {
            name: _state(module)
            for name, module in sorted(sys.modules.items())
            if (path := getattr(module, "__file__", None))
            and name != "__main__"
            # Some libraries give a module a file that there is not.
            and os.path.isfile(path)
            and os.path.realpath(path).startswith(home)
            and not os.path.realpath(path).startswith(away)
        }

    def _names(self) -> Iterator[tuple[str, Any]]:
        for name, value in self.shell.user_ns.items():
            ours = name in self.given and self.given[name] is value
            if not ours and not re.fullmatch(cells.HISTORY, name):
                yield name, value

    def _written(self, missing: dict[str, str]) -> tuple[bytes, Writer]:
        file = io.BytesIO()
        writer = Writer(file)
        writer.dump(surroundings.read(surroundings.EARLY))
        # Their parts, too: some libraries import a part of themselves only when it is asked for.
        imports = cells.imports(self.sources)
        writer.dump([name for name in imports if name.partition(".")[0] in sys.modules])
        for name, value in self._names():
            if name in missing:
                continue
            try:
                writer.dump((name, value))
            except Exception as error:
                # What was half written stays in the writer's memory: it starts anew without it.
                raise _Name(name, _words(error)) from None
        writer.dump(None)
        writer.dump(surroundings.read(surroundings.LATE))
        writer.dump(surroundings.read(surroundings.RANDOM))
        return file.getvalue(), writer

    # ---- bringing back

    def restore(self, wanted: dict[str, Any]) -> None:
        """Make this session the one that was kept, or tells why not."""
        try:
            times = self._restore(wanted)
        except Exception as error:
            self.tell(event="unrestored", reason=_words(error))
        else:
            self.tell(event="restored", **times)

    def _restore(self, wanted: dict[str, Any]) -> dict[str, float]:
        began = time.monotonic()
        snapshot = wanted["snapshot"]
        with open(self.store / f"{snapshot['name']}.names", "rb") as file:
            memory = str(self.store / f"{snapshot['name']}.memory")
            reader = Reader(file, memory, snapshot["size"])
            _bring_back(surroundings.EARLY, reader.load())
            for name in reader.load():
                _import(name)
            imported = time.monotonic()
            while (entry := reader.load()) is not None:
                self.shell.user_ns[entry[0]] = entry[1]
            late = reader.load()
            self.random = reader.load()
        for module, state in snapshot["modules"].items():
            if _state(importlib.import_module(module)) != state:
                raise Unsaved(f"the module {module} was changed by the cells before")
        _bring_back(surroundings.LATE, late)
        self.sources = list(wanted["sources"])
        for number, source in enumerate(self.sources, start=1):
            # Tracebacks and warnings find the lines of the cells that do not run.
            self.shell.compile.cache(self.shell.transform_cell(source), number, source)
        self.shell.execution_count = len(self.sources) + 1
        return {"imports": imported - began, "seconds": time.monotonic() - imported}


class _Name(Exception):
    """A name of the session that cannot be written."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(name, reason)
        self.name, self.reason = name, reason


def start() -> None:
    """Keep libraries quiet, and begin to follow this kernel's session, as the orders say."""
    import proofpress.notebook.quiet  # noqa: F401

    path = os.environ.get(ORDERS_VARIABLE)
    if path is None:
        return
    from IPython.core.getipython import get_ipython

    session = Session(get_ipython(), json.loads(Path(path).read_text("utf-8")))
    session.listen()
    if session.orders["restore"]:
        session.restore(session.orders["restore"])


def _import(name: str) -> None:
    """Import a module, or what an import statement would take from one."""
    parent, _, attribute = name.rpartition(".")
    if parent in sys.modules and hasattr(sys.modules[parent], attribute):
        return
    # What is missing was an import that the code provided against.
    with contextlib.suppress(ImportError):
        importlib.import_module(name)


def _bring_back(parts: Any, values: dict[str, Any]) -> None:
    if different := surroundings.bring_back(parts, values):
        raise Unsaved(f"{different[0]} did not come back")


def _blocks(writer: Writer) -> Iterator[memoryview]:
    """Yield the memory of the tensors, each block filled up to where the next may begin."""
    for storage in writer.storages:
        size = storage.nbytes()
        if size:
            import torch

            view = torch.tensor([], dtype=torch.uint8).set_(storage)
            yield memoryview(view.numpy())
            yield memoryview(bytes(-size % ALIGNMENT))


def _write(path: Path, blocks: Any) -> str:
    """Write a file; returns its digest."""
    taken = hashlib.sha256()
    with open(path, "wb", buffering=BLOCK) as file:
        for block in blocks:
            taken.update(block)
            file.write(block)
    return taken.hexdigest()


def _state(module: types.ModuleType) -> str:
    """Return a digest of the values that a module and its classes and functions hold."""
    values: dict[str, Any] = {}
    for name, value in vars(module).items():
        if name.startswith("__") or isinstance(value, types.ModuleType):
            continue
        values[name] = value
        if getattr(value, "__module__", None) != module.__name__:
            continue
        if isinstance(value, type):
            values[f"{name}."] = {
                key: held
                for key, held in vars(value).items()
                if not callable(held) and not hasattr(held, "__get__") and key[:2] != "__"
            }
        elif isinstance(value, types.FunctionType):
            held = [contents(cell) for cell in value.__closure__ or ()]
            values[f"{name}."] = (value.__defaults__, value.__kwdefaults__, vars(value), held)
    file = io.BytesIO()
    writer = Writer(file, apart=[module.__name__])
    try:
        writer.dump(values)
    except Exception as error:
        raise Unsaved(f"the module {module.__name__} holds {_words(error)}") from None
    taken = hashlib.sha256(file.getvalue())
    for block in _blocks(writer):
        taken.update(block)
    return taken.hexdigest()


def _words(error: Exception) -> str:
    text = " ".join(str(error).split())[:200]
    return text if isinstance(error, Unsaved) else f"{type(error).__name__}: {text}"
