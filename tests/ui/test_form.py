"""Forms: what is in sight, what is said under fields, editors that give back what they were given."""

from __future__ import annotations

from datetime import date, time
from typing import Any, cast

import pytest
from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.widget import Widget

from kyoju_tui.records.area import Area
from kyoju_tui.records.base import Part
from kyoju_tui.records.category import Category
from kyoju_tui.records.department import Department
from kyoju_tui.records.description import Described, field_map
from kyoju_tui.records.entry import Entry
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.kinds import KINDS
from kyoju_tui.records.meeting import Meeting
from kyoju_tui.records.plain import Plain
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.ui.forms.arrangement import arrange
from kyoju_tui.ui.forms.checking import check
from kyoju_tui.ui.forms.editors.choice import ChoiceEditor
from kyoju_tui.ui.forms.editors.line import LineEditor
from kyoju_tui.ui.forms.editors.reference import ReferenceEditor
from kyoju_tui.ui.forms.editors.text import TextFieldEditor, ValuesEditor
from kyoju_tui.ui.forms.field_row import FieldRow
from kyoju_tui.ui.forms.picker import Picker
from kyoju_tui.ui.forms.record_form import FoldLine, RecordForm
from kyoju_tui.ui.forms.remarks import caution, prompt
from kyoju_tui.ui.forms.setting import Setting
from kyoju_tui.ui.themes import STANDARD

SNAPSHOT = Snapshot(
    {
        Ref("departments/korei"): Department(name="高齢福祉課", reading="こうれいふくしか", order=1),
        Ref("departments/jutaku"): Department(name="住宅課", reading="じゅうたくか", order=2),
        Ref("departments/haishi"): Department(name="旧生活課", until=date(2025, 3, 31), order=3),
        Ref("categories/sumai"): Category(name="住まい", order=1),
        Ref("categories/kosodate"): Category(name="子育て", order=2),
        Ref("categories/mukashi"): Category(name="旧分類", retired=True, order=3),
        Ref("areas/honcho"): Area(name="本町"),
        Ref("entries/korei/20261101-aaaaa"): Entry(title="坂が多い", kind="課題", categories=("sumai",)),
    }
)
SETTING = Setting(lambda: date(2026, 11, 23), lambda: SNAPSHOT)


class FormApp(App[None]):
    """A form and nothing else."""

    def __init__(self, model: type[Part], given: Plain) -> None:
        super().__init__()
        self.register_theme(STANDARD)
        self.theme = STANDARD.name
        self.form = RecordForm(model, SETTING, given)

    def compose(self) -> ComposeResult:
        yield self.form


def row(app: App[Any], *path: str) -> FieldRow:
    return next(found for found in app.screen.query(FieldRow) if found.path == path)


def editor(app: App[Any], *path: str) -> Widget:
    return row(app, *path).editor_widget


def said(app: App[Any], *path: str) -> list[tuple[str, str]]:
    return [(item.tone, item.text) for item in row(app, *path).remark.said]


async def settle(pilot: Pilot[None]) -> None:
    for _ in range(3):
        await pilot.pause()


def field(model: type[Part], name: str) -> Described:
    return field_map(model)[name]


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_is_in_the_form_once_and_required_ones_are_in_sight(kind: str) -> None:
    model = KINDS[kind].model
    arranged = arrange(model, {})
    names = [item.name for item in (*arranged.shown, *arranged.folded)]
    assert sorted(names) == sorted(field_map(model))
    assert all(item.required or item.shown for item in arranged.shown)


def test_a_field_that_is_filled_is_in_sight() -> None:
    assert "results" not in [item.name for item in arrange(Entry, {}).shown]
    assert "results" in [item.name for item in arrange(Entry, {"results": "本文"}).shown]


def test_difficulties_are_asked_for_where_results_stand() -> None:
    assert "difficulties" in [item.name for item in arrange(Entry, {"results": [{"fiscal_year": 2025}]}).shown]


