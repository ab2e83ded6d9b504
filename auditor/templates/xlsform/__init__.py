"""XLSForm workbooks, the forms of ODK and Kobo: taken in as templates, and given out to be filled in on tablets."""
