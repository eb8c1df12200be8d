"""The points and reminders as plain data for programs; their shape is fixed in docs/format.md."""

from __future__ import annotations

from collections.abc import Iterable

from kyoju_tui.overview.findings import FindingView


def findings_json(views: Iterable[FindingView]) -> dict[str, object]:
    """`{schema, findings}`, ready for `json.dumps`; subjects are REFs, days ISO text or null."""
    return {"schema": 1, "findings": [_finding(view) for view in views]}


def _finding(view: FindingView) -> dict[str, object]:
    return {
        "key": view.key,
        "rule": view.rule,
        "name": view.name,
        "kind": view.kind,
        "subjects": list(view.subjects),
        "why": view.why,
        "score": view.score,
        "verdict": view.verdict,
        "stage": view.stage,
        "reason": view.reason,
        "decided_on": view.decided_on.isoformat() if view.decided_on else None,
    }
