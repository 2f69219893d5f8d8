"""Wording: what is said about a view in a language, the same sentences on every medium."""
