"""Templates: what they print, and errors at the line that the author wrote."""

import json
from pathlib import Path
from textwrap import dedent

import pytest

from proofpress.documents.document import assemble
from proofpress.documents.facts import Facts
from proofpress.documents.templates import Templates
from proofpress.faults.errors import PressError

ENTRY = {
    "title": "Causal mask",
    "kind": "count",
    "letters": ["n"],
    "definition": "1 \\le j \\le i \\le n",
    "domain": "n \\ge 1",
    "condition": "True",
    "closed_form": "n*(n + 1)/2",
    "formula": "\\frac{n(n+1)}{2}",
    "verdict": "proved",
    "evidence": [],
    "derivation": [{"name": "sum", "text": "rows & columns $x$", "formula": "n"}],
    "examples": {"grid": {"letters": {"n": 1200}, "value": 720600}},
    "related": {
        "fraction": {
            "formula": "\\frac{n+1}{2n}",
            "examples": {"grid": "1201/2400"},
            "verdict": "proved",
            "evidence": [],
        }
    },
    "source": {"file": "derivations/attention.py", "line": 12, "name": "causal"},
}
LEDGER = {"claims": {"attention.causal": ENTRY, "wrong": {**ENTRY, "verdict": "refuted"}}}
LEDGER["claims"]["open"] = {**ENTRY, "verdict": "undecided"}
RESULTS = {"results": {"accuracy": {"value": 0.81, "unit": "%", "text": "81.0 %", "title": ""}}}


def made(folder: Path, text: str, **others: str) -> str:
    """The document of a template; `others` are further templates by name."""
    for name, body in {"main": text, **others}.items():
        (folder / f"{name}.tex").write_text(dedent(body))
    facts = Facts(LEDGER, RESULTS)
    given = {"claim": facts.claim, "result": facts.result, "figure": facts.figure}
    given |= {"document": {"author": "A & B_c"}}
    return Templates(folder, given).rendered("main.tex")[0]


def fault(folder: Path, text: str, **others: str) -> str:
    with pytest.raises(PressError) as caught:
        made(folder, text, **others)
    return str(caught.value).replace(str(folder), "templates")


def test_text_is_escaped_and_mathematics_is_not(tmp_path: Path) -> None:
    assert made(tmp_path, r"\VAR{document.author}") == r"A \& B\_c"
    text = r"$\VAR{claim('attention.causal').formula}$"
    assert made(tmp_path, text) == r"$\fact{attention.causal/formula}{\frac{n(n+1)}{2}}$"
    assert made(tmp_path, r"\VAR{result('accuracy')}") == r"\fact{results/accuracy}{81.0 \%}"


def test_values_at_an_example(tmp_path: Path) -> None:
    text = (
        r"\BLOCK{set here = claim('attention.causal').at('grid')}$\VAR{here.setting}$: \VAR{here}"
    )
    home = "attention.causal/examples/grid"
    assert made(tmp_path, text) == (
        rf"$\fact{{{home}/letters}}{{n = 1{{,}}200}}$: \fact{{{home}}}{{720{{,}}600}}"
    )
    assert made(tmp_path, r"\VAR{claim('attention.causal').at('grid').letters.n}") == (
        rf"\fact{{{home}/letters/n}}{{1{{,}}200}}"
    )
    text = r"\VAR{claim('attention.causal').related('fraction').at('grid')|percent(2)}"
    place = "attention.causal/related/fraction/examples/grid?percent=2"
    assert made(tmp_path, text) == rf"\fact{{{place}}}{{50.04\,\%}}"


def test_the_derivation_stops_before_the_closed_form(tmp_path: Path) -> None:
    text = (
        r"\BLOCK{for line in claim('attention.causal').derivation}\VAR{line.formula};\BLOCK{endfor}"
    )
    assert made(tmp_path, text) == r"\fact{attention.causal/derivation/0/formula}{n};"


def test_a_figure_says_what_it_shows(tmp_path: Path) -> None:
    text = r"\BLOCK{set c = claim('attention.causal')}\VAR{figure('f', c, at='grid', within=c)}"
    place = "attention.causal/examples/grid/cells?figure=f;within=attention.causal"
    assert made(tmp_path, text) == f"{place}|f"
    assert made(tmp_path, r"\VAR{figure('f')}") == "f"


@pytest.mark.parametrize(
    "text",
    [
        r"\VAR{2 + 1}",
        r"\VAR{claim('attention.causal').at('grid').value}",
        r"\VAR{claim('attention.causal').at('grid').value + 1}",
        r"\VAR{0.5|percent}",
        r"\VAR{[1, 2]|length}",
    ],
)
def test_a_number_that_no_claim_gives_cannot_be_printed(tmp_path: Path, text: str) -> None:
    told = fault(tmp_path, f"\n{text}")
    assert "is printed, but no claim gives it" in told
    assert f"templates/main.tex:2: {text}" in told
    assert "given(...)" in told


def test_what_the_author_answers_for_is_marked(tmp_path: Path) -> None:
    assert made(tmp_path, r"\VAR{given(3)} \VAR{given('a & b')}") == r"\given{3} \given{a \& b}"


def test_an_unsettled_claim_is_printed_as_assumed_and_says_so(tmp_path: Path) -> None:
    assert made(tmp_path, r"\VAR{claim('open', assumed=true).formula}") == (
        r"\fact{open/formula?assumed=undecided}{\frac{n(n+1)}{2}\assumedmark{assumed}}"
    )
    text = r"\VAR{claim('wrong', assumed=true).at('grid')}"
    assert r"\assumedmark{assumed, though refuted}" in made(tmp_path, text)
    assert r"\assumedmark" not in made(tmp_path, r"\VAR{claim('attention.causal').formula}")


