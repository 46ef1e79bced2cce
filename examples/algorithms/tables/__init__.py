"""The tables of the exercise sheet."""
