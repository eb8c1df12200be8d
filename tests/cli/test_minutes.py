"""`minutes`: to read, as a file, for programs."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Run, Write

MEETING = (
    'title = "第1回意見交換会"\nheld_on = 2026-11-23\n\n[[opinions]]\nid = "aaaaa"\n'
    'category = "koreisha"\ntext = "坂が急だ"\n'
)


def test_minutes_are_read_and_written(run: Run, write: Write, tmp_path: Path) -> None:
    write("meetings/20261123-aaaaa.toml", MEETING)
    read = run("minutes", "20261123-aaaaa")
    assert read.code == 0
    assert "日時：令和8年11月23日(月)" in read.out.splitlines()
    assert "　・坂が急だ" in read.out.splitlines()
    for name in ("memo.md", "memo.txt"):
        assert run("minutes", "meetings/20261123-aaaaa", "-o", tmp_path / name).code == 0
        assert "坂が急だ" in (tmp_path / name).read_text(encoding="utf-8")
    told = run("minutes", "20261123-aaaaa", "--json").json
    assert (told["ref"], told["status"]) == ("meetings/20261123-aaaaa", "案")
    assert {"heading": "意見・考え方等", "lines": [], "groups": {"高齢者": ["坂が急だ"]}} in told["sections"]


def test_other_forms_and_other_records_are_refused_in_words(run: Run, write: Write, tmp_path: Path) -> None:
    write("meetings/20261123-aaaaa.toml", MEETING)
    refused = run("minutes", "20261123-aaaaa", "-o", tmp_path / "memo.pdf")
    assert refused.code == 2 and "使える形式：.docx、.md、.txt" in refused.err
    assert not (tmp_path / "memo.pdf").exists()
    assert run("minutes", "jutaku").code != 0
    assert run("minutes", "20990101-zzzzz").code != 0
