"""What TeX complains of in names: unknown ones, and those that are defined twice.

Place in the chain: TeX's complaint -> **names** -> meaning. A name may come with a package that is
not loaded, be misspelt, or belong to the press.
"""

from __future__ import annotations

import re
from dataclasses import replace

from proofpress.faults.nearest import nearest
from proofpress.latex.styles import STYLES
from proofpress.typeset import packages
from proofpress.typeset.log import Problem
from proofpress.typeset.sources import Sources


def unknown_command(problem: Problem, found: re.Match[str], sources: Sources) -> Problem:
    """Explain a command that TeX does not know: whose package is not loaded, or who is misspelt."""
    name = found[1]
    if re.search(r"\\(?:begin|end)\{document\}", sources.line(problem)):
        # The author put it off until there.
        file, line = sources.place_of(name) or (problem.file, problem.line)
        problem = replace(problem, file=file, line=line)
    if cut := re.search(re.escape(name) + r"([^\x00-\x7f])", sources.line(problem)):
        code = f"{cut[1]} (U+{ord(cut[1]):04X})"
        mend = f"take {code} out: the name of a command ends before it, at the last of a to z"
        return replace(problem, message=f"{name} is not a command that TeX knows", mend=mend)
    if package := packages.of_command(name.lstrip("\\")):
        mend = _mend(package, sources)
    else:
        near = nearest(name.lstrip("\\"), sources.commands(), cutoff=0.8)
        mend = f"write \\{near}, if that is meant" if near else "check its spelling, or define it"
    return replace(problem, message=f"{name} is not a command that TeX knows", mend=mend)


def unknown_environment(problem: Problem, found: re.Match[str], sources: Sources) -> Problem:
    """Explain an environment that TeX does not know, as a command."""
    name = found[1]
    if package := packages.of_environment(name):
        mend = _mend(package, sources)
    else:
        near = nearest(name, sources.environments(), cutoff=0.7)
        mend = f"write {near}, if that is meant" if near else "check its spelling, or define it"
    return replace(problem, message=f"there is no environment called {name}", mend=mend)


def _mend(package: str, sources: Sources) -> str:
    """Return how to get what a package brings: none is advised that the engine does not hold."""
    if sources.holds(f"{package}.sty"):
        return f"write \\usepackage{{{package}}} in the preamble"
    return f"define it: {packages.lacked(package)}"


def defined_twice(problem: Problem, found: re.Match[str], sources: Sources) -> Problem:
    """Explain a second definition. What the press defines an author may have defined before; it is
    told at that line."""
    name = found[1]
    if problem.file in STYLES and (place := sources.definition(name)):
        file, line = place
        message = f"{name} is a command of {problem.file} that an author cannot define"
        mend = "give yours another name"
        return replace(problem, message=message, file=file, line=line, mend=mend)
    mend = "choose another name, or \\renewcommand"
    return replace(problem, message=f"{name} is defined twice", mend=mend)
