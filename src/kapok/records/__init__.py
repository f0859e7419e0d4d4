"""Records: the registers. What a record is, its life from draft to withdrawal, its clock of confirmation.

A record has published values, and beside them at the most one working draft. Every publication is kept
whole as a version. `verbs` holds every change, `access` who sees and who may, `formats` the common formats.
"""
