"""Components: pure functions from our objects to what Dash draws; no queries, no callbacks."""
