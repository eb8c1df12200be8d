"""One test per row of the handbook (H 1 to H 32), each performing the row through the app on a new store.

`test_hNN_….py` holds `do_hNN(work)`, which does with keys what staff do, and the test, which looks at the records and
at git afterwards. The story (`test_story.py`) does the same rows one after the other in one store.
"""
