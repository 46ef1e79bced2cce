"""The step that assembles the document: templates, ledger, results and words into report.tex.

Place in the chain: everything that was proved, drawn or measured -> one LaTeX file, and one for
each chapter that it takes in.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from proofpress.documents import tables
from proofpress.documents.data import csv
from proofpress.documents.facts import Facts
from proofpress.documents.loaded import refuse_unloaded
from proofpress.documents.templates import Templates, beginning
from proofpress.faults.errors import PressError, PressErrors
from proofpress.faults.nearest import meant
from proofpress.faults.places import not_text
from proofpress.latex import styles
from proofpress.latex.chapters import included
from proofpress.ledger.reading import opened

SUFFIX = ".tex.j2"
Lines = list[tuple[str, int]]  # the template and line that each line of a text came from


def warm() -> None:
    """Render a small template: the first of a process makes the patterns of Jinja's lexer."""
    beginning("\\BLOCK{macro m(x)}\\VAR{x}\\BLOCK{endmacro}\\BLOCK{if m}\\VAR{m('x')}", Path(), {})


def assemble(
    *,
    main: Path,
    templates: Sequence[Path],
    ledger: Path,
    results: Path,
    document: Mapping[str, Any],
    store: Path,
    report: Path,
    origins: Path,
    style: Path,
    shared_style: Path,
    preamble: Path | None = None,
    settings: Path | None = None,
    notebook_style: Path | None = None,
    chapters: Path | None = None,
) -> None:
    """Write the document to `report`, and a preamble that it reads beside it, to `settings`.

    `main` is the template to begin with; what it includes is found beside it, and `templates`
    are named so that the build knows of them. `document` holds the settings' words; `store` keeps
    compiled templates. `origins` gets, for each line of the files that are written, the file
    and line that the author wrote. `style`, `shared_style` and `notebook_style` get the press's own
    packages, which stand beside the document.

    A template that the document takes in by \\include becomes a chapter in the folder `chapters`.
    """
    facts = Facts(opened(ledger), json.loads(results.read_text(encoding="utf-8")))
    given = {
        "claim": facts.claim,
        "result": facts.result,
        "figure": facts.figure,
        "claims_table": lambda: tables.listed(tables.claims_table(facts, beside=False)),
        "results_table": lambda: tables.listed(tables.results_table(facts)),
        "csv": csv,
        "document": document,
    }
    folder = main.parent
    rendered = Templates(folder, given, store).rendered
    text, lines = rendered(main.name)
    report.write_text(text, encoding="utf-8")
    known = [path.relative_to(folder).as_posix() for path in templates]
    taken = _taken_in(text, lines, folder, known, chapters)
    sections = _write_chapters(taken, folder, chapters, rendered)
    places = {
        report.name: _origins(folder, lines),
        **_copied(preamble, settings),
        **{name: _origins(folder, lines) for name, (_, lines) in sections.items()},
    }
    texts = [text, *(text for text, _ in sections.values())]
    refuse_unloaded(texts, [*filter(None, [preamble]), main])
    for target in filter(None, (style, shared_style, notebook_style)):
        styles.put(target)
    origins.write_text(json.dumps(places), encoding="utf-8")


def _copied(preamble: Path | None, to: Path | None) -> dict[str, list[list[Any]]]:
    """Copy the preamble, if there is one; by the copy's name the origins of its lines."""
    if preamble is None or to is None:
        return {}
    look = preamble.read_bytes()
    to.write_bytes(look)
    try:
        lines = look.decode("utf-8").splitlines()
    except UnicodeDecodeError as error:
        raise not_text(preamble.as_posix(), error) from error
    return {to.name: [[preamble.as_posix(), line] for line, _ in enumerate(lines, 1)]}


def _taken_in(
    text: str, lines: Lines, folder: Path, known: Sequence[str], chapters: Path | None
) -> list[str]:
    """Return the names of the document's chapters. Raises PressErrors for those that cannot be."""
    faults = []
    names = []
    for name, number in included(text):
        file, line = lines[number - 1]
        where = f"{folder.as_posix()}/{file}:{line}: \\include{{{name}}}"
        if chapters is None:
            what = "the step that assembles has no folder for chapters"
            faults.append(PressError(what, where, 'give it an output called "chapters"'))
        elif f"{name}{SUFFIX}" not in known:
            what = f"there is no template {folder.as_posix()}/{name}{SUFFIX}"
            kin = [one.removesuffix(SUFFIX) for one in known if one.endswith(SUFFIX)]
            faults.append(PressError(what, where, meant(name, kin) or "correct the name"))
        elif name.rpartition("/")[0] != chapters.name:
            what = f"the chapter {name} does not stand in {folder.as_posix()}/{chapters.name}"
            mend = "move it there, or paste it in by \\BLOCK{include ...}"
            faults.append(PressError(what, where, mend))
        else:
            names.append(name)
    if faults:
        raise PressErrors(faults)
    return names


def _write_chapters(
    names: Sequence[str],
    folder: Path,
    chapters: Path | None,
    rendered: Callable[[str], tuple[str, Lines]],
) -> dict[str, tuple[str, Lines]]:
    """Write each chapter; by its file's name its text, and the origins of the lines."""
    faults: list[PressError] = []
    written = {}
    if chapters is not None:
        chapters.mkdir(parents=True, exist_ok=True)
        for name in names:
            try:
                text, lines = rendered(f"{name}{SUFFIX}")
            except PressError as error:
                faults.append(error)
                continue
            # An empty line ends the last paragraph while TeX still knows which file it reads.
            (chapters.parent / f"{name}.tex").write_text(f"{text}\n\n", encoding="utf-8")
            written[f"{name}.tex"] = text, lines
    if faults:
        raise PressErrors(faults)
    return written


def _origins(folder: Path, lines: Lines) -> list[list[Any]]:
    above = folder.as_posix()
    return [[f"{above}/{name}", line] for name, line in lines]
