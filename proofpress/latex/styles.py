"""The LaTeX packages that the press brings along, and how they come beside a document.

Place in the chain: the .sty files of this room -> document, format. They stand in the press's
folder, wherever that is, and never in a report.
"""

from __future__ import annotations

from pathlib import Path

_NAMES = ("proofpress.sty", "presstype.sty", "notebook.sty")
# What a document calls each of them.
STYLES = {name: Path(__file__).with_name(name) for name in _NAMES}
PACKAGES = frozenset(name.removesuffix(".sty") for name in STYLES)


def beside(document: Path) -> None:
    """Write all packages of the press beside a document.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     beside(Path(folder, "report.tex"))
    ...     sorted(path.name for path in Path(folder).iterdir()) == sorted(STYLES)
    True
    """
    for name in STYLES:
        put(document.with_name(name))


def put(target: Path) -> None:
    """Write the package of the press that is called as `target` is to that place.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     put(Path(folder, "notebook.sty"))
    ...     Path(folder, "notebook.sty").read_bytes() == STYLES["notebook.sty"].read_bytes()
    True
    """
    target.write_bytes(STYLES[target.name].read_bytes())
