"""Figures: plain dicts for Plotly, without a template; the browser adds theme and locale."""
