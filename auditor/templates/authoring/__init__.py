"""Our own plain workbook for writing a form: one row a question, drop-downs for words, and nothing lost either way."""
