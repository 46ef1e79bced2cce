"""The figures of the exercise sheet."""
