"""What TeX's common complaints mean to an author, and how to mend the fault.

Place in the chain: TeX's complaint -> **meaning** -> message. TeX says where it noticed a fault
in terms of its own machinery; this module says what is wrong in the author's terms.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from proofpress.faults.nearest import meant
from proofpress.faults.places import excerpt
from proofpress.typeset import names
from proofpress.typeset.log import Problem
from proofpress.typeset.missing import missing_file, unknown_picture
from proofpress.typeset.run import Limits, Run
from proofpress.typeset.sources import Sources, lines_of

Explain = Callable[[Problem, re.Match[str], Sources], Problem]


def explained(problems: Sequence[Problem], sources: Sources) -> list[Problem]:
    """Return the problems in the author's terms; one that is not known keeps TeX's words.

    TeX stumbles on after an error, so of several errors on one line only the first counts, and
    of an unknown environment only its beginning.
    """
    told: list[Problem] = []
    for problem in problems:
        new = _explained(problem, sources)
        follows = new.kind == "error" and any(_same_fault(old, problem, new) for old in told)
        if not follows:
            told.append(new)
        if problem.message.startswith("File ended"):
            break  # the rest of that file was swallowed, and whatever it defines is missed
    return told


def _same_fault(old: Problem, raw: Problem, new: Problem) -> bool:
    if old.kind != "error":
        return False
    if new.line is not None and (old.file, old.line) == (new.file, new.line):
        # Each character that the font lacks is a fault of its own.
        return old.message == new.message or not new.message.startswith("the report's font")
    if new.message == "a { is never closed":
        return True
    if re.search(r"\\(?:begin|end)\{document\}", raw.excerpt) and old.message == new.message:
        return True
    if "Math formula deleted: Insufficient" in raw.message:
        return old.message.startswith("TeX lacks the font")
    if "Missing $" in raw.message and not raw.excerpt:
        return old.message == new.message
    if "Lonely \\item" in raw.message:
        return "environment called" in old.message
    ended = re.match(r"\\end\{(\S+)\} closes nothing", new.message)
    return ended is not None and old.message.endswith(f"environment called {ended[1]}")


def _explained(problem: Problem, sources: Sources) -> Problem:
    if problem.kind in _WARNINGS:
        problem = replace(problem, about=_key(problem))
        message, mend = _WARNINGS[problem.kind]
        if command := _KEYS.get(problem.kind):
            known = sources.entries() if command == "bibitem" else sources.keys(command)
            mend = meant(problem.about, known) or mend
        if problem.kind == "multiply defined label":
            problem = _at_both_labels(problem, sources)
        # A box of mathematics is logged as codes of glyphs; its source reads better.
        shown = "" if "^^" in problem.excerpt else problem.excerpt
        shown = shown or excerpt(sources.line(problem), problem.about)
        return replace(problem, message=message.format(problem.message), mend=mend, excerpt=shown)
    if problem.kind != "error":
        return problem
    problem = _at_authors_line(problem, sources)
    for pattern, explain in _ERRORS:
        if found := re.search(pattern, problem.message):
            # What TeX complains of is the first group of nearly every pattern.
            about = (found[1] or "") if found.re.groups else ""
            new = explain(replace(problem, about=about), found, sources)
            break
    else:
        plain = re.sub(r"^(LaTeX|Package \w+) Error: ", "", problem.message)
        new = replace(problem, message=f"TeX stopped: {plain}", mend="mend that line")
    # The author's own line reads better than TeX's two halves of it.
    return replace(new, excerpt=excerpt(sources.line(new), new.about) or new.excerpt)


def _at_both_labels(problem: Problem, sources: Sources) -> Problem:
    """Lead a label that is set twice, of which TeX tells no line, to both lines."""
    label = f"\\label{{{problem.about}}}"
    first, *others = [replace(problem, file=f, line=n) for f, n in sources.places_of(label)] or [
        problem
    ]
    first = replace(first, excerpt=excerpt(sources.line(first), label))
    return replace(others[0], before=first) if others else first


def _at_authors_line(problem: Problem, sources: Sources) -> Problem:
    """Lead an error inside of a package to the line of the author's that loads it."""
    if problem.file is None or problem.file in sources.own:
        return problem
    for file in dict.fromkeys((problem.file, *problem.opened)):
        option = re.search(r"option [`'](.+?)'|keyval Error: (\S+) undefined", problem.message)
        given = (option[1] or option[2]) if option else ""
        if place := sources.loader(Path(file).stem, given):
            return replace(problem, file=place[0], line=place[1], excerpt="")
    return replace(problem, file=Path(problem.file).name)