def test_a_fault_is_placed_under_the_field_that_the_sentence_names() -> None:
    plain: Plain = {"title": "訪問", "kind": "課題", "status": "終了", "categories": ["sumai"]}
    checked = check(Entry, plain, {}, [(name,) for name in field_map(Entry)])
    assert checked.record is None
    assert list(checked.faults) == [("status",)]
    plain = plain | {"kind": "取組", "since": date(2026, 4, 1), "until": date(2025, 4, 1)}
    assert list(check(Entry, plain, {}, [(name,) for name in field_map(Entry)]).faults) == [("until",)]


def test_a_fault_in_a_table_says_the_row() -> None:
    plain: Plain = {"title": "第1回", "attendance": [{"department": "korei"}, {"department": "だめ"}]}
    checked = check(Meeting, plain, {}, [(name,) for name in field_map(Meeting)])
    assert checked.faults["attendance",].startswith("2行目 部署：")


def test_what_cannot_be_read_is_not_called_missing() -> None:
    checked = check(Entry, {"title": "訪問", "kind": "課題"}, {("categories",): "読めません"}, [("categories",)])
    assert checked.missing == frozenset()
    assert checked.faults == {("categories",): "読めません"}
    assert checked.record is None


@pytest.mark.parametrize(
    "text",
    [
        "田中さんに相談",
        "町内会の会長が賛成",
        "山本氏より",
        "電話 0123-45-6789",
        "０９０－１２３４－５６７８",
        "a@example.jp",
        "鈴木様",
    ],
)
def test_names_and_numbers_are_warned_of(text: str) -> None:
    assert caution(field(Entry, "outline"), text)


@pytest.mark.parametrize(
    "text", ["皆さんの声", "お子さんの見守り", "氏名は書かない", "令和8年11月", "100-200人", "様々な声", ""]
)
def test_plain_words_are_not_warned_of(text: str) -> None:
    assert not caution(field(Entry, "outline"), text)


def test_an_extension_is_where_a_number_belongs() -> None:
    assert not caution(field(Entry, "extension"), "0123-45-6789")


def test_results_without_difficulties_prompt() -> None:
    results = [{"fiscal_year": 2025, "text": "3回"}]
    assert prompt(Entry, field(Entry, "difficulties"), {"results": results})
    assert not prompt(Entry, field(Entry, "difficulties"), {"results": results, "difficulties": "人手"})
    assert not prompt(Entry, field(Entry, "difficulties"), {})


async def test_values_come_back_as_they_were_given() -> None:
    given: Plain = {
        "title": "第1回",
        "starts": time(14, 0, 30),
        "held_on": date(2026, 11, 23),
        "agenda": ["あいさつ、趣旨", "意見交換"],
        "notes": "一行目\n\n三行目\n",
        "opinions": [{"id": "aaaaa", "text": "坂が多い", "extra": 1}],
        "unknown": "知らない項目",
        # A row that a person wrote by hand, without an id.
        "actions": [{"text": "鍵の案をつくる"}],
    }
    app = FormApp(Meeting, given)
    async with app.run_test(size=(100, 30)) as pilot:
        await app.form.open_folded()
        await settle(pilot)
        assert app.form.plain() == given
        assert not app.form.dirty
        assert app.form.check().record is not None


async def test_folded_fields_open_with_enter_and_take_the_focus() -> None:
    app = FormApp(Entry, {"title": "訪問"})
    async with app.run_test(size=(80, 24)) as pilot:
        app.query_one(FoldLine).focus()
        await pilot.press("enter")
        await settle(pilot)
        assert app.focused is editor(app, "data_kind")
        assert not app.query(FoldLine)


async def test_the_arrows_and_tab_go_from_field_to_field() -> None:
    app = FormApp(Entry, {"title": "訪問", "outline": "一行目\n二行目"})
    async with app.run_test(size=(80, 24)) as pilot:
        editor(app, "title").focus()
        await pilot.press("down")
        assert app.focused is editor(app, "kind")
        await pilot.press("tab", "tab")
        assert app.focused is editor(app, "categories")
        await pilot.press("up", "shift+tab")
        assert app.focused is editor(app, "kind")
        text = cast("TextFieldEditor", editor(app, "outline"))
        text.focus()
        await pilot.press("down")
        assert app.focused is text
        await pilot.press("down")
        assert app.focused is editor(app, "difficulties")
        await pilot.press("up", "up", "up")
        assert app.focused is not text


