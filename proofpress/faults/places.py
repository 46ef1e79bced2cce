"""Where in the author's files an error arose, and what Python's words for it mean.

Place in the chain: any exception -> **the author's line** -> message. The last resort of every
step: what no room of the press explains better is placed and told here.
"""

from __future__ import annotations

import builtins
import errno
import importlib
import os
import pkgutil
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import FrameType, ModuleType, TracebackType
from typing import Any

from proofpress.faults.errors import PressError, PressErrors
from proofpress.faults.nearest import meant
from proofpress.faults.space import no_space

_PRESS = os.path.join(os.path.realpath(Path(__file__).parents[1]), "")
LONGEST = 100  # characters of an excerpt; a whole paragraph can stand on a line
_PLAIN_PLACE = re.compile(r"(?P<file>[^\s:][^:\n]*):(?P<line>\d+)")
_NO_FILE = (errno.EISDIR, errno.ELOOP)
_REFUSED = (errno.EACCES, errno.EPERM, errno.EROFS)


def told(error: BaseException) -> PressError:
    """Return the error as its author reads it, placed at the innermost line that the author wrote.

    Paths are told from the working folder, which is the report's.
    """
    if (full := no_space(error)) is not None:
        return full
    if isinstance(error, PressError):
        return PressErrors(_placed(single, error) for single in error.each())
    if isinstance(error, SyntaxError) and own(error.filename or ""):
        where = place(short(error.filename or ""), error.lineno)
        return PressError(f"Python cannot read this file: {error.msg}", where, "mend the syntax")
    if isinstance(error, OSError) and (known := _of_system(error)):
        return known
    what, mend = _worded(error)
    where = line_of(error) or ""
    unknown = "this is a fault of the press: run it again with --debug, and report what it says"
    return PressError(what, where or None, mend or ("mend that line" if where else unknown))


def not_text(file: str, error: UnicodeDecodeError) -> PressError:
    """Return the error that a file is not UTF-8; `error` is that of reading it whole."""
    line = error.object.count(b"\n", 0, error.start) + 1
    what = f"{file} is not UTF-8 text: it holds the byte {error.object[error.start]:#04x}"
    return PressError(what, place(file, line), "save it as UTF-8")


def line_of(error: BaseException) -> str | None:
    """Return the innermost line of the author's in an error's traceback; None when there is
    none."""
    found = list(_frames(error.__traceback__))
    if not found:
        return None
    frame, line = found[-1]
    return place(short(frame.f_code.co_filename), line)


def place(file: str, line: int | None, about: str = "", root: str | os.PathLike[str] = ".") -> str:
    """Return a line of a file below `root` with what stands there: "file:line: words".

    Where there are many words, those around `about` are shown.
    """
    if line is None:
        return file
    try:
        lines = Path(root, file).read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return f"{file}:{line}"
    words = lines[line - 1].strip() if 0 < line <= len(lines) else ""
    return f"{file}:{line}: {excerpt(words, about)}" if words else f"{file}:{line}"


