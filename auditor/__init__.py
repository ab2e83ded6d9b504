"""Casefile Auditor: case files audited in pairs, agreed, seen by theme and followed to verified action."""

__version__ = "0.1.0"
