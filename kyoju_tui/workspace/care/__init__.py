"""The store's health: `check`, `fmt`, `doctor`, and what `doctor --mend` mends."""
