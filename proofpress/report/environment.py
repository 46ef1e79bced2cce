"""The virtual environment: made on first use from pyproject.toml's pins, then only looked at.

Place in the chain: before everything. Only the standard library is used, because nothing
else is installed yet; `enter` is the first line of build.py.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator, Sequence

from proofpress.build.digests import digest

# The groups of pyproject.toml. Each holds its whole closure and is installed without
# resolving anything; torch alone is resolved, because its needs differ between platforms.
GROUPS = ("press", "torch", "packaged", "test")
RESOLVED = ("torch",)
REPORT = ("press", "torch", "packaged")
STAMP = "proofpress-installed.json"
MINIMUM = (3, 11)


def enter(root: str, groups: Sequence[str] = REPORT) -> None:
    """Returns when this process runs in an environment that holds `groups`; else restarts there.

    `root` is the folder of build.py. A running environment that was installed from the same
    pins is accepted as it is, so a copy of the report can share one. The network is used only
    when a pin has changed or the environment is missing. Ends the process with status 2 and one
    message when it cannot be made.
    """
    if not groups:
        return
    if sys.version_info < MINIMUM:
        _fail(
            f"Python {sys.version.split()[0]} is too old",
            f"run it with Python {MINIMUM[0]}.{MINIMUM[1]} or newer",
        )
    pins = _pins(root)
    if _holds(sys.prefix, pins, groups):
        return
    home = os.path.join(root, ".venv")
    python = interpreter(home)
    if os.path.abspath(sys.prefix) == os.path.abspath(home) or not _holds(home, pins, groups):
        with _alone(root):
            if not _holds(home, pins, groups):
                _install(root, home, pins, groups)
    if os.path.abspath(sys.prefix) != os.path.abspath(home):
        _restart(python)


def wanted(words: Sequence[str]) -> Sequence[str]:
    """The groups that a command line needs; checking claims, for one, needs no torch.

    >>> wanted(["check"]), wanted(["test", "--fast"])[-1]
    (('press',), 'test')
    """
    light: dict[str, Sequence[str]] = {
        "help": (),
        "clean": (),
        "test": GROUPS,
        "fuzz": ("press", "test"),
    }
    if "--untrusted" in words:
        light["test"] = ()  # it will be refused
    light.update(dict.fromkeys(("check", "check-kernel", "why", "doctor", "diff"), ("press",)))
    named = next((word for word in words if not word.startswith("-")), "pdf")
    return light.get(named, REPORT)


def interpreter(home: str) -> str:
    """The path of the Python inside the environment `home`.

    >>> interpreter("env").startswith("env")
    True
    """
    return os.path.join(
        home, *(("Scripts", "python.exe") if os.name == "nt" else ("bin", "python"))
    )


def _pins(root: str) -> dict[str, str]:
    """A digest of each group's pins. The file is parsed only when its bytes are new to us."""
    path = os.path.join(root, "pyproject.toml")
    try:
        with open(path, "rb") as file:
            text = file.read()
    except OSError as error:
        _fail(f"cannot read {path}: {error.strerror}", "restore pyproject.toml from the repository")
    whole = digest(text)
    stamp = _stamp(sys.prefix)
    if stamp.get("file") == whole:
        return {"file": whole, **stamp["groups"]}
    listed = _groups(root)
    return {"file": whole, **{name: digest("\n".join(listed[name]).encode()) for name in GROUPS}}


def _groups(root: str) -> dict[str, list[str]]:
    import tomllib

    with open(os.path.join(root, "pyproject.toml"), "rb") as file:
        return tomllib.load(file)["dependency-groups"]


def _stamp(prefix: str) -> dict:
    import json

    try:
        with open(os.path.join(prefix, STAMP), encoding="utf-8") as file:
            return json.load(file)
    except (OSError, ValueError):
        return {}


def _holds(prefix: str, pins: dict[str, str], groups: Sequence[str]) -> bool:
    installed = _stamp(prefix).get("installed", {})
    return all(installed.get(group) == pins[group] for group in groups)


def _install(root: str, home: str, pins: dict[str, str], groups: Sequence[str]) -> None:
    import json
    import subprocess

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
    stamp = _stamp(home)
    installed = dict(stamp.get("installed", {}))
    listed = _groups(root)
    for group in groups:
        if installed.get(group) == pins[group]:
            continue
        _say(f"installing the pinned packages of group {group} ({len(listed[group])})")
        _pip(python, listed[group], root, resolve=group in RESOLVED)
        installed[group] = pins[group]
        known = {name: pins[name] for name in GROUPS}
        text = json.dumps({"file": pins["file"], "groups": known, "installed": installed})
        fresh = os.path.join(home, STAMP + ".new")
        with open(fresh, "w", encoding="utf-8") as file:
            file.write(text)
        os.replace(fresh, os.path.join(home, STAMP))


def _pip(python: str, pins: Sequence[str], root: str, resolve: bool) -> None:
    import subprocess

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
    """Runs this very command line again in the environment; never returns."""
    command = [python, *sys.argv]
    if os.name == "nt":
        import subprocess

        sys.exit(subprocess.run(command).returncode)
    sys.stdout.flush()
    os.execv(python, command)


@contextlib.contextmanager
def _alone(root: str) -> Iterator[None]:
    """Keeps two first builds from installing into one environment at once."""
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


def _fail(what: str, mend: str) -> None:
    print(f"error: {what}\n  mend: {mend}", file=sys.stderr)
    sys.exit(2)
