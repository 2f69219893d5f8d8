"""Calls of the invented portfolio: legs, their quality, queues, usage."""
