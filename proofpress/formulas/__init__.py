"""Formulas read from LaTeX: a parser and exact values, with nothing of what prints them.

Place in the chain: ledger's LaTeX -> **what a reader sees in it** -> held against what was proved.
Neither SymPy nor the printer is imported here: an error of theirs must not be shared.
"""

from proofpress.formulas.parser import read
from proofpress.formulas.tokens import NotRead
from proofpress.formulas.tree import Node, value

__all__ = ["Node", "NotRead", "read", "value"]