def stopped(last: Run, limits: Limits, log: str, main: str) -> Problem:
    """Return the problem of a run that was ended from outside: for its time, memory or output."""
    pages = re.findall(r"\[(\d+)", log)
    reached = f"; page {pages[-1]} was finished" if pages else ""
    why = f"within {limits.seconds:g} s" if last.stopped else f"(ended by signal {-last.status})"
    return Problem(
        "error",
        f"TeX did not come to an end {why}{reached}",
        main,
        mend="look for a macro or loop that calls itself for ever",
    )


def no_page(main: str) -> Problem:
    """Return the problem of a document that prints nothing.

    >>> print(no_page("report.tex"))
    the document has no page
      report.tex
      mend: add text
    """
    return Problem("error", "the document has no page", main, mend="add text")


def silent(last: Run, main: str) -> Problem:
    """Return the problem of a run that failed and said nothing that could be understood."""
    words = " ".join(last.said.split())
    return Problem("error", f"TeX ended with status {last.status}", main, excerpt=words[-200:])


def _says(message: str, mend: str) -> Explain:
    """Return an explanation that uses the groups of the matched complaint."""

    def explain(problem: Problem, found: re.Match[str], _: Sources) -> Problem:
        groups = [group or "" for group in found.groups()]
        return replace(problem, message=message.format(*groups), mend=mend.format(*groups))

    return explain


def _at(words: str, explain: Explain) -> Explain:
    """Return the same explanation at the one line that holds these words: TeX has read on
    meanwhile."""

    def placed(problem: Problem, found: re.Match[str], sources: Sources) -> Problem:
        file, line = sources.place_of(words.format(*found.groups())) or (problem.file, problem.line)
        return explain(replace(problem, file=file, line=line), found, sources)

    return placed


def _font(problem: Problem, found: re.Match[str], sources: Sources) -> Problem:
    """Return a font that TeX lacks is asked for by the document as a whole, wherever TeX noticed
    it."""
    file, line = sources.place_of("\\documentclass") or (problem.file, problem.line)
    message = f"TeX lacks the font {found[1]}"
    mend = "load \\usepackage[T1]{fontenc} and \\usepackage{lmodern}"
    return replace(
        problem, message=message, file=file, line=line, about="\\documentclass", mend=mend
    )


def _encoding(problem: Problem, found: re.Match[str], _: Sources) -> Problem:
    message = f"there is no font encoding {found[1].upper()}"
    return replace(problem, message=message, mend="write T1")


def _unbalanced(problem: Problem, found: re.Match[str], _: Sources) -> Problem:
    """Named where it was opened: that is where the author looks."""
    opened, line, closed = found.groups()
    if opened == "document":
        return replace(
            problem,
            message=f"\\end{{{closed}}} closes nothing that is open",
            mend=f"add \\begin{{{closed}}} before it, or take it away",
        )
    return replace(
        problem,
        message=f"\\begin{{{opened}}} is closed by \\end{{{closed}}}",
        line=int(line),
        excerpt=f"\\begin{{{opened}}}",
        about=f"\\begin{{{opened}}}",
        mend=f"add \\end{{{opened}}} before \\end{{{closed}}}",
    )


def _runaway(problem: Problem, found: re.Match[str], sources: Sources) -> Problem:
    """TeX notices at the end of the paragraph or file; the opening words tell the line."""
    words = re.split(r"\\par\b", problem.excerpt)[0]
    place = sources.place_of(found[1] + words) or sources.place_of(words) or sources.unclosed()
    file, line = place or (problem.file, problem.line)
    # A name with an @ is a part of LaTeX; the author wrote the command before the open brace.
    command = found[1]
    if "@" in command:
        command = sources.opener(file, line) or "this command"
    return replace(
        problem,
        message=f"the argument of {command} is never closed",
        about=command,
        file=file,
        line=line,
        mend="add the missing }",
    )


