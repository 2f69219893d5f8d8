"""Schedules at work: when each is due, and how its copies are made and leave."""
