"""An audit's answers as a workbook for a colleague without the program: out, and back in after a look."""
