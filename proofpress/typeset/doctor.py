"""What a TeX engine lacks for the report, and how to get it.

Place in the chain: before everything, when asked: `make doctor`. The engine itself is asked
whether it finds each package, in one run, so the answer holds for whatever tree it has.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from proofpress.faults.author import SETTINGS
from proofpress.latex.styles import PACKAGES, STYLES
from proofpress.typeset.engine import Engine
from proofpress.typeset.run import Limits, run

_ASKS = re.compile(
    r"^[^%\n]*?\\(?:usepackage|RequirePackage)\s*(?:\[[^\]]*\])?\s*\{([^}]*)\}", re.M
)
# Debian's package for each LaTeX package that is in neither texlive-latex-base nor -extra.
_DEBIAN = {
    "lmodern": "lmodern",
    "pgf": "texlive-pictures",
    "tikz": "texlive-pictures",
    "microtype": "texlive-latex-recommended",
    "xcolor": "texlive-latex-recommended",
    "etoolbox": "texlive-latex-recommended",
    "bookmark": "texlive-latex-recommended",
    **dict.fromkeys(
        ("amsmath", "array", "calc", "fancyhdr", "fontenc", "geometry", "graphicx", "hyperref",
         "longtable", "multicol", "url", "verbatim"),
        "texlive-latex-base",
    ),
}  # fmt: skip
_DEBIAN_OTHERS = "texlive-latex-extra"


@dataclass(frozen=True)
class Facts:
    """An engine as `make doctor` shows it: name, version, packages that it lacks, and one
    action that brings them ("" when nothing is missing)."""

    name: str
    version: str
    missing: tuple[str, ...]
    mend: str


def facts(engine: Engine, texts: Iterable[str]) -> Facts:
    """Return what `engine` is, and which packages asked for in the LaTeX sources `texts` it lacks.

    The press brings packages of its own along, which ask for others.
    """
    own = [path.read_text(encoding="utf-8") for path in STYLES.values()]
    asked = {name for text in (*texts, *own) for name in packages(text)}
    missing = lacking(engine, sorted(asked - PACKAGES))
    return Facts(engine.name, engine.version, missing, _mend(engine, missing))


def packages(text: str) -> tuple[str, ...]:
    """Return the LaTeX packages that a source asks for, in its order.

    >>> packages("\\\\usepackage[T1]{fontenc}\\n% \\\\usepackage{no}\\n\\\\usepackage{array, url}")
    ('fontenc', 'array', 'url')
    """
    return tuple(
        name.strip() for group in _ASKS.findall(text) for name in group.split(",") if name.strip()
    )


def lacking(engine: Engine, names: Iterable[str]) -> tuple[str, ...]:
    """Return those of the files `names` that the engine does not find; a package is one by its
    bare name."""
    tests = [f"\\IfFileExists{{{_file(name)}}}{{}}{{\\typeout{{lacks:{name}}}}}" for name in names]
    with tempfile.TemporaryDirectory() as folder:
        room = Path(folder)
        (room / "doctor.tex").write_text("\n".join([*tests, "\\csname @@end\\endcsname\n"]))
        run(engine.command("doctor.tex"), room, engine.environment(), Limits(seconds=60))
        log = (room / "doctor.log").read_text(encoding="utf-8", errors="replace")
    return tuple(re.findall(r"^lacks:(\S+)$", log, re.M))


def _file(name: str) -> str:
    return name if name.endswith((".sty", ".cls")) else f"{name}.sty"


def _mend(engine: Engine, missing: Iterable[str]) -> str:
    wanted = sorted({_DEBIAN.get(name, _DEBIAN_OTHERS) for name in missing})
    if not wanted:
        return ""
    if engine.name == "embedded":
        return f'use only packages that it holds, or set engine = "system" in {SETTINGS}'
    return f"on Debian and Ubuntu, as root: apt install {' '.join(wanted)}"
