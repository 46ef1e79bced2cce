#!/usr/bin/env bash
# A good guess: whether x/3 is an integer is unknown (None) for an even integer x; 6/3 is one, 4/3 not.
# What happens: is_integer is False, and so is is_zero; Abs(2*n - 2)/3 > 0, ceiling(Abs(6*m - 2*i)/3) < 1
# and Eq(floor(x/3), x/3) are then decided at once, wrongly at x = 0, 6, 12. For an integer n of unknown
# parity n/3 is rightly unknown: it is knowing more that makes the answer wrong.
# Source: run below; sympy/core/mul.py, Mul._eval_is_integer, the case of even numerators and odd
# denominators.
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
x, n = sp.Symbol("x", even=True), sp.Symbol("n", integer=True)
m, i = sp.symbols("m i", integer=True)
near = sp.Lt(sp.ceiling(sp.Abs(3 * m - 2 * i) / 3), 1, evaluate=False)
seen = {
    "(x/3).is_integer, x even": (x / 3).is_integer,
    "(x/3).is_zero, x even": (x / 3).is_zero,
    "Eq(floor(x/3), x/3), x even": sp.Eq(sp.floor(x / 3), x / 3),
    "(n/3).is_integer, n integer": (n / 3).is_integer,
    "ceiling(|3m - 2i|/3) < 1 with m = 2m": near.xreplace({m: 2 * m}),
}
for what, answer in seen.items():
    print(f"{what}: {answer}")
at_six = sp.Integer(6) / 3
print("x/3 at x = 6:", at_six, "integer:", at_six.is_integer)
as_seen = list(seen.values()) == [False, False, sp.false, None, sp.false]
print("as found" if as_seen else "this has changed")
sys.exit(0 if as_seen and sp.__version__ == "1.14.0" else 1)
P
