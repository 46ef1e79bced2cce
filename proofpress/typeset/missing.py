"""What it means to an author that TeX lacks a file, or cannot take it in.

Place in the chain: TeX's complaint -> **meaning** -> message.
"""

from __future__ import annotations

import re
from dataclasses import replace

from proofpress.faults.author import SETTINGS
from proofpress.faults.nearest import meant, nearest
from proofpress.typeset import packages
from proofpress.typeset.log import Problem
from proofpress.typeset.mentioned import PICTURES
from proofpress.typeset.sources import Sources

MISSING = "the file"  # begins what is told of one that TeX asked for in vain
_FROM_POSTSCRIPT = "-eps-converted-to.pdf"  # what LaTeX would have another program make


def missing_file(problem: Problem, found: re.Match[str], sources: Sources) -> Problem:
    """Return what is told of a file of that name."""
    name = found[1]
    if name.endswith((".sty", ".cls")):
        # TeX has read on by the time that it gives up.
        place = sources.loader(name.rpartition(".")[0]) or (problem.file, problem.line)
        if packages.known(stem := name.removesuffix(".sty")):
            mend = f"take it out: {packages.lacked(stem)}"
        else:
            near = nearest(name, sources.packages())
            # The tree's list names files that the embedded engine leaves out.
            alike = f" ({near} is there)" if near and sources.holds(near) else ""
            mend = (
                f"check its spelling{alike}; make doctor says how to get a package that TeX lacks"
            )
        message = f"the LaTeX package {name} is missing"
        return replace(problem, message=message, file=place[0], line=place[1], mend=mend)
    if name.endswith(_FROM_POSTSCRIPT):
        mend = "save it as PDF"
        return replace(problem, message="TeX takes in no pictures in PostScript", mend=mend)
    is_picture = not name.endswith(".tex")
    known = [one for one in sources.known() if is_picture == one.lower().endswith(PICTURES)]
    near = meant(name, known) or meant(name.rpartition(".")[0], known)
    mend = near or f"check its name, which is a path from the folder of {SETTINGS}"
    stem = name.rpartition("/")[2].removesuffix(".pdf")
    if not near and stem.isidentifier() and name in (f"figures/{stem}.pdf", f"{stem}.pdf", stem):
        mend = f"check its name, or let a module figures/{stem}.py define draw(facts)"
    return replace(problem, message=f"{MISSING} {name} is missing", mend=mend)


def unknown_picture(problem: Problem, found: re.Match[str], _: Sources) -> Problem:
    """Return what is told of a picture whose name ends so."""
    message = f"TeX takes in no pictures of the kind {found[1]}"
    mend = "save it as PDF, where it has lines and letters, or as PNG or JPG"
    return replace(problem, message=message, mend=mend)
