"""Documents: Word, PDF and HTML in the manner of United Nations meeting documents, and Word forms to fill offline.

The room knows nothing of records or surveys: it is given blocks and questions, and gives bytes.
"""
