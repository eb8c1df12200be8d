"""Sending and receiving: fetch, merge by field, one merge commit, send, again."""
