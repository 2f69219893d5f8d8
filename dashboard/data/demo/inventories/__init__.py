"""The inventories of an invented portfolio: its devices, its numbers and extensions."""
