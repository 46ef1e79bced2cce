"""Expressions of templates: all that Jinja escapes for HTML is LaTeX here, or refused."""

import json
from pathlib import Path

import pytest
from test_templates import LEDGER, RESULTS, fault, made

from proofpress.documents.tables import write
from proofpress.faults.errors import PressError
from proofpress.faults.places import told

HOME = "attention.causal/examples/grid"
SET = r"\BLOCK{set here = claim('attention.causal').at('grid')}"
MACRO = r"\BLOCK{macro bold(x)}\textbf{\VAR{x}}\BLOCK{endmacro}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"\VAR{given('n') ~ ' < m & k'}", r"\given{n} < m \& k"),
        (r"\VAR{'a & ' ~ 'b'}", r"a \& b"),
        (r"\VAR{here ~ ' tokens'}", rf"\fact{{{HOME}}}{{720{{,}}600}} tokens"),
        (r"\VAR{['<', given('&')]|join(' > ')}", r"< > \given{\&}"),
        (r"\VAR{['a', 'b']|join(' & ')|upper}", r"A \& B"),
        (r"\VAR{[here]|join}", rf"\fact{{{HOME}}}{{720{{,}}600}}"),
        (r"\VAR{here|string}", rf"\fact{{{HOME}}}{{720{{,}}600}}"),
        (r"\VAR{document.author|e} \VAR{document.author|escape}", r"A \& B\_c A \& B\_c"),
        (r"\VAR{'<&'|forceescape} \VAR{given('x')|e}", r"<\& \given{x}"),
        (r"\VAR{'%s < %s'|format('a', 'b&')}", r"a < b\&"),
        (r"\VAR{'%s & %s' % ('a', 'b')} \VAR{'{} <'.format('&')}", r"a \& b \& <"),
        (r"\VAR{'a & b'|replace('&', '<')} \VAR{' x '|trim}", "a < b x"),
        (r"\VAR{'$n$'|safe + ' & m'} \VAR{'& ' + '$n$'|safe}", r"$n$ \& m \& $n$"),
        (MACRO + r"\VAR{bold('a') + ' < &'}", r"\textbf{a} < \&"),
        (MACRO + r"\VAR{'<' ~ bold('&') ~ '&'}", r"<\textbf{\&}\&"),
        (MACRO + r"\VAR{[bold('a'), '&']|join}", r"\textbf{a}\&"),
        (MACRO + r"\VAR{bold(' a ')|trim}", r"\textbf{ a }"),
        (r"\BLOCK{set x}$n$\BLOCK{endset}\VAR{x + ' < &'}", r"$n$ < \&"),
        (r"\BLOCK{filter trim}$n$ \BLOCK{endfilter}", "$n$"),
        (r"\BLOCK{block one}$n$\BLOCK{endblock}\VAR{self.one() + '<&'}", r"$n$$n$<\&"),
        (r"\BLOCK{autoescape false}\VAR{'&' ~ given('&')}\BLOCK{endautoescape}", r"\&\given{\&}"),
        (r"\VAR{given((-1) ** 2)} \BLOCK{set n = 2}\VAR{given((-1) ** n)}", r"\given{1} \given{1}"),
    ],
)
def test_all_is_joined_as_latex(tmp_path: Path, text: str, expected: str) -> None:
    assert made(tmp_path, SET + text) == expected


