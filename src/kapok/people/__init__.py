"""People: persons, governments and organisations, who acts for whom, and the accounts they sign in with.

A designation ties a person to a role, with its proof, from a day until it is ended.
Who may act for which body is asked in `access.py`; every change is a verb in `verbs`.
"""
