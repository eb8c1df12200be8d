"""The speed harness: each module is one command (`python -m benchmarks.merge_speed`) and prints JSON and a line."""
