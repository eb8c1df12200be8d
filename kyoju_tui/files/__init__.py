"""Records as files: layout of the store, TOML codec, atomic writes, reading a whole store.

Bytes in, records and problems out, and back. No git, no locking, no merging decisions.
"""
