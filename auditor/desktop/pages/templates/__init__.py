"""Templates: what each variant asks, what it costs and covers, and its questions to read. Nothing is changed here."""
