"""Audits: the list of audits and the desk where one is scored."""
