"""Deck: the quarterly review as slides with native, editable charts and tables."""
