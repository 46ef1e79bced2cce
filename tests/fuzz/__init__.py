"""A differential fuzzer: random definitions and claims, given to the press as authors write them.

Each case is source text. The press gets it as a derivation module does, by evaluating it with
letters from `integers`; the reference (`reference.py`) compiles the same text into plain Python
arithmetic; barvinok gets it through a reader of its own (`barvinok.py`). Numbers, points and
verdicts are compared; `judge.py` says what is wrong.

    make fuzz                                   # 20,000 cases, a table; status 1 if any is wrong
    make fuzz SEED=7 COUNT=500                  # others
    python build.py fuzz --seed 7 --only 123    # one case again, whatever came of it

A case depends on its seed and index alone, as long as `grammar.py` and `families.py` stay as they
are. What is printed of a wrong case is a smaller one that is wrong in the same way: paste its text
into a derivation module, after `from sympy import *`, `from proofpress import *` and its letters.

`cases.py` holds what was found by hand before, each with its right values.
"""