def _outside(problem: Problem, _: re.Match[str], sources: Sources) -> Problem:
    """TeX notices an unclosed formula at the end of its paragraph; the odd $ stands before, in
    the same paragraph or at the end of a file that was read in between."""
    file, line = problem.file, problem.line
    if file and line and not re.search(r"[$_^]", sources.line(problem)):
        odd = sources.odd_dollars()
        here = [number for name, number in odd if name == file and number < line]
        file, line = (file, here[-1]) if here else odd[0] if len(odd) == 1 else (file, line)
    return replace(
        problem,
        file=file,
        line=line,
        message="mathematics stands outside of $...$, or a formula is not closed",
        mend="set the formula between $ and $; write \\_ and \\^{} for the characters themselves",
    )


def _open_group(problem: Problem, _: re.Match[str], sources: Sources) -> Problem:
    """TeX tells the line where the group was opened, but not of which file."""
    openers = [
        name
        for name, path in sources.own.items()
        if path.suffix == ".tex" and problem.line
        for line in lines_of(path)[problem.line - 1 : problem.line]
        if line.count("{") > line.count("}") or "\\begingroup" in line
    ]
    return replace(
        problem,
        message="a { is never closed",
        file=openers[0] if len(openers) == 1 else None,
        excerpt="" if openers else f"line {problem.line} of one of the document's files",
        mend="add the } that closes it",
    )


def _conditional(problem: Problem, found: re.Match[str], sources: Sources) -> Problem:
    """TeX tells the line at which it began to skip, but not of which file."""
    line = int(found[2])
    holders = [
        name
        for name, path in sources.own.items()
        if any(found[1] in text for text in lines_of(path)[line - 1 : line])
    ]
    file, at = (holders[0], line) if len(holders) == 1 else (problem.file, problem.line)
    message = f"{found[1]} is never ended"
    return replace(problem, message=message, file=file, line=at, mend="add the \\fi that ends it")


def _program(problem: Problem, found: re.Match[str], sources: Sources) -> Problem:
    file, line = sources.place_of(r"\write18") or (problem.file, problem.line)
    return replace(
        problem,
        message=f"the document asks for a program to be run: {found[1]}",
        file=file if problem.line is None else problem.file,
        line=line if problem.line is None else problem.line,
        mend="take that out: TeX starts no program here",
    )


def _key(problem: Problem) -> str:
    """Return the label, entry or character that a warning names."""
    return "" if problem.kind == "overfull" else problem.message.partition(" in ")[0]


_KEYS = {"undefined reference": "label", "undefined citation": "bibitem"}
_WARNINGS = {
    "undefined reference": ("the reference {} points to no label", "add its \\label"),
    "undefined citation": (
        "no list of references has an entry {}",
        "add it to the .bib file that \\bibliography names, or as a \\bibitem",
    ),
    "missing character": ("the font has no character {}", "write it otherwise"),
    "multiply defined label": ("the label {} is set twice", "rename one of the two"),
    "repeated target": ("the target {} of links is defined twice", "rename one of the two"),
    "overfull": ("a {}", "reword it, break the formula, or make it smaller"),
}

