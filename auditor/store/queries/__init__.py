"""Questions to the projections. Each function takes a `View` and gives frozen domain values, never rows."""
