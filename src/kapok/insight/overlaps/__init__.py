"""Overlaps: initiatives that share country, theme, time, method and audience, with the reasons in words.

Nothing is scored and nobody is supervised: what two initiatives share is shown to those who lead them, and they answer.
"""
