"""Answering without a connection: Word forms and workbooks, and answers of many countries brought in at once."""
