"""Finding: the search page, its addresses, its counts in words, suggestions and feeds."""
