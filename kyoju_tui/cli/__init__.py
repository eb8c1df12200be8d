"""The command line: one module a command, Japanese for people, stable JSON for programs."""
