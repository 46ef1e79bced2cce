"""What may become LaTeX: text and formulas from outside, letters, chapters of a document."""
