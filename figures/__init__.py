"""The report's figures, one module each: `draw(ledger)` returns the figure.

Place in the chain: ledger -> **figure** -> report. Every number and every marked square is read
from the ledger; masks.py holds what the grids share and is no figure itself.
"""