def excerpt(words: str, about: str = "") -> str:
    """Return the words, cut to those around `about` when they are many.

    >>> excerpt("a " * 80 + "here" + " b" * 80, "here")[43:63]
    'a a a a a here b b b'
    """
    if len(words) <= LONGEST:
        return words
    at = max(words.find(about), 0) if about else 0
    first = max(0, min(at - LONGEST // 2, len(words) - LONGEST))
    shown = words[first : first + LONGEST].strip()
    return ("..." if first else "") + shown + ("..." if first + LONGEST < len(words) else "")


def best_line(lines: Sequence[str], about: str, shown: str) -> int | None:
    """Return the number, from 1, of the line that holds `about`, or else most words of `shown`.

    >>> best_line(["x = 1", "cell = 'the count'"], "", "count & the")
    2
    """
    if about:
        for number, line in enumerate(lines, 1):
            if about in line:
                return number
    words = set(re.findall(r"\w{3,}", shown))
    held = [sum(word in line for word in words) for line in lines]
    return held.index(max(held)) + 1 if any(held) else None


def naming(lines: Sequence[str], key: str, first: int) -> int:
    """Return the number of the first line, from number `first` on, that has `key` in quotes; or of
    the last one above; or `first`.

    >>> naming(["given = {'n': 2}", "Report(values=given)"], "n", 2)
    1
    """
    quoted = (f'"{key}"', f"'{key}'")
    named = [number for number, line in enumerate(lines, 1) if any(q in line for q in quoted)]
    return next((number for number in named if number >= first), named[-1] if named else first)


def definition(lines: Sequence[str], name: str) -> int:
    """Return the number, from 1, of the line that defines a function; 1 when none does."""
    found = (k for k, line in enumerate(lines, 1) if line.startswith(f"def {name}("))
    return next(found, 1)


def written(file: str, about: str, function: str) -> str:
    """Return the place in a module of the author's where `about` stands, or else of a function."""
    try:
        lines = Path(file).read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return file
    return place(file, best_line(lines, about, "") or definition(lines, function), about)


def named(file: str, path: str, root: str = "") -> str | None:
    """Return the place in a file of the author's, relative to `root`, that names a path, or at
    least its stem in quotes."""
    try:
        lines = Path(root, file).read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return None
    for about in (path, f'"{Path(path).stem}"'):
        if at := best_line(lines, about, ""):
            return place(file, at, about)
    return None


def imported(name: str) -> ModuleType:
    """Import a module of the author's, whose folder is below the working folder.

    A folder without an __init__.py is the author's as well: Python would prefer an installed
    package of its name, as PyTables is called "tables".

    >>> imported("json.decoder").__name__
    'json.decoder'
    """
    top, _, below = name.partition(".")
    own = os.path.isdir(top) and not os.path.exists(os.path.join(top, "__init__.py"))
    if below and own and top not in sys.modules:
        sys.modules[top] = package = ModuleType(top)
        package.__path__ = [os.path.abspath(top)]
    return importlib.import_module(name)


def called(module: Path, name: str, *given: Any, **named: Any) -> Any:
    """Return what the function of that name in a module of the author's returns; it is imported by
    path.

    Raises PressError when the module has none, or one that takes other arguments.
    """
    from inspect import signature  # nothing else in the command line's process needs it

    loaded = imported(".".join(module.with_suffix("").parts))
    if not hasattr(loaded, name):
        mend = meant(name, dir(loaded)) or f"define {name}"
        raise PressError(f"the module has no function {name}", place(module.as_posix(), 1), mend)
    function = getattr(loaded, name)
    try:
        signature(function).bind(*given, **named)
    except TypeError as error:
        where = written(module.as_posix(), "", name)
        mend = f"define {name} so that it can be called as the other modules define it"
        raise PressError(f"{name} cannot be called: {error}", where, mend) from error
    return function(*given, **named)


def shown(where: str, root: str | os.PathLike[str] = ".", about: str = "") -> str:
    """Return a place "file:line" with what stands there, as `place` does; any other as it is."""
    plain = _PLAIN_PLACE.fullmatch(where)
    return place(short(plain["file"]), int(plain["line"]), about, root) if plain else where


def _placed(single: PressError, whole: PressError) -> PressError:
    """Return the error with its place, and its place with what stands there."""
    where = single.where or line_of(whole)
    return PressError(single.what, where and shown(where), single.mend)


def _frames(trace: TracebackType | None) -> Iterator[tuple[FrameType, int]]:
    while trace is not None:
        if own(trace.tb_frame.f_code.co_filename):
            yield trace.tb_frame, trace.tb_lineno
        trace = trace.tb_next


def own(filename: str) -> bool:
    """Return whether a file is the author's: in the report's folder, and not of what it is made
    with."""
    path = short(filename)
    if not path or os.path.isabs(path) or path.startswith((".venv/", "<")):
        return False
    return not os.path.realpath(filename).startswith(_PRESS)


def short(filename: str) -> str:
    """Return a path from the working folder, where it is below it."""
    home = os.path.join(os.path.realpath("."), "")
    full = os.path.realpath(filename) if os.path.isabs(filename) else filename
    return full.removeprefix(home).replace(os.sep, "/")


def _of_system(error: OSError) -> PressError | None:
    """Return what the system refused, in the words of the path; None for what is not its fault."""
    path = short(os.fspath(error.filename2 or error.filename or ""))
    if error.errno in _NO_FILE and path:
        why = "is a folder" if error.errno == errno.EISDIR else "is a link to itself"
        return PressError(f"{path} {why}, not a file", path, "put the file in its place")
    if error.errno in _REFUSED and path:
        why = (error.strerror or "").lower()
        if os.path.exists(path) and not os.access(path, os.R_OK):
            return PressError(f"{path} cannot be read: {why}", path, f"type: chmod u+r {path}")
        folder = os.path.dirname(path) or "."
        return PressError(
            f"nothing can be written to {folder}: {why}", folder, f"type: chmod u+w {folder}"
        )
    return None


def _worded(error: BaseException) -> tuple[str, str | None]:
    """Return what Python says of an error, and the nearest known name for one that is not known."""
    what = " ".join(f"{type(error).__name__}: {error}".split()).rstrip(": ")
    match error:
        case SystemExit():
            return f"this ends the process before its work is done: {what}", None
        case FileNotFoundError(filename=str(name)):
            return f"there is no file {short(name)}", _in_folder(name)
        case NameError(name=str(name)):
            return f"{name} is not defined", meant(name, _names(error))
        case AttributeError(name=str(name), obj=owner):
            return what, meant(name, dir(owner))
        case ModuleNotFoundError(name=str(name)):
            return f"there is no module {name}", meant(name, _modules(name))
        case ImportError(name=str(module)) if found := re.search(r"import name '(\w+)'", what):
            owner = sys.modules.get(module)
            known = {*dir(owner), *getattr(owner, "__all__", ())}
            return f"{module} has no {found[1]}", meant(found[1], known)
    return what, None


def _names(error: BaseException) -> set[str]:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    frame = trace.tb_frame if trace else None
    seen: dict[str, Any] = {**frame.f_globals, **frame.f_locals} if frame else {}
    return {*seen, *dir(builtins)}


def _modules(name: str) -> set[str]:
    """Return the modules that stand where `name` was looked for."""
    package = name.rpartition(".")[0]
    folders = list(getattr(sys.modules.get(package), "__path__", [])) if package else ["."]
    return {
        f"{package}.{found.name}" if package else found.name
        for found in pkgutil.iter_modules(folders)
    }


def _in_folder(name: str) -> str | None:
    folder = os.path.dirname(name)
    try:
        names = os.listdir(folder or ".")
    except OSError:
        return f"there is no folder {short(folder)} either"
    return meant(short(name), [short(os.path.join(folder, other)) for other in names])
