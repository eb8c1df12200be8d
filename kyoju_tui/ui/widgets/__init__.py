"""Widgets that know nothing of records: table, line, text, footer, sidebar, status line, wrapping, the real cursor."""
