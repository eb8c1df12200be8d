"""What was typed and not yet saved: kept, listed, set aside."""
