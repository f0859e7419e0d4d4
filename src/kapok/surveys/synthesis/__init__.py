"""From answers to figures, and from figures to sentences.

`bank` holds the answers of one cycle as sets of Parties; `counting` counts them by groups, in whole numbers only;
`comparing` sets two cycles beside each other; `wording` writes sentences whose figures are references; `snapshots`
freezes all of it under a hash. `reconstruct` and `published` prove the counting against a report of 2012.
"""
