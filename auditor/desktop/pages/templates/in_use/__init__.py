"""A template as it is used: what it costs and tells, and what auditors say of it."""
