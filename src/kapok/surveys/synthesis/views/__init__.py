"""Pages of the synthesis: the analyzer, the Parties behind a figure, the words, the snapshots."""
