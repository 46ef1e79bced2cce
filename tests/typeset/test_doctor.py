from pathlib import Path

from proofpress.typeset.doctor import facts, lacking
from proofpress.typeset.engine import Engine

pytest_plugins = ("typeset_bench",)

PREAMBLE = Path(__file__).parents[2] / "templates" / "preamble.tex"


def test_the_embedded_engine_holds_all_that_the_report_asks_for(engine):
    found = facts(engine, [PREAMBLE.read_text(encoding="utf-8")])
    assert (found.name, found.missing, found.mend) == ("embedded", (), "")


def test_missing_packages_are_named(engine):
    assert lacking(engine, ["amsmath", "booktabs", "siunitx"]) == ("booktabs", "siunitx")


def test_the_system_engine_is_mended_by_packages_of_debian(engine):
    found = facts(Engine("system", engine.program), [r"\usepackage{booktabs}"])
    assert found.mend == "on Debian and Ubuntu, as root: apt install texlive-latex-extra"
