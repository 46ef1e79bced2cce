"""One number, two levels below the derivation."""

ADDED = 1  # a comment
