#!/usr/bin/env bash
# A good guess: to_nnf (and to_cnf, to_dnf) take a denied comparison, Not(a > b), as the literal that
# it is, whatever stands on its two sides, or turn it into a <= b.
# What happens: Not(i > 2) passes, since both sides are a symbol or a number; Not(2*i > 3),
# Not(i + j > 3) and Not(i > j + 1) end in "ValueError: Illegal operator ... in expression". Such a Not
# stands wherever conditions are kept as they are written (evaluate=False).
# Source: run below; sympy/logic/boolalg.py, is_literal and Not.to_nnf.
# Date: 2026-11-28. Version: sympy 1.14.0.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check sympy==1.14.0
"$folder/venv/bin/python" - <<'P'
import sys

import sympy as sp

print("version: sympy", sp.__version__)
i, j = sp.symbols("i j", integer=True)
seen = []
for left, right in ((i, sp.Integer(2)), (2 * i, sp.Integer(3)), (i + j, sp.Integer(3)), (i, j + 1)):
    denied = sp.Not(sp.Gt(left, right, evaluate=False), evaluate=False)
    try:
        answer = str(sp.to_nnf(denied))
    except ValueError as error:
        answer = f"ValueError: {error}"
    print(f"to_nnf({denied}): {answer}")
    seen.append(answer.split(":")[0])
as_seen = seen == ["~(i > 2)", "ValueError", "ValueError", "ValueError"]
print("as found" if as_seen else "this has changed")
sys.exit(0 if as_seen and sp.__version__ == "1.14.0" else 1)
P
