"""Answering a questionnaire: what is asked, what is carried over, what is missing, and the acts of a response."""
