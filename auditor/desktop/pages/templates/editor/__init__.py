"""The editor of a draft: its questions, the form of one of them, and the checks beside it."""
