"""The ledger, its projections and queries, and the encrypted workspace on disk that holds them."""
