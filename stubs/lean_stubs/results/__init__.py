"""Charts, equity, statistics and what a run leaves behind."""
