"""Integer sets, tensors and recurrences, and how many of what they hold; knows no report."""
