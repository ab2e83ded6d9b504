"""Settings: how it looks, the people and their roles, and the workspace itself."""
