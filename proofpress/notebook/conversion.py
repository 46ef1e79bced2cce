"""The step of a build that turns an executed notebook into LaTeX.

Place in the chain: executed notebook -> **LaTeX, plots** -> PDF. It stands apart from steps.py
because it needs nothing of what runs a notebook, whose import takes longer than this step.
"""

from __future__ import annotations

from pathlib import Path

from proofpress.notebook.latex import to_latex


def convert(
    executed: Path, body: Path, figures: Path, folder: str = "", times: bool = False
) -> None:
    """Write an executed notebook's LaTeX, and its plots.

    The LaTeX names a plot by the last folder of `figures` and its name, "notebook/x.pdf". Only
    with `times` does it print what was recorded as volatile: how long an epoch took. Pictures that
    its Markdown names are looked for in `folder`.
    """
    text = to_latex(executed, figures, f"{figures.name}/", times=times, folder=Path(folder))
    body.parent.mkdir(parents=True, exist_ok=True)
    body.write_text(text, encoding="utf-8")
