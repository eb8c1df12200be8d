"""One module a command: `HELP`, `add_arguments(parser)` and `run(context) -> exit code`."""
