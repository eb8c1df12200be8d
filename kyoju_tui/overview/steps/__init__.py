"""The rules of the process map: a module per part of the handbook, a function per step.

Each says of one step whether it is done, under way or not begun, and why. Order and labels are in `overview.progress`.
"""
