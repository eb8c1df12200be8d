"""Commits of a day of one's choice: what a store looked like then is a question to their dates."""

from __future__ import annotations

import os
import subprocess
from datetime import date
from pathlib import Path


def made_on(root: Path, day: date) -> str:
    """Let the newest commit be of this day, and return its id."""
    command = ["git", "-C", str(root), "-c", "user.name=t", "-c", "user.email=t@example.jp"]
    environment = {**os.environ, "GIT_COMMITTER_DATE": f"{day.isoformat()}T10:00:00+09:00"}
    subprocess.run([*command, "commit", "-q", "--amend", "--no-edit"], check=True, env=environment)
    return subprocess.run([*command, "rev-parse", "HEAD"], check=True, capture_output=True).stdout.decode().strip()
