"""What the history says of records: trails, origins, moments, what is gone; and bringing any of it back."""
