import os
import sys

import pytest

from proofpress.cli.call import Options, placed
from proofpress.faults.errors import PressError
from proofpress.report.report import Report
from proofpress.typeset import engine as engines
from proofpress.typeset.engine import find, tex_live_year

pytest_plugins = ("typeset_bench",)


def test_the_embedded_engine_says_its_version():
    assert tex_live_year(find("embedded").version) == 2024


def test_finding_the_engine_does_not_import_its_package():
    sys.modules.pop(engines.EMBEDDED_PACKAGE, None)
    find("embedded")
    assert engines.EMBEDDED_PACKAGE not in sys.modules


def test_the_environment_holds_nothing_of_the_host(engine, monkeypatch):
    monkeypatch.setenv("TEXINPUTS", "/host")
    monkeypatch.setenv("TEXMFHOME", "/host")
    monkeypatch.setenv("SECRET", "1")
    environment = engine.environment()
    assert "/host" not in environment.values()
    assert "SECRET" not in environment and "TEXINPUTS" not in environment
    assert environment["openin_any"] == environment["openout_any"] == "p"


def test_every_run_is_without_shell_escape(engine):
    assert "-no-shell-escape" in engine.command("report.tex")


def test_an_unknown_engine_is_refused():
    with pytest.raises(PressError, match="no TeX engine called 'luatex'"):
        find("luatex")


def test_a_missing_package_is_told(monkeypatch):
    monkeypatch.setattr(engines, "EMBEDDED_PACKAGE", "no_such_package")
    with pytest.raises(PressError, match="not installed"):
        find("embedded")


def test_a_platform_without_a_program_is_told(monkeypatch):
    monkeypatch.setattr(engines.platform, "machine", lambda: "riscv64")
    monkeypatch.setattr(engines.sys, "platform", "linux")
    with pytest.raises(PressError, match="no program for linux on riscv64"):
        find("embedded")


def test_a_system_engine_is_the_one_on_path(engine, monkeypatch):
    # The embedded tree serves as a TeX Live on PATH: it is one, only a small one.
    monkeypatch.setenv("PATH", os.fspath(engine.program.parent))
    found = find("system")
    assert (found.name, found.program.name) == ("system", engine.program.name)


def test_no_tex_on_path(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", os.fspath(tmp_path))
    with pytest.raises(PressError, match="no pdflatex on PATH"):
        find("system")


@pytest.mark.parametrize(
    "said", ["pdfTeX 3.14-1.40.18 (TeX Live 2017/Debian)", "MiKTeX-pdfTeX 4.15 (MiKTeX 23.10)", ""]
)
def test_an_old_or_strange_tex_is_refused(monkeypatch, tmp_path, said):
    program = tmp_path / "pdflatex"
    program.write_text(f"#!/bin/sh\necho '{said}'\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", os.fspath(tmp_path))
    with pytest.raises(PressError, match="2021 or newer is needed"):
        find("system")


def test_a_system_engine_that_is_missing_is_told_where_it_was_asked_for(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", os.fspath(tmp_path))
    report, once = Report(tmp_path), Options()
    once.engine = "system"
    (tmp_path / "report.toml").write_text('[typeset]\nengine = "system"\n')
    for options, where in (
        (Options(), 'report.toml:2: engine = "system"'),
        (once, "--engine system"),
    ):
        with pytest.raises(PressError, match="there is no pdflatex on PATH") as caught:
            find("system")
        assert placed(report, options, caught.value).where == where
        assert "texlive-latex-extra" in str(caught.value.mend)
