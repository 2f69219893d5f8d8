"""Text for Plotly, which reads some HTML: the one place where strings are made inert."""


def inert(text: str) -> str:
    """Escape what Plotly would take for a tag, so that a name can never become a link."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
