"""The oracle: every published number recomputed from the export files, apart from the engine."""

from oracle.recompute import recompute

__all__ = ["recompute"]
