"""Spreadsheets and tables of other programs: read with care, values only, and written."""
