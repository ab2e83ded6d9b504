"""Pure values and rules of case-file audit; standard library only."""
