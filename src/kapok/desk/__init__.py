"""The desk: what waits for a person, the most urgent first; what they keep; and for the Secretariat, letters and trail.

It changes nothing itself: its buttons lead to the verbs of other rooms. What it shows comes from their doors.
"""
