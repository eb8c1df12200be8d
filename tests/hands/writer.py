"""One of several writers, as a process of its own: saves again and again, and says on each line how it went.

python -m tests.hands.writer ROOT REF FIELD NUMBER SAVES

A line of JSON for each try: `seen` (what stood in the field when the edit began), `wrote`, `commit` (None: a clash, and
nothing was written), `seconds`, `merged`.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from kyoju_tui.records.entry import Entry
from kyoju_tui.records.errors import Clash
from kyoju_tui.records.ids import Ref
from kyoju_tui.workspace.workspace import Workspace


def main(root: Path, ref: Ref, field: str, number: int, saves: int) -> None:
    """Save until so many saves are acknowledged; a clash is looked at, and tried again with what stands there now."""
    workspace = Workspace.open(root, author=f"書き手{number} <writer{number}@city.example.jp>", environ={})
    # All begin together once the last of them is ready.
    print("ready", flush=True)
    sys.stdin.readline()
    done = 0
    while done < saves:
        base = workspace.base(ref)
        entry = workspace.snapshot.expect(ref, Entry)
        seen, wrote = getattr(entry, field), f"{number}番の{done + 1}回目"
        began = time.perf_counter()
        try:
            saved = workspace.save(ref, entry.but(**{field: wrote}), base=base).result(timeout=120)
        except Clash:
            draft = workspace.drafts.get(ref)
            kept = draft is not None and draft.plain[field] == wrote
            _say(seen, wrote, None, time.perf_counter() - began, merged=False, kept=kept)
            workspace.refresh([ref.path])
            continue
        done += 1
        _say(seen, wrote, saved.commit, time.perf_counter() - began, merged=saved.merged, kept=True)
    workspace.close()


def _say(seen: str | None, wrote: str, commit: str | None, seconds: float, *, merged: bool, kept: bool) -> None:
    told = {"seen": seen, "wrote": wrote, "commit": commit, "seconds": seconds, "merged": merged, "kept": kept}
    print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Ref(sys.argv[2]), sys.argv[3], int(sys.argv[4]), int(sys.argv[5]))