async def test_one_choice_moves_with_the_arrows_and_ctrl_z_takes_it_back() -> None:
    app = FormApp(Entry, {"title": "訪問", "kind": "取組", "status": "検討中", "categories": ["sumai"]})
    async with app.run_test(size=(80, 24)) as pilot:
        status = cast("ChoiceEditor", editor(app, "status"))
        status.focus()
        await pilot.press("right")
        assert status.read() == "取組中"
        await pilot.press("delete")
        assert status.read() is None
        await settle(pilot)
        assert ("fault", "取組には状況（必要・検討中・取組中・終了）が必要です。") in said(app, "status")
        await pilot.press("ctrl+z", "ctrl+z")
        assert status.read() == "検討中"


async def test_categories_are_chosen_with_a_full_width_space_too_and_retired_ones_stay() -> None:
    app = FormApp(Entry, {"title": "訪問", "kind": "課題", "categories": ["mukashi"]})
    async with app.run_test(size=(80, 24)) as pilot:
        categories = cast("ChoiceEditor", editor(app, "categories"))
        assert "旧分類" in categories.render().plain
        categories.focus()
        await pilot.press("home", "ideographic_space", "right", "space")
        assert categories.read() == ["mukashi", "sumai", "kosodate"]
        await pilot.press("space")
        assert categories.read() == ["mukashi", "sumai"]


async def test_numbers_take_full_width_digits_and_years_take_eras() -> None:
    app = FormApp(Entry, {"title": "訪問"})
    async with app.run_test(size=(80, 40)) as pilot:
        await app.form.open_folded()
        await settle(pilot)
        amount = cast("LineEditor", editor(app, "budget_thousand_yen"))
        amount.value = "１，２００"
        assert amount.read() == 1200
        amount.value = "たくさん"
        await settle(pilot)
        assert said(app, "budget_thousand_yen")[0][0] == "fault"
        assert app.form.draft()["budget_thousand_yen"] == "たくさん"
        assert "budget_thousand_yen" not in app.form.plain()


async def test_list_items_stand_one_a_line() -> None:
    app = FormApp(Meeting, {"title": "第1回", "agenda": ["趣旨、経過"]})
    async with app.run_test(size=(80, 24)) as pilot:
        agenda = cast("ValuesEditor", editor(app, "agenda"))
        assert agenda.text == "趣旨、経過"
        agenda.load_text("趣旨、経過\n\n  次回  \n")
        assert agenda.read() == ["趣旨、経過", "次回"]
        await settle(pilot)


async def test_the_picker_finds_by_reading_and_romaji_and_leaves_out_departments_of_the_past() -> None:
    app = FormApp(Entry, {"title": "訪問", "related_departments": ["jutaku"]})
    async with app.run_test(size=(80, 24)) as pilot:
        departments = cast("ReferenceEditor", editor(app, "related_departments"))
        assert "住宅課" in departments.render().plain
        departments.focus()
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, Picker)
        await pilot.press(*"kourei", "enter")
        await settle(pilot)
        assert departments.read() == ["jutaku", "korei"]
        await pilot.press("こ", "う")
        await settle(pilot)
        assert isinstance(app.screen, Picker)
        await pilot.press("space", "enter")
        await settle(pilot)
        assert departments.read() == ["jutaku"]
        await pilot.press("旧")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert departments.read() == ["jutaku"]
        await pilot.press("delete")
        assert departments.read() is None


async def test_a_group_of_fields_is_read_as_a_table_and_vanishes_when_empty() -> None:
    app = FormApp(Area, {"name": "本町", "willingness": {"level": "活発", "evidence": ["祭り"]}})
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        cast("ChoiceEditor", editor(app, "willingness", "level")).put(None)
        assert app.form.plain()["willingness"] == {"evidence": ["祭り"]}
        cast("ValuesEditor", editor(app, "willingness", "evidence")).load_text("")
        assert "willingness" not in app.form.plain()


async def test_missing_fields_are_spoken_of_only_when_somebody_wants_to_save() -> None:
    app = FormApp(Entry, {})
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert all(tone != "fault" for tone, _ in said(app, "title"))
        assert not await app.form.insist()
        await settle(pilot)
        assert ("fault", "必須の項目です。") in said(app, "title")
        assert app.focused is editor(app, "title")
