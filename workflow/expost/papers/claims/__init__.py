"""The ledger of claims: what a paper says in words, and whether scores bear it out.

`ledger` reads and checks the file, `predicates` are the kinds of tests a claim can name, `scores`
finds the numbers, `verdicts` puts them together.
"""
