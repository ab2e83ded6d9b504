"""Findings of a cycle: the matrices, the indicators, and what lies behind a cell."""
