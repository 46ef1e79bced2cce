"""The patterns of the zoo: one module a family, each with its definitions and CLAIMS."""
