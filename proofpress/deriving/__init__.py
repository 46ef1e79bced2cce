"""From an author's derivation modules to the ledger: settle each claim, keep its proof."""
