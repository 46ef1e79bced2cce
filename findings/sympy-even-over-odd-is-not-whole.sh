#!/usr/bin/env bash
# A good guess: of an even integer x nobody knows whether x/3 or x/6 is an integer (None): 6/3 and 6/6 are,
# 4/3 and 4/6 are not.
# What happens: (x/3).is_integer is False, and (x/6).is_integer is True. So x/3 is never zero,
# ceiling(Abs(6*m - 2*i)/3) < 1 is decided at once, wrongly where the Abs is 0, and Mod(x, 6) is 0, which
# is wrong at x = 2. For an integer of unknown parity both answers are rightly None: it is knowing
# more that makes them wrong.
# Source: run below; sympy/core/mul.py, Mul._eval_is_integer, which compares powers of two only.
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
    "(x/6).is_integer, x even": (x / 6).is_integer,
    "Mod(x, 6), x even": sp.Mod(x, 6),
    "(n/6).is_integer, n integer": (n / 6).is_integer,
    "ceiling(|3m - 2i|/3) < 1 with m = 2m": near.xreplace({m: 2 * m}),
}
for what, answer in seen.items():
    print(f"{what}: {answer}")
print("in truth: 6/3 =", sp.Integer(6) / 3, "and Mod(2, 6) =", sp.Mod(2, 6))
as_seen = list(seen.values()) == [False, False, True, 0, None, sp.false]
print("as found" if as_seen else "this has changed")
sys.exit(0 if as_seen and sp.__version__ == "1.14.0" else 1)
P
