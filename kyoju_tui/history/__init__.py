"""Records in git: the hardened git door, identity, commits and their messages, the log in words.

The only package that runs git. It knows paths and bytes, and the domain's words for what changed.
"""
