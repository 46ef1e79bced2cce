"""The standard steps of a report: definitions -> ledger -> figures, tables, text -> PDF -> ink.

Place in the chain: report, settings -> **steps** -> build. This is the one list of them.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from proofpress.build.step import Step, expand, folders, is_pattern
from proofpress.faults.author import PIPELINE, SETTINGS
from proofpress.faults.errors import PressError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from proofpress.report.report import Notebook, Report

_DRAWING = ("matplotlib.figure", "matplotlib.backends.backend_pgf")
# A module that defines this function, or has it from another, makes a figure or a table; others in
# its folder are what such modules share.
_DEFINES = r"^(?:async )?def {0}\b|^{0}\s*=|^from .* import .*\b{0}\b"

# What the preamble is called that need not be named, and how a template reads it.
_USUAL = "preamble.tex"
_READS_USUAL = re.compile(rb"^[^%\n]*\\input\s*\{?\s*preamble\b", re.MULTILINE)


def steps(report: Report, settings: Mapping[str, Any]) -> list[Step]:
    """Return all steps of the report. Raises PressError where its parts contradict each other."""
    return list(_Pipeline(report, settings).steps())


def decided_by(report: Report) -> list[tuple[str, str]]:
    """Return what decides which steps there are, beside code: kinds and paths of files, for
    `Digests`."""
    modules = [*report.figure_modules, *report.table_modules]
    read = [report.settings_file, *expand(report.root, modules)]
    # A folder without a pattern counts as well: an author's build.py may look in it by itself.
    patterns = [*modules, *report.notebook_files]
    looked_in = [
        folder
        for pattern in patterns
        for folder in folders(report.root, pattern) or [os.path.dirname(pattern) or "."]
    ]
    if report.template:
        read.append(report.template)
        looked_in.append(os.path.dirname(report.template) or ".")
    return [
        *(("bytes", path) for path in read),
        *(("names", folder) for folder in dict.fromkeys(looked_in)),
    ]


class _Pipeline:
    """The parts of a report, with the paths of what is made of each."""

    def __init__(self, report: Report, settings: Mapping[str, Any]) -> None:
        self.report, self.settings = report, settings
        self.out = out = report.out
        self.engine = settings["typeset"]["engine"]
        self.ledger = f"{out}/claims.json"  # the published ledger adds the pages of each claim
        self.claims = f"{out}/claims/"  # the same, a file a claim: who reads one depends on it only
        self.results = f"{out}/results.json"
        self.tex = f"{out}/tex"
        self.chapters = f"{self.tex}/sections/"  # from templates taken in by \include
        self.typeset = f"{out}/typeset/report.pdf"
        self.preamble = report.preamble or _usual_preamble(report)
        self.notebooks = report.notebooks  # asked once: patterns are looked up each time

    def steps(self) -> Iterator[Step]:
        if self.report.has_parts:
            yield from self.standard()
        yield from self.report.added

    def standard(self) -> Iterator[Step]:
        """Yield the press's own steps."""
        figures = self.modules(self.report.figure_modules, "draw")
        yield self.derive()
        if figures:
            yield self.prepare_figures()
        if self.report.template:
            yield self.prepare_report()
        yield from map(self.draw, figures)
        for notebook in self.notebooks:
            yield self.run(notebook)
            yield self.convert(notebook)
        if len(self.notebooks) != 1:
            yield self.collect()
        yield from map(self.tabulate, self.modules(self.report.table_modules, "table"))
        if self.report.template:
            yield self.assemble()
            yield self.embed()
            yield self.print()
            yield self.read()

    def modules(self, patterns: Sequence[str], function: str) -> list[str]:
        """Return the modules that define the function. Raises PressError when two have the same
        name."""
        defines = re.compile(_DEFINES.format(function).encode(), re.MULTILINE)
        found: dict[str, str] = {}
        for file in expand(self.report.root, list(patterns)):
            name = _stem(file)
            if name.startswith("_") or not _holds(self.report.path(file), defines):
                continue
            if name in found:
                what = f"two modules are called {name}: {found[name]}, {file}"
                raise PressError(what, PIPELINE, "rename one of them")
            found[name] = file
        return list(found.values())

    def derive(self) -> Step:
        return Step(
            "derive",
            "proofpress.deriving.derive:derive",
            inputs={"modules": self.report.derivations},
            parameters={"examples": self.settings["letters"]},
            outputs={"ledger": self.ledger, "claims": self.claims},
            caches={"store": "proofs"},
            libraries=("sympy", "z3", "numpy"),
            warm="proofpress.deriving.derive:warm",
        )

    # Two steps that nothing waits for: what TeX needs first, made while claims are derived.
    def prepare_figures(self) -> Step:
        return Step(
            "prepare figures",
            "proofpress.drawing.step:prepare",
            parameters={"engine": self.engine},
            caches={"store": "typeset"},
            libraries=_DRAWING,
            warm="proofpress.drawing.step:warm",
            runs_author_code=False,
        )

    def prepare_report(self) -> Step:
        paper = {k: v for k, v in self.settings["document"].items() if k == "paper"}
        return Step(
            "prepare report",
            "proofpress.documents.preamble:prepare",
            inputs={"main": self.report.template, **self.if_preamble("preamble", self.preamble)},
            parameters={"document": paper, "engine": self.engine},
            caches={"store": "typeset"},
            libraries=("jinja2",),
            runs_author_code=False,
        )

    def draw(self, module: str) -> Step:
        name = _stem(module)
        return Step(
            f"draw {name}",
            "proofpress.drawing.step:render",
            inputs={"module": module, "ledger": self.claims},
            parameters={"engine": self.engine},
            outputs={kind: f"{self.out}/figures/{name}.{kind}" for kind in ("pdf", "pgf")},
            caches={"store": "typeset"},
            libraries=_DRAWING,
            warm="proofpress.drawing.step:warm",
        )

    def executed(self, notebook: Notebook) -> str:
        return f"{self.out}/notebook/{notebook.name}.ipynb"

    def recorded(self, notebook: Notebook) -> str:
        # One notebook's results are those of the report, without a step between.
        one = len(self.notebooks) == 1
        return self.results if one else f"{self.out}/notebook/{notebook.name}.json"

    def run(self, notebook: Notebook) -> Step:
        return Step(
            f"run {notebook.name}",
            "proofpress.notebook.steps:run",
            inputs={"source": notebook.file},
            parameters={"parameters": self.parameters(notebook), **self.settings["limits"]},
            outputs={"executed": self.executed(notebook), "results": self.recorded(notebook)},
            caches={"store": "notebook"},
            libraries=("papermill",),
        )

    def convert(self, notebook: Notebook) -> Step:
        return Step(
            f"convert {notebook.name}",
            "proofpress.notebook.conversion:convert",
            inputs={"executed": self.executed(notebook)},
            parameters={
                "folder": os.path.dirname(notebook.file),
                "times": self.settings["document"].get("times", False),
            },
            outputs={
                "body": f"{self.tex}/notebooks/{notebook.name}.tex",
                "figures": f"{self.out}/figures/{notebook.name}/",
            },
            runs_author_code=False,
        )

    def parameters(self, notebook: Notebook) -> dict[str, Any]:
        """Return the parameters of a notebook: the table [notebook], or one of its own below it.

        Raises PressError for parameters of which it is not clear whose they are.
        """
        given = self.settings["notebook"]
        names = [other.name for other in self.notebooks]
        if len(names) == 1 and not isinstance(given.get(names[0]), dict):
            return dict(given)
        for key, value in given.items():
            if key not in names or not isinstance(value, dict):
                tables = " or ".join(f"[notebook.{name}]" for name in names)
                what = f"notebook.{key} is set, and it is not clear for which notebook"
                raise PressError(what, SETTINGS, f"set it below {tables}")
        return dict(given.get(notebook.name, {}))

    def collect(self) -> Step:
        return Step(
            "collect results",
            "proofpress.ledger.results:collect",
            inputs={"recorded": [self.recorded(one) for one in self.notebooks]},
            outputs={"results": self.results},
            runs_author_code=False,
        )

    def tabulate(self, module: str) -> Step:
        name = _stem(module)
        return Step(
            f"tabulate {name}",
            "proofpress.documents.tables:write",
            inputs={"module": module, "ledger": self.claims, "results": self.results},
            parameters={"engine": self.engine},
            outputs={"table": f"{self.tex}/tables/{name}.tex"},
            libraries=("pylatex", "jinja2"),
        )

    def assemble(self) -> Step:
        folder = os.path.dirname(self.report.template)
        return Step(
            "assemble",
            "proofpress.documents.document:assemble",
            inputs={
                "main": self.report.template,
                **self.if_preamble("preamble", self.preamble),
                "templates": "/".join(filter(None, (folder, "**/*.j2"))),
                "ledger": self.claims,
                "results": self.results,
            },
            parameters={"document": self.settings["document"]},
            outputs={
                "report": f"{self.tex}/report.tex",
                "chapters": self.chapters,
                **self.if_preamble("settings", f"{self.tex}/{os.path.basename(self.preamble)}"),
                "style": f"{self.tex}/proofpress.sty",
                "shared_style": f"{self.tex}/presstype.sty",
                "notebook_style": f"{self.tex}/notebook.sty",
                "origins": f"{self.tex}/origins.json",
            },
            caches={"store": "templates"},
            libraries=("pylatex", "jinja2"),
            warm="proofpress.documents.document:warm",
            runs_author_code=False,
        )

    def if_preamble(self, name: str, file: str) -> dict[str, str]:
        """Return a file under its argument's name, where the document reads a preamble."""
        return {name: file} if self.preamble else {}

    def embed(self) -> Step:
        return Step(
            "embed",
            "proofpress.audit.embedded:embed",
            inputs={"ledger": self.ledger, "results": self.results},
            outputs={"attachment": f"{self.tex}/ledger.txt"},
            runs_author_code=False,
        )

    def print(self) -> Step:
        beside = ["*.tex", "*.sty", "tables/*.tex", "notebooks/*.tex", "ledger.txt"]
        return Step(
            "typeset",
            "proofpress.typeset.step:print_report",
            inputs={
                "main": f"{self.tex}/report.tex",
                "origins": f"{self.tex}/origins.json",
                "beside": [*(f"{self.tex}/{name}" for name in beside), f"{self.chapters}*.tex"],
                "figures": [f"{self.out}/figures/*.pdf", f"{self.out}/figures/*/*.pdf"],
            },
            parameters={
                "engine": self.engine,
                "settings": self.report.settings_file,
                "built": self.out,
                "pictures": self.picture_folders(),
            },
            outputs={"pdf": self.typeset},
            caches={"store": "typeset"},
            libraries=("pikepdf",),
            warm="proofpress.typeset.step:warm",
            runs_author_code=False,
        )

    def picture_folders(self) -> list[str]:
        """Return the folders of the modules that draw, where other pictures may stand as well."""
        folders = map(os.path.dirname, self.report.figure_modules)
        return [one for one in dict.fromkeys(folders) if one and not is_pattern(one)]

    def read(self) -> Step:
        return Step(
            "read ink",
            "proofpress.ink.step:read_ink",
            inputs={
                "typeset": self.typeset,
                "ledger": self.ledger,
                "results": self.results,
                "report": f"{self.tex}/report.tex",
                "origins": f"{self.tex}/origins.json",
                "tables": f"{self.tex}/tables/*.tex",
                "chapters": f"{self.chapters}*.tex",
            },
            outputs={
                "pdf": self.report.published,
                "published": f"{self.out}/ledger.json",
                "ink": f"{self.out}/ink.json",
            },
            caches={"kept": "ink"},
            libraries=("pikepdf",),
            runs_author_code=False,
        )


def _usual_preamble(report: Report) -> str:
    """Return preamble.tex beside the template; '' when it is neither there nor read."""
    usual = os.path.join(os.path.dirname(report.template), _USUAL)
    there = os.path.lexists(report.path(usual))
    return usual if there or _holds(report.path(report.template), _READS_USUAL) else ""


def _stem(file: str) -> str:
    return os.path.basename(file).removesuffix(".py")


def _holds(path: str, wanted: re.Pattern[bytes]) -> bool:
    try:
        with open(path, "rb") as file:
            return wanted.search(file.read()) is not None
    except OSError:
        return True  # the step that uses it tells what is wrong with it
