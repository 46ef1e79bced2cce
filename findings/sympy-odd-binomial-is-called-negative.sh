#!/usr/bin/env bash
# A good guess: of binomial(n, 3) with an integer n of unknown sign nobody knows whether it is
# negative (None): it is 10 at n = 5, and -1 at n = -1.
# What happens: is_nonnegative is False, for every odd lower number. So Abs(binomial(n, 3)) becomes
# -binomial(n, 3), Max(1000, binomial(n, 3)) becomes 1000, and binomial(n, 3) >= 0 becomes False, all at
# once and without a word; at n = 20 the three are 1140, 1140 and true. For an even lower number, and
# for n known to be nonnegative, the answer is right.
# Source: run below; sympy/functions/combinatorial/factorials.py, binomial._eval_is_nonnegative, whose
# branch for odd numbers holds for a negative n only.
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
n, m = sp.Symbol("n", integer=True), sp.Symbol("m", integer=True, nonnegative=True)
odd, even, known = sp.binomial(n, 3), sp.binomial(n, 2), sp.binomial(m, 3)
seen = {
    "binomial(n, 3).is_nonnegative": odd.is_nonnegative,
    "Abs(binomial(n, 3)) at n = 20": sp.Abs(odd).subs(n, 20),
    "Max(1000, binomial(n, 3)) at n = 20": sp.Max(1000, odd).subs(n, 20),
    "binomial(n, 3) >= 0": odd >= 0,
    "binomial(n, 2).is_nonnegative": even.is_nonnegative,
    "binomial(m, 3).is_nonnegative, m >= 0": known.is_nonnegative,
}
for what, answer in seen.items():
    print(f"{what}: {answer}")
print("in truth: binomial(20, 3) =", sp.binomial(20, 3))
as_seen = list(seen.values()) == [False, -1140, 1000, sp.false, True, True]
print("as found" if as_seen else "this has changed")
sys.exit(0 if as_seen and sp.__version__ == "1.14.0" else 1)
P
