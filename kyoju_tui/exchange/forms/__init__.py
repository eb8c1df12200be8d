"""What the forms of inquiries and of surveys have in common: looks, hidden sheets, and sets of files."""
