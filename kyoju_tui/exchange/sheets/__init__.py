"""Sheets that a town already has: an Excel 一覧表 or a 事務事業一覧, read into entries (handbook 1-2(1), 1-2(2)).

Nothing here opens a file (`exchange.books` does) or writes one; what is found comes out as a `Bringing`.
"""
