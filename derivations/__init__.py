"""The report's mathematics: one module a topic, each with its definitions and CLAIMS."""
