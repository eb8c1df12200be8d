"""Who has which record open now, and which of those processes live."""
