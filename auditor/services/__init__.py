"""One module an act of the programme: plain functions of a command, the person acting and a unit of work or view."""
