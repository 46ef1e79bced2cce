"""The tables of the zoo: what the patterns cost, the papers' entries, and the ledger."""
