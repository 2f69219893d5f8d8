"""Metrics: the numbers, each declared once; segments: the populations they are about."""
