"""Tables from outside, read guardedly from .xlsx and .csv, and the safe writing of cells and workbooks."""
