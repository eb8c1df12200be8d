"""Inquiries out and in: forms for each department, their letters, answers against the records as they are now."""
