"""Proof: whether the numbers of a file are still those of the data it names (C-21)."""
