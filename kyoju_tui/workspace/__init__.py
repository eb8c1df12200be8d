"""The one door to a store: open, read, save, delete, move, batch, undo, check, drafts, watch.

Everything above goes through it; the save protocol lives here and nowhere else.
"""
