"""Partnerlens: subscription and calling analytics for telecom channel partners."""

__version__ = "0.1.0"
