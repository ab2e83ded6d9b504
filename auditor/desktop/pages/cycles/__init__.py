"""Cycles: the rounds of audits, one round with its cases, and the path that starts a new one."""
