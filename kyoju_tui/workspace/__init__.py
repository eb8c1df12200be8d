"""The one door to a store, `workspace.Workspace`: open, read, save, delete, move, batch, check, drafts, watch.

Everything above goes through it. `requests` says what may be asked of it; each folder holds one thing done through it:
`saving` the save protocol, `changing` and `inquiring` what makes many changes one save, `past` the history, `drafts`
and `presence` who is at work on what, `hand_edits` what went past this program, `sync` the exchange with a remote,
`care` the store's health, `new_store` how one begins.
"""
