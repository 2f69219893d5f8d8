"""Benchmarks: each budget of P-1 … P-10 as a ratio of two sides measured in one run."""