def test_macro_output_is_not_escaped_again(tmp_path: Path) -> None:
    macro = r"\BLOCK{macro bold(x)}\textbf{\VAR{x}}\BLOCK{endmacro}"
    text = r"\BLOCK{import 'press.tex' as press}\VAR{press.bold(document.author)}"
    assert made(tmp_path, text, press=macro) == r"\textbf{A \& B\_c}"


def test_origins_through_loops_macros_and_includes(tmp_path: Path) -> None:
    (tmp_path / "main.tex").write_text(
        "one\n\\BLOCK{for k in 'ab'}\nrow \\VAR{k}\n\\BLOCK{endfor}\n"
        "\\BLOCK{include 'part.tex'}\nlast\n"
    )
    (tmp_path / "part.tex").write_text("part\n")
    text, origins = Templates(tmp_path, {}).rendered("main.tex")
    placed = list(zip(text.splitlines(), origins, strict=False))
    assert placed == [
        ("one", ("main.tex", 1)),
        ("row a", ("main.tex", 3)),
        ("row b", ("main.tex", 3)),
        ("part", ("part.tex", 1)),
        ("last", ("main.tex", 6)),
    ]


def test_unknown_variable_is_named_with_the_nearest(tmp_path: Path) -> None:
    assert fault(tmp_path, "a\n\\VAR{documnt.author}\n") == (
        "documnt is not defined here\n  templates/main.tex:2: \\VAR{documnt.author}\n"
        "  mend: did you mean document?"
    )


def test_unknown_claim_in_an_included_template(tmp_path: Path) -> None:
    part = "\n\n$\\VAR{claim('attention.casual').formula}$"
    assert fault(tmp_path, "\\BLOCK{include 'part.tex'}", part=part) == (
        "there is no claim attention.casual\n"
        "  templates/part.tex:3: $\\VAR{claim('attention.casual').formula}$\n"
        "  mend: did you mean attention.causal?"
    )


def test_refuted_claim_cannot_be_printed(tmp_path: Path) -> None:
    assert fault(tmp_path, "\\VAR{claim('wrong').formula}") == (
        "the claim wrong is refuted, so it cannot be printed\n"
        "  derivations/attention.py:12\n  mend: correct it; make check tells more. "
        "Or print it as assumed: claim('wrong', assumed=True)"
    )


def test_what_follows_from_a_fault_is_not_told_as_another(tmp_path: Path) -> None:
    text = "\\VAR{claim('wrong').related('fraction').at('grid')|percent}"
    assert fault(tmp_path, text).startswith("the claim wrong is refuted")
    assert fault(tmp_path, text).count("mend:") == 1


def test_syntax_error(tmp_path: Path) -> None:
    assert fault(tmp_path, "a\n\\BLOCK{fro x in y}\n") == (
        "there is no statement fro\n  templates/main.tex:2: \\BLOCK{fro x in y}\n"
        "  mend: did you mean for?"
    )


def test_missing_include(tmp_path: Path) -> None:
    assert fault(tmp_path, "a\n\\BLOCK{include 'prat.tex'}\n", part="") == (
        "there is no template prat.tex\n  templates/main.tex:2: \\BLOCK{include 'prat.tex'}\n"
        "  mend: did you mean part.tex?"
    )


def test_unknown_example_and_related_name_what_is_known(tmp_path: Path) -> None:
    assert fault(tmp_path, "\\VAR{claim('attention.causal').at('image')}").endswith(
        "mend: give n values under [letters.attention.image] in report.toml"
    )
    assert fault(tmp_path, "\\VAR{claim('attention.causal').related('fractoin')}").endswith(
        "mend: did you mean fraction?"
    )


def test_the_tables_of_entries_are_one_line_of_a_template(tmp_path: Path) -> None:
    (tmp_path / "report.tex.j2").write_text("\\VAR{claims_table()}\n\\VAR{results_table()}\n")
    (tmp_path / "preamble.tex").write_text("\\documentclass{article}\n\\usepackage{proofpress}\n")
    for name, document in (("ledger", LEDGER), ("results", RESULTS)):
        (tmp_path / f"{name}.json").write_text(json.dumps(document))
    assemble(
        main=tmp_path / "report.tex.j2",
        preamble=tmp_path / "preamble.tex",
        templates=(),
        ledger=tmp_path / "ledger.json",
        results=tmp_path / "results.json",
        document={},
        store=tmp_path / "store",
        report=tmp_path / "report.tex",
        settings=tmp_path / "settings.tex",
        origins=tmp_path / "origins.json",
        style=tmp_path / "proofpress.sty",
        shared_style=tmp_path / "presstype.sty",
    )
    text = (tmp_path / "report.tex").read_text()
    for name in LEDGER["claims"]:
        assert f"\\entry{{claim.{name}}}" in text
        # The closed form has a row of its own, whatever the width of the page.
        row = rf"\wholerow{{$\fact{{{name}/formula?entry=1}}{{\frac{{n(n+1)}}{{2}}}}$}}"
        assert text.count(row) == 1
    assert "\\entry{result.accuracy}" in text
    assert text.count("\\begin{factlist}") == text.count("\\end{factlist}") == 2
    lines = json.loads((tmp_path / "origins.json").read_text())["report.tex"]
    assert len(lines) == text.count("\n") + 1
    assert {line for _, line in lines[:-1]} == {1, 2}
