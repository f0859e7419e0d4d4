"""Questionnaires, the answers of governments to them, and the synthesis of all answers.

A questionnaire is data: sections, questions, options with keys that stay. Counts are exact integers over a frozen
snapshot; sentences and documents refer to them.
"""
