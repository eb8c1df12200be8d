"""Editors: the widgets that hold one field's value each. They know fields and records, not the form around them."""
