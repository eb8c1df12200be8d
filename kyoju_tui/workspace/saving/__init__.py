"""The save protocol: plan, lock, journal, write, commit, recover; and a save that meets a change."""
