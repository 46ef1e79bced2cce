"""How a build grows with its report: synthetic reports of 10, 100 and 1000 claims and figures.

    python benchmarks/growth.py [10 100 1000]

Each has one claim, one figure and one page a number; figures and claims are plain files, so that
what is measured is the build and not matplotlib or the proofs. A page is set by TeX. Printed are
seconds by the clock: from nothing, up to date (at a glance, and by the full walk), and after one
edit of a figure's module, whose time with TeX left out stands beside it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

BUILD = """
from proofpress import Report, Step

N = {count}
CLAIMS, PAGES = "output/claims/", "output/tex/pages/*.tex"

report = Report(__file__)
report.step(
    Step("derive", "work:derive", {{"source": "counts.txt"}}, {{"claims": CLAIMS}}),
    *(
        Step(
            f"draw {{k:04}}", "work:draw",
            {{"module": f"figures/f{{k:04}}.py", "claims": CLAIMS}},
            {{"page": f"output/tex/pages/p{{k:04}}.tex"}},
        )
        for k in range(N)
    ),
    Step("assemble", "work:assemble", {{"pages": PAGES}}, {{"report": "output/tex/report.tex"}}),
    Step(
        "typeset", "work:typeset", {{"main": "output/tex/report.tex", "pages": PAGES}},
        {{"pdf": "output/report.pdf"}},
    ),
)
report.main()
"""
WORK = r"""
import importlib, json
from pathlib import Path
from proofpress.ledger.reading import opened, split

def derive(*, source, claims):
    counts = source.read_text().split()
    split({"claims": {f"c{k:04}": {"count": int(n)} for k, n in enumerate(counts)}}, claims)

def draw(*, module, claims, page):
    made = importlib.import_module(f"figures.{module.stem}").draw
    page.write_text(made(opened(claims)["claims"]))

def assemble(*, pages, report):
    inputs = "".join(r"\input{pages/%s}\newpage " % page.stem for page in pages)
    head = r"\documentclass{article}\usepackage[T1]{fontenc}\usepackage{lmodern}\begin{document}"
    report.write_text(head + "\n" + inputs + "\n" + r"\end{document}")

def typeset(*, main, pages, pdf):
    from proofpress.typeset import compile, engine
    store = Path("output/.steps/typeset")
    compile.typeset(main, pdf, engine=engine.find(), store=store)
"""
FIGURE = """SIZE = 1


def draw(claims):
    return f"Page {{claims['c{k:04}']['count']}} {{SIZE}}."
"""


def report(root: Path, count: int) -> None:
    """Writes a report of `count` claims, figures and pages."""
    (root / "figures").mkdir(parents=True)
    (root / "figures/__init__.py").touch()
    for k in range(count):
        (root / f"figures/f{k:04}.py").write_text(FIGURE.format(k=k))
    (root / "counts.txt").write_text(" ".join(map(str, range(count))))
    (root / "build.py").write_text(BUILD.format(count=count))
    (root / "work.py").write_text(WORK)
    (root / "report.toml").write_text("")


def seconds(root: Path, *words: str) -> float:
    """How long a call of build.py takes. Raises when it fails."""
    began = time.perf_counter()
    command = [sys.executable, "build.py", *words]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run(command, cwd=root, env=environment, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


def main() -> None:
    counts = [int(word) for word in sys.argv[1:]] or [10, 100, 1000]
    heads = ("from nothing", "glance", "full walk", "one edit", "without TeX")
    print(f"{'claims':>8}" + "".join(f"{head:>14}" for head in heads))
    for count in counts:
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder, "report")
            report(root, count)
            found = [seconds(root)]
            seconds(root)
            found.append(seconds(root))
            (root / "output/.steps/glance").unlink()
            found.append(seconds(root))
            figure = root / "figures/f0003.py"
            figure.write_text(figure.read_text().replace("SIZE = 1", "SIZE = 2"))
            time.sleep(0.2)
            found.append(seconds(root))
            figure.write_text(figure.read_text().replace("SIZE = 2", "SIZE = 3"))
            time.sleep(0.2)
            found.append(seconds(root, "pdf", "assemble"))
        print(f"{count:>8}" + "".join(f"{one:14.2f}" for one in found), flush=True)


if __name__ == "__main__":
    main()
