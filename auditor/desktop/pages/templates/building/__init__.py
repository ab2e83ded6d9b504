"""Building a variant of a master: rows to tick, and what they come to at every tick."""
