"""The LaTeX packages that the press brings along, and how they come beside a document.

Place in the chain: the press's own .sty files -> document, format. They stand in the press's
folder, wherever that is, and never in a report.
"""

from __future__ import annotations

from pathlib import Path

_HOME = Path(__file__).parents[1]
# What a document calls each of them.
STYLES = {
    path.name: path
    for path in (_HOME / "documents/proofpress.sty", _HOME / "notebook/notebook.sty")
}
PACKAGES = frozenset(name.removesuffix(".sty") for name in STYLES)


def put(target: Path) -> None:
    """Write the package of the press that is called as `target` is to that place.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     put(Path(folder, "notebook.sty"))
    ...     Path(folder, "notebook.sty").read_bytes() == STYLES["notebook.sty"].read_bytes()
    True
    """
    target.write_bytes(STYLES[target.name].read_bytes())
