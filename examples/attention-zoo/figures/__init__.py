"""The figures of the zoo: a grid for each pattern, and their growth."""
