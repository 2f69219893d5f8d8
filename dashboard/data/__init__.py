"""The data layer: exports come in by one door, releases go out."""
