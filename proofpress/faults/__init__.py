"""The one error an author sees, and how any exception is told at the author's line."""
