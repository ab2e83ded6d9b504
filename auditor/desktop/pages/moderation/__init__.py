"""Moderation: signed-off audits read again, as their pair saw them, and what was replied to them."""
