from __future__ import annotations

from pathlib import Path

import pytest

from kyoju_tui.ui.ending import crash_report

SECRET = "山田花子さんの電話番号"


def fail(value: str) -> None:
    raise ValueError(value)


def test_a_crash_report_says_where_and_holds_no_value(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=SECRET) as caught:
        fail(SECRET)
    path = crash_report(caught.value, tmp_path)
    text = path.read_text(encoding="utf-8")
    assert "builtins.ValueError" in text and "in fail" in text
    assert SECRET not in text
    assert path.stat().st_mode & 0o777 == 0o600
