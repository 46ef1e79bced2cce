"""One report: its folder, settings, environment and pipeline."""
