"""Changes of the press that no test can notice, or need not, each with the reason: looked at by
hand, in the sample of seed 1. A change is named by its file, its function and its texts."""

from __future__ import annotations

# The program says the same as before, for every input that its callers can give it.
EQUIVALENT: dict[str, str] = {
    "counting/polyhedra.py: upper_limit: min => max": (
        "rows of one column are one row after tidying, so there is one top"
    ),
    "counting/recurrences.py: _vector: sum(unit) + k => sum(unit) - k": (
        "the numbers that are run through do not matter: operations are counted"
    ),
    "counting/summation.py: _between_bounds: not lower or not upper => True": (
        "_cost only refuses what has no bound, and else changes nothing"
    ),
    "counting/tensors.py: count: copies < 0 => copies <= 0": (
        "no copies are no entries, with either sign"
    ),
    "counting/vanishing.py: _vanishes_on: other != column => True": (
        "the letter is turned round as well, which is a change of one to one too"
    ),
    "proving/as_written.py: _applied: divisor // by => (-(-(divisor) // (by)))": (
        "by divides divisor"
    ),
    (
        'proving/converted.py: _running: raise PressError(f"what is printed for {meant} '
        'cannot be compared with it") => pass'
    ): "SymPy makes no sum without both ends",
    "proving/entailment.py: plain: taken.add(name) => pass": ("the next name has the next number"),
    (
        'proving/formulas.py: condition: raise AssertionError(f"no such condition: '
        '{type(node)}") => pass'
    ): "there is no other kind of condition",
    'proving/places.py: _candidates: yield {"": 0} => pass': (
        "without letters the one point is made all the same"
    ),
    "proving/readings.py: domain: last or not later => (last and (not later))": (
        "a second pass over nothing"
    ),
    "proving/simplex.py: _subtract: changed => True": (
        "an entry of zero that is kept says what one that is left out says"
    ),
    "proving/smt.py: _atom: 0 => (-1)": ("SymPy has no remainder by zero"),
    "proving/values.py: sign: 1 => 2": ("half of a polynomial has its sign"),
    "terms/functions.py: integers: 0 => (-1)": ("the one letter of a tuple of one"),
    'terms/walk.py: put: raise AssertionError(f"{node!r} has no letters") => pass': (
        "there is no other kind of node"
    ),
}

# No answer becomes wrong: the press tries more or less, has another word, or gives no answer.
HARMLESS: dict[str, str] = {
    (
        'counting/asymptotics.py: limit: what += f"{growth.shown(sp.factor(lead))}" => pass'
    ): "a word of the message",
    (
        "counting/cardinality.py: _least: low is not None and high is not None and high -"
        " low < FEW => False"
    ): "the form is longer; its values are the same",
    "counting/conditions.py: exclude: 0 => (-1)": (
        "bounds that leave a gap of one are found by the longer way"
    ),
    (
        "counting/plain.py: _power: abs(int(exponent)) > _HIGHEST => abs(int(exponent)) >= _HIGHEST"
    ): "the largest exponent that is worked out",
    (
        'counting/predicates.py: narrowed: raise PressError(f"{predicate} is not a '
        'comparison", mend=ACCEPTED) => pass'
    ): "another message: None is no list, and the set is refused all the same",
    (
        'proving/methods/bound_by_z3.py: find: return Finding(Verdict.UNDECIDED, "all", f"the '
        'solver says {words}") => pass'
    ): "a method that returns nothing is undecided; the words differ",
    "proving/cells.py: point: 0 => 1": ("another point is tried first"),
    "proving/certificate.py: _ends: lows and highs => (lows or highs)": (
        "an IndexError is undecided too; the words differ"
    ),
    "proving/methods/domain.py: find: name in open_ => False": (
        "the words tell less of what falls out; undecided all the same"
    ),
    (
        "proving/method.py: attempt: time.perf_counter() - start => time.perf_counter() + start"
    ): "the seconds that a method took, which nobody compares",
    "proving/places.py: anywhere: number // 2 => (-(-(number) // (2)))": ("one point more"),
    "proving/polys.py: quotient: powers.get(v, 0) - e => powers.get(v, 0) + e": (
        "no end: no answer comes within the time limit, which is undecided"
    ),
    (
        'proving/powers.py: _exponential: raise Open(f"a power of {prime} with a large '
        'exponent") => pass'
    ): "how large an exponent may be: on a cell the quotient of the exponents is whole",
    "proving/printed.py: _defined: all => any": ("more points are compared"),
    (
        'proving/products.py: alternatives: raise PressError(f"{predicate} is not a '
        'comparison") => pass'
    ): "the recursion that does not end is undecided too; the words differ",
    (
        "proving/methods/quotient.py: _pairs: isinstance(one, Cases) and "
        "isinstance(other, Cases) => (isinstance(one, Cases) or isinstance(other, Cases))"
    ): "what has no rows has no answer, and is undecided; the words differ",
    'proving/solver.py: ask: answer.word != "unknown" => False': (
        "a first answer is asked for again in other ways"
    ),
    "proving/statements/statement.py: settle: raise => pass": ("the message names another line"),
    "proving/witnesses.py: _moved: 1 => 0": ("other points are tried"),
    'terms/walk.py: fresh_name: name += "_" => pass': (
        "no end, for a name that is taken: no answer comes"
    ),
}
