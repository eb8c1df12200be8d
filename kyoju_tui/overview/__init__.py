"""What records show: the overview matrix and the findings. Pure functions of a Snapshot and of today.

No I/O and no words of the screen beyond the handbook's own.
"""
