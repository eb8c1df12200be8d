"""What a record is: models, ids, references, Snapshot, merge, Japanese dates, words, errors.

Pure values and functions live here. No I/O, no git, no screens.
"""
