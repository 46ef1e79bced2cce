"""Claims, and the ledger as its readers see it."""
