"""What an author writes, kept as it is written: an expression tree that evaluates nothing."""
