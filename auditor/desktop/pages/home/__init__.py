"""Home: what this person can do next, and how the round stands."""

from auditor.desktop.pages.home.page import HomePage

__all__ = ["HomePage"]
