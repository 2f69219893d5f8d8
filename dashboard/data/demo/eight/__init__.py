"""The 8x8 side of the invented portfolio: accounts, and logs of what they send and call."""
