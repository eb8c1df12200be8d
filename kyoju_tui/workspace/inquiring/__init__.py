"""Inquiries as they go out and come back: answers, 該当なし, what an answer is compared with, compilations."""