@pytest.mark.parametrize(
    "text",
    [
        r"\VAR{here.value ~ ' tokens'}",
        r"\VAR{3|string}",
        r"\VAR{[3]|join}",
        r"\VAR{['a', 3]|join(', ')}",
        r"\VAR{['a', 'b']|join(3)}",
        r"\VAR{3|e}",
        r"\VAR{3|forceescape}",
        r"\VAR{3|safe}",
        r"\VAR{3|center}",
        r"\VAR{3|upper}",
        r"\VAR{3|pprint}",
        r"\VAR{3|trim}",
        r"\VAR{'%s tokens'|format(3)}",
        r"\VAR{'%d tokens' % 3}",
        r"\VAR{'%(n)d tokens' % {'n': 3}}",
        r"\VAR{'{} tokens'.format(3)}",
        r"\VAR{'{n} tokens'.format(n=3)}",
        r"\VAR{'{n} tokens'.format_map({'n': 3})}",
        r"\VAR{[3]|map('string')|join}",
        r"\VAR{(3.5).hex()}",
        r"\VAR{true ~ ''}",
    ],
)
def test_a_number_keeps_its_place_or_is_refused(tmp_path: Path, text: str) -> None:
    words = fault(tmp_path, f"\n{SET}{text}")
    assert "no claim gives it" in words
    assert "templates/main.tex:2" in words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"\VAR{given('a')|upper}", "the filter upper is for plain text, and \\given{a} is LaTeX"),
        (r"\VAR{given('a')|forceescape}", "the filter forceescape is for plain text"),
        (r"\VAR{given('a')|reverse}", "the filter reverse is for plain text"),
        (r"\VAR{'%s' % here}", "% is for plain text, and \\fact"),
        (r"\VAR{'{}'.format(here)}", "format() is for plain text"),
        (r"\VAR{'a'|replace('a', here)}", "the filter replace is for plain text"),
        (MACRO + r"\VAR{bold('a')|title}", "the filter title is for plain text"),
        (r"\BLOCK{filter upper}$n$\BLOCK{endfilter}", "the filter upper is for plain text"),
        (r"\VAR{'a'|tojson}", "the filter tojson writes for web pages"),
        (r"\VAR{{'a': 'b'}|xmlattr}", "the filter xmlattr writes for web pages"),
        (r"\VAR{'http://a.b'|urlize}", "the filter urlize writes for web pages"),
        (r"\VAR{'<b>'|striptags}", "the filter striptags writes for web pages"),
        (r"\VAR{lipsum()}", "lipsum is not defined here"),
        (r"\VAR{['a', 'b']}", "a value of type list is printed, which is no text"),
        (r"\VAR{['a'] ~ 'b'}", "a value of type list is printed, which is no text"),
        (r"\VAR{{'a': 'b'}}", "a value of type dict is printed, which is no text"),
    ],
)
def test_what_would_spoil_latex_is_refused(tmp_path: Path, text: str, expected: str) -> None:
    words = fault(tmp_path, f"\n{SET}{text}")
    assert expected in words
    assert "templates/main.tex:2" in words
    assert "mend:" in words


@pytest.mark.parametrize(
    "text",
    [
        r"\VAR{none}",
        r"\VAR{document.get('nothing')}",
        r"\VAR{given(none)}",
        r"\VAR{'a' ~ none}",
        r"\VAR{[none]|join}",
        r"\VAR{none|string}",
        r"\VAR{'%s' % none}",
    ],
)
def test_none_is_no_text(tmp_path: Path, text: str) -> None:
    words = fault(tmp_path, f"\n{text}")
    assert words.startswith("None stands where something is printed")
    assert f"templates/main.tex:2: {text}" in words


def test_a_cell_of_none_is_told_at_the_line_of_the_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    module = Path("cells_of_none.py")
    module.write_text(
        "from proofpress.documents.tables import rows\n\n"
        "def table(facts):\n"
        "    return rows('ll', ['a', 'b'], [['x', 'y'], ['z', None]])\n"
    )
    ledger, results, made = Path("ledger.json"), Path("results.json"), Path("made.tex")
    ledger.write_text(json.dumps(LEDGER))
    results.write_text(json.dumps(RESULTS))
    with pytest.raises(PressError) as caught:
        write(module=module, ledger=ledger, results=results, engine="embedded", table=made)
    assert str(told(caught.value)) == (
        "None stands where something is printed\n"
        "  cells_of_none.py:4: return rows('ll', ['a', 'b'], [['x', 'y'], ['z', None]])\n"
        "  mend: give it a value, or leave the place empty where there is none"
    )


def test_a_number_sign_before_braces_is_latex(tmp_path: Path) -> None:
    text = r"The language C\#{} is typed. Ticket \#{}\given{12}. \#{ note \emph{x} } \#{1}"
    assert made(tmp_path, text) == text


def test_comments_are_left_out(tmp_path: Path) -> None:
    assert made(tmp_path, "a\\COMMENT{ one\ntwo }b") == "ab"


def test_a_comment_with_braces_is_refused(tmp_path: Path) -> None:
    assert fault(tmp_path, "one\na \\COMMENT{ note \\emph{x} here } b") == (
        "a comment ends at its first }, and this one holds a {\n"
        "  templates/main.tex:2: a \\COMMENT{ note \\emph{x} here } b\n"
        "  mend: take the braces out, or write a LaTeX comment with %"
    )
