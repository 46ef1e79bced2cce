"""Statements and the methods that settle them, one file each; each may use counting, not below."""
