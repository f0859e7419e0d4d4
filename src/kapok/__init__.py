"""Kapok."""
