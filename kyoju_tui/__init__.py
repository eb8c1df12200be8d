"""kyoju-tui: a town hall's overview matrix for residential communities, on plain text in git."""

__version__ = "0.1.0"
