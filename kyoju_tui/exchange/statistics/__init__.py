"""Other people's statistics: from a foreign table to the figures beside a data set, and to the indicators of areas.

Nothing here opens a file (`exchange.books` does) and nothing writes one: a `Bringing` says what would change.
"""
