"""Forms through a real spreadsheet program and back: exactly the edits come in, and without edits nothing does."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, cast

import openpyxl
import pytest

from kyoju_tui.exchange.inquiries.inquiry_answers import Arrived, Expected, bring, read_answers
from kyoju_tui.exchange.inquiries.inquiry_export import make_forms
from kyoju_tui.exchange.inquiries.inquiry_layout import RowMark, columns, results_year
from kyoju_tui.records.entry import Entry
from kyoju_tui.records.ids import Ref
from kyoju_tui.workspace.new_store.demo import make_demo
from kyoju_tui.workspace.workspace import Workspace
from tests.conftest import STAFF
from tests.office.conftest import Convert

pytestmark = pytest.mark.office

TODAY = date(2026, 11, 23)
COLUMN = {column.name: column.number for column in columns(results_year(TODAY, 4))}


@pytest.fixture
def city(tmp_path: Path) -> Iterator[Workspace]:
    """The fictional city with its inquiries."""
    workspace = Workspace.open(make_demo(tmp_path / "city", TODAY), author=STAFF)
    yield workspace
    workspace.close()


def forms(workspace: Workspace, ref: Ref, folder: Path) -> list[Path]:
    folder.mkdir(parents=True)
    made: list[Path] = []
    for file in make_forms(workspace, ref, TODAY, (), "none").files:
        (folder / file.name).write_bytes(file.data)
        made.append(folder / file.name)
    return made


def arrived(workspace: Workspace, paths: list[Path], ref: Ref) -> list[Arrived]:
    found = read_answers(workspace, paths, TODAY, Expected(ref))
    assert all(isinstance(each, Arrived) for each in found), [getattr(each, "error", "") for each in found]
    return cast("list[Arrived]", list(found))


def test_an_unedited_form_touches_no_record(city: Workspace, soffice: Convert, tmp_path: Path) -> None:
    inquiries = list(city.snapshot.inquiries)
    assert inquiries
    for ref in inquiries:
        sent = forms(city, ref, tmp_path / ref.id)
        for ways in (("xlsx",), ("ods", "xlsx"), ("ods",)):
            back = sent
            for number, ending in enumerate(ways):
                back = soffice(back, ending, tmp_path / f"{ref.id}-{'-'.join(ways)}-{number}")
            for answer in arrived(city, back, ref):
                found = bring(city, answer, TODAY)
                assert found.changes == ()
                assert set(found.counts) <= {"同じ"}
                assert any("様式のまま" in remark for remark in found.remarks)


def test_the_edits_come_in_exactly(city: Workspace, soffice: Convert, tmp_path: Path) -> None:
    """Every form opened, edited, opened and saved again: what comes in is what was written, and nothing else."""
    ref = list(city.snapshot.inquiries)[-1]
    opened = soffice(forms(city, ref, tmp_path / "sent"), "xlsx", tmp_path / "opened")
    chance = random.Random(20261123)  # noqa: S311 - which rows are edited is no secret
    wanted: dict[Ref, dict[str, object]] = {}
    new: list[str] = []
    for path in opened:
        book = openpyxl.load_workbook(path)
        wanted |= edit(book["回答"], chance, new)
        book.save(path)
    before = dict(city.snapshot.entries)
    back = soffice(soffice(opened, "ods", tmp_path / "ods"), "xlsx", tmp_path / "back")
    for answer in arrived(city, back, ref):
        found = bring(city, answer, TODAY)
        assert not found.of("不明", "食い違い"), found.of("不明", "食い違い")
        city.batch(found.changes, action="import", subject=found.subject).result()
        assert bring(city, answer, TODAY).changes == ()
    after = city.snapshot.entries
    assert sorted(after[each].title for each in after.keys() - before.keys()) == sorted(new)
    assert {each for each in before if after[each] != before[each]} == set(wanted)
    for each, fields in wanted.items():
        assert after[each] == before[each].but(**fields)
    assert len(wanted) > len(back)


def edit(sheet: Any, chance: random.Random, new: list[str]) -> dict[Ref, dict[str, object]]:
    """Write into some rows as a department would, and tell what the records should then be."""
    wanted: dict[Ref, dict[str, object]] = {}
    begun = False
    for row in range(1, sheet.max_row + 1):
        mark = RowMark.parse(sheet.cell(row, 1).value)
        if mark is None:
            continue
        if mark.sort == "new" and mark.kind == "課題" and not begun:
            begun = True
            title = f"{chance.choice(('坂の上', '駅の裏', '団地の北'))}の{len(new)}番目の課題"
            sheet.cell(row, COLUMN["title"]).value = title
            sheet.cell(row, COLUMN["outline"]).value = "１行目\n２行目（=1+1）"
            new.append(title)
        if mark.entry is not None and chance.random() < 0.5:
            text = f"書き直した概要 {chance.randrange(1000)}\n②行目　～ﾊﾝｶｸ～"
            sheet.cell(row, COLUMN["outline"]).value = text
            sheet.cell(row, COLUMN["as_of"]).value = "令和８年１０月１日"
            wanted[mark.entry] = {"outline": text, "as_of": date(2026, 10, 1)}
    return wanted


def test_the_sample_has_entries_to_edit(city: Workspace) -> None:
    assert all(isinstance(each, Entry) for each in city.snapshot.entries.values())
    assert len(city.snapshot.entries) > 50