_ERRORS: tuple[tuple[str, Explain], ...] = (
    (r"^Undefined control sequence\.? (\\\S+)", names.unknown_command),
    (r"Environment (\S+) undefined", names.unknown_environment),
    (r"\\begin\{(.+?)\} on input line (\d+) ended by \\end\{(.+?)\}", _unbalanced),
    (r"\\begin\{(document)\} ended by ()\\end\{(.+?)\}", _unbalanced),
    (r"(?:Paragraph|File) ended (?:before|while scanning use of) (\\\S+?)\s?(?:\.| was)", _runaway),
    (r"File [`'](.+?)' not found", missing_file),
    (r"Unknown graphics extension: (\.\w+)", unknown_picture),
    (r"Cannot determine size of graphic .*?(\.\w+) \(no", unknown_picture),
    (r"I can't find file [`']\|(.+?)'", _program),
    (r"^The program (.+) is not run$", _program),
    (r"I can't write on file [`'](.+?)'", _says(
        "the document may not write the file {0}", "write into its own folder, or not at all")),
    (r"Missing \$ inserted", _outside),
    (r"^Open .+ group", _open_group),
    (r"^Incomplete (\\\S+); all text was ignored after line (\d+)", _conditional),
    (r"Extra \}, or forgotten (\S+?)\.?$", _says(
        "a }} closes nothing that is open", "take it away, or add the {{ or {0} that it closes")),
    (r"Too many \}'s", _says("a }} closes nothing that is open", "take it away")),
    (r"Missing ([{}]) inserted", _says("a brace {0} is missing", "balance the braces")),
    (r"Missing \\(right|endgroup|cr)", _says(
        "something that was opened is not closed: \\{0} is missing", "close it")),
    (r"Unicode character (.+?) \(U\+(\w+)\)", _says(
        "the report's font has no character {0} (U+{1})",
        "write it otherwise, or in the preamble: \\DeclareUnicodeCharacter{{{1}}}{{...}}")),
    (r"There is no .+?\(\"(\w+)\) in font (\S+?)[.!]?$", _says(
        "the font {1} has no character number {0} (hexadecimal)", "write it otherwise")),
    (r"\(file (.+?)\.pfb\): cannot open Type 1 font file", _font),
    (r"Font .+?=(\S+?)(?: at \S+| scaled \S+)? not loadable", _font),
    (r"pdfTeX error.*?(\(file .+?\): .+)", _says("TeX cannot use a file: {0}", "make it anew")),
    (r"Invalid UTF-8 byte", _says("the file is not UTF-8 text", "save it as UTF-8")),
    (r"(?:Misplaced|Extra) alignment", _says(
        "an & stands where no column can begin",
        "write \\& for the character itself, or give the table a column for it")),
    (r"macro parameter character #", _says("a # stands in the text", "write \\#")),
    (r"Double (superscript|subscript)", _says(
        "a second {0} follows the first", "set braces to say which belongs to which")),
    (r"(Illegal unit|Missing number)", _says("a length or number is missing here", "add it")),
    (r"TeX capacity exceeded, sorry \[(.+?)\]", _says(
        "TeX's memory is full: {0}", "look for a macro that calls itself for ever")),
    (r"missing \\item", _says("text stands in a list before its first \\item", "add \\item")),
    (r"Command (\\\S+) already defined", names.defined_twice),
    (r"Option clash for package (\S+?)\.?$", _at("{{{0}}}", _says(
        "the package {0} is loaded twice, the second time with other options",
        "load it once, and proofpress below all others"))),
    (r"longtable not in 1-column mode", _says(
        "a table that may break over pages stands in a document of two columns",
        "write \\onecolumn before it")),
    (r"No day is (\\today)", _at("{0}", _says(
        "{0} has no day to print: equal sources print equal pages, whenever they are built",
        "write the day, as \\date{{\\VAR{{document.due|longdate}}}} does"))),
    (r"Unknown graphics extension: (\.\S+?)\.?$", _says(
        "TeX takes no pictures of the kind {0}", "save it as PDF, PNG or JPG")),
    (r"Cannot determine size of graphic in (\S+)", _says(
        "TeX cannot take the picture {0}", "save it as PDF, PNG or JPG")),
    (r"Unknown option [`'](.+?)' for package [`'](.+?)'", _says(
        "the package {1} has no option {0}", "correct its spelling, or take it out")),
    (r"(?:keyval Error: (\S+) undefined|Undefined key [`'](.+?)')", _says(
        "there is no option {0}{1}", "correct its spelling, or take it out")),
    (r"Encoding (?:file|scheme) [`'](.+?)(?:enc\.def)?' (?:not found|unknown)", _encoding),
    (r"Missing \\begin\{document\}", _says(
        "text stands before \\begin{{document}}", "move it behind, or take it out")),
    (r"Command (\\\S+) undefined", _says(
        "{0} is not defined, so that it cannot be defined anew",
        "write \\newcommand, or its right name")),
    (r"Illegal parameter number in definition of (\\\S+?)\.?$", _says(
        "the definition of {0} uses an argument that it does not have",
        "tell how many arguments there are")),
    (r"Undefined color [`'](.+?)'", _says("there is no color {0}", "correct it, or define it")),
    (r"Undefined color model [`'](.+?)'", _says(
        "there is no color model {0}", "write HTML, rgb, RGB, gray or cmyk")),
    (r"Bad math environment delimiter", _says(
        "\\[, \\], \\( or \\) stands where no formula can begin or end", "pair them anew")),
    (r"no legal \\end found", _says(
        "\\end{{document}} is missing, or stands inside something unclosed", "add it")),
    (r"There is no verdict '(.*?)'", _says(
        "there is no verdict called {0}",
        "write proved, checked, measured, assumed, undecided or refuted")),
)  # fmt: skip
