"""Templates on paper: drawn page by page into a PDF or onto a printer."""
