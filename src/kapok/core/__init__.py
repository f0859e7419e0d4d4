"""Core: answers and rules, verbs, the trail, news, the outbox, languages, background work.

It knows no other room. Every change in Kapok is a verb from here; what a verb
did is written in the trail; who may do it is a rule that refuses in a sentence.
"""
