"""The programme of the year and the framework of quality assurance, on the Cycles page."""
