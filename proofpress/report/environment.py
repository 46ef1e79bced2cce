"""The virtual environment: made on first use from pyproject.toml's pins, then only looked at.

Place in the chain: before everything. Only the standard library is used, because nothing
else may be installed yet.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NoReturn

from proofpress.build.digests import digest

PROJECT = "pyproject.toml"
STAMP = "proofpress-installed.json"
MINIMUM = (3, 11)


class Wanted:
    """What pyproject.toml wants installed: digests of the pins of its groups, and which commands
    need which groups.

    `table` is [tool.proofpress.environment]: "groups" for every command but those that it names
    itself, "resolved" for groups that do not hold their whole closure.
    """

    def __init__(self, file: str, pins: Mapping[str, str], table: Mapping[str, Any]) -> None:
        self.file, self.pins, self.table = file, pins, table

    def groups(self, words: Sequence[str]) -> Sequence[str]:
        """Return the groups that a command line needs; checking claims, for one, may need fewer.

        >>> wanted = Wanted("", {}, {"groups": ["press", "torch"], "check": ["press"]})
        >>> wanted.groups(["check", "--json"]), wanted.groups([])
        (['press'], ['press', 'torch'])
        """
        named = next((word for word in words if not word.startswith("-")), "")
        found: Sequence[str] = self.table.get(named, self.table["groups"])
        return found


def enter(root: str, words: Sequence[str]) -> None:
    """Return when this process runs in an environment that the command line `words` can use.

    A report whose pyproject.toml has no table [tool.proofpress.environment] uses whatever runs it.
    Otherwise its groups are installed into .venv beside it, and the command is given again there.
    A running environment that was installed from the same pins is accepted as it is, so a copy of
    the report can share one. The network is used only when a pin has changed or the environment is
    missing. Ends the process with status 2 and one message when it cannot be made.
    """
    if "--untrusted" in words and "test" in words:
        return  # it will be refused
    wanted = _wanted(root)
    groups = wanted.groups(words) if wanted else ()
    if wanted is None or not groups:
        return
    if sys.version_info < MINIMUM:
        _fail(
            f"Python {sys.version.split()[0]} is too old",
            f"run it with Python {MINIMUM[0]}.{MINIMUM[1]} or newer",
        )
    if _holds(sys.prefix, wanted, groups):
        return
    home = os.path.join(root, ".venv")
    python = interpreter(home)
    if os.path.abspath(sys.prefix) == os.path.abspath(home) or not _holds(home, wanted, groups):
        with _alone(root):
            if not _holds(home, wanted, groups):
                _install(root, home, wanted, groups)
    if os.path.abspath(sys.prefix) != os.path.abspath(home):
        _restart(python)


def work_in(root: str) -> None:
    """Make the report's folder the working folder of this process, as its author's code expects.

    >>> work_in(os.getcwd())
    """
    os.chdir(root)


def interpreter(home: str) -> str:
    """Return the path of the Python inside the environment `home`.

    >>> interpreter("env").startswith("env")
    True
    """
    return os.path.join(
        home, *(("Scripts", "python.exe") if os.name == "nt" else ("bin", "python"))
    )


def _wanted(root: str) -> Wanted | None:
    """Return what pyproject.toml wants; it is parsed only when its bytes are new to us."""
    try:
        with open(os.path.join(root, PROJECT), "rb") as file:
            text = file.read()
    except FileNotFoundError:
        return None
    except OSError as error:
        _fail(f"cannot read {PROJECT}: {error.strerror}", "make it readable")
    whole = digest(text)
    stamp = _stamp(sys.prefix)
    if stamp.get("file") == whole:
        return Wanted(whole, stamp["groups"], stamp["table"])
    listed, table = _project(text)
    if table is None:
        return None
    pins = {name: digest("\n".join(pins).encode()) for name, pins in listed.items()}
    for key, names in table.items():
        if unknown := [name for name in names if name not in pins]:
            what = f"{PROJECT}: tool.proofpress.environment.{key} names no group {unknown[0]}"
            _fail(what, f"add it under [dependency-groups], or name one of {', '.join(pins)}")
        if empty := [name for name in names if not listed[name]]:
            _fail(f"{PROJECT}: the group {empty[0]} is empty", "list its packages, or leave it out")
    if "groups" not in table:
        _fail(f"{PROJECT}: tool.proofpress.environment has no groups", 'write groups = ["press"]')
    return Wanted(whole, pins, table)


def _project(text: bytes) -> tuple[dict[str, list[str]], dict[str, Any] | None]:
    """Return the pins of all groups, and the table for the environment, where there is one."""
    import tomllib  # which an older Python lacks that is told so

    try:
        project = tomllib.loads(text.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        _fail(f"{PROJECT} is not a TOML file: {error}", "mend that line")
    table = project.get("tool", {}).get("proofpress", {}).get("environment")
    return project.get("dependency-groups", {}), table


def _stamp(prefix: str) -> dict:
    try:
        with open(os.path.join(prefix, STAMP), encoding="utf-8") as file:
            return json.load(file)
    except (OSError, ValueError):
        return {}


def _holds(prefix: str, wanted: Wanted, groups: Sequence[str]) -> bool:
    installed = _stamp(prefix).get("installed", {})
    return all(installed.get(group) == wanted.pins[group] for group in groups)


def _install(root: str, home: str, wanted: Wanted, groups: Sequence[str]) -> None:
    python = interpreter(home)
    if not os.path.exists(python):
        _say("making the virtual environment .venv")
        made = subprocess.run(
            [getattr(sys, "_base_executable", sys.executable), "-m", "venv", home],
            capture_output=True,
            text=True,
        )
        if made.returncode:
            last = (made.stderr or made.stdout).strip().splitlines()[-1:] or ["venv failed"]
            _fail(
                f"cannot make the virtual environment: {last[0]}",
                "install Python's venv module (Debian: python3-venv), then run this again",
            )
    installed = dict(_stamp(home).get("installed", {}))
    with open(os.path.join(root, PROJECT), "rb") as file:
        listed, _ = _project(file.read())
    resolved = wanted.table.get("resolved", ())
    for group in groups:
        if installed.get(group) == wanted.pins[group]:
            continue
        _say(f"installing the pinned packages of group {group} ({len(listed[group])})")
        _pip(python, listed[group], root, resolve=group in resolved)
        installed[group] = wanted.pins[group]
        noted = {"file": wanted.file, "groups": wanted.pins, "table": wanted.table}
        text = json.dumps({**noted, "installed": installed})
        fresh = os.path.join(home, STAMP + ".new")
        with open(fresh, "w", encoding="utf-8") as file:
            file.write(text)
        os.replace(fresh, os.path.join(home, STAMP))


def _pip(python: str, pins: Sequence[str], root: str, resolve: bool) -> None:
    command = [python, "-m", "pip", "install", "--quiet", "--no-input"]
    command += ["--disable-pip-version-check", *([] if resolve else ["--no-deps"]), *pins]
    log = os.path.join(root, ".venv", "install.log")
    with open(log, "w", encoding="utf-8") as file:
        status = subprocess.run(command, stdout=file, stderr=subprocess.STDOUT).returncode
    if status:
        with open(log, encoding="utf-8", errors="replace") as file:
            errors = [line.strip() for line in file if line.startswith("ERROR")]
        _fail(
            "the pinned packages could not be installed: " + (errors or ["see the log"])[-1],
            "check the network and the package index, then run this again (log: .venv/install.log)",
        )


def _restart(python: str) -> None:
    """Run this very command line again in the environment; never returns."""
    command = [python, os.path.abspath(sys.argv[0]), *sys.argv[1:]]
    if os.name == "nt":
        sys.exit(subprocess.run(command).returncode)
    sys.stdout.flush()
    os.execv(python, command)


@contextlib.contextmanager
def _alone(root: str) -> Iterator[None]:
    """Keep two first builds from installing into one environment at once."""
    try:
        import fcntl
    except ImportError:  # Windows: two first builds at once are left to the user there.
        yield
        return
    with open(os.path.join(root, ".venv.lock"), "w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _say(text: str) -> None:
    print(f"proofpress: {text}", file=sys.stderr, flush=True)


def _fail(what: str, mend: str) -> NoReturn:
    print(f"error: {what}\n  mend: {mend}", file=sys.stderr)
    sys.exit(2)
