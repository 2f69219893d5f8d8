"""Exports: what a user takes away, one module per file format."""
