"""Every screen of the register shows what a colleague records, within a moment; cursor and focus stay in place."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import cast

import pytest
from textual.pilot import Pilot

from kyoju_tui.records.ids import Ref
from kyoju_tui.records.kinds import kind_of
from kyoju_tui.records.plain import Plain, to_plain
from kyoju_tui.ui.app import KyojuApp
from kyoju_tui.ui.screens import SCREENS
from kyoju_tui.ui.widgets.record_table import RecordTable
from kyoju_tui.workspace.new_store.demo import make_demo
from kyoju_tui.workspace.workspace import Workspace
from tests.ui.at_work import COLLEAGUE, at_rest, record, until
from tests.ui.conftest import TODAY, MakeApp
from tests.ui.screen_text import screen_text
from tests.ui.small_store import AUTHOR

# What a colleague changes for a screen: a record of this folder or REF that the screen shows, and the field that it
# shows of it. `None` for screens that show nothing of the records themselves.
SHOWN: dict[str, tuple[str, str] | None] = {
    "home": ("inquiries/20261105-38js1", "title"),
    "policy": ("policy", "purpose"),
    "matrix": ("categories/sumai", "name"),
    "findings": ("categories/joho", "name"),
    "entries": ("entries/chiiki-kyodo/20260724-7fsj8", "title"),
    "category-table": ("categories/koreisha", "name"),
    "causes": ("entries/chiiki-kyodo/20260724-7fsj8", "title"),
    "inquiries": ("inquiries/20261105-38js1", "title"),
    "datasets": ("datasets/20261001-z65wh", "title"),
    "meetings": ("meetings/20261112-zetw0", "title"),
    "series": ("series/20260602-wc017", "title"),
    "actions": ("meetings/20260929-1qva5", "actions"),
    "collaborations": ("collaborations/20261014-737ea", "title"),
    "themes": ("themes/20261009-6138m", "title"),
    "framework": ("framework", "reason"),
    "integrated-care": ("areas/honcho", "name"),
    "areas": ("areas/hoshinamigaoka", "name"),
    "groups": ("groups/20260612-4zdbc", "name"),
    "people": ("people/20260612-19cxf", "roles"),
    "surveys": ("surveys/20260904-98kma", "title"),
    "image-map": ("entries/hokatsu-kita/20260731-8za4x", "title"),
    "departments": ("departments/chiiki-kyodo", "name"),
    "categories": ("categories/koreisha", "name"),
    "settings": ("store", "municipality"),
    "problems": None,
    "april": None,
    "drafts": None,
    "history": ("categories/sumai", "name"),
    "sync": None,
}
# Lists in which a record that is new, or gone, shows by its line.
LISTS = ("entries", "inquiries", "datasets", "meetings", "series", "collaborations", "themes", "areas", "groups",
         "people", "surveys", "departments", "categories")  # fmt: skip

# What a new record needs beside its name.
NEEDED: dict[str, Plain] = {
    "entries": {"kind": "課題", "categories": ["jumin-katsudo"]},
    "inquiries": {"due": date(2026, 12, 18)},
    "people": {"roles": ("新規の役",)},
}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The fictional city, made once."""
    return make_demo(tmp_path_factory.mktemp("live") / "store", TODAY)


@pytest.fixture
def city(demo: Path, tmp_path: Path, make_app: MakeApp) -> Iterator[tuple[KyojuApp, Workspace]]:
    """The app on a copy, and the same copy opened by a colleague."""
    root = shutil.copytree(demo, tmp_path / "store")
    here, there = (Workspace.open(root, author=who, environ={}) for who in (AUTHOR, COLLEAGUE))
    yield make_app(here), there
    here.close()
    there.close()


def here(app: KyojuApp) -> tuple[object, ...]:
    """Where the cursor is: what has the focus, and the key of its line and column."""
    table = app.focused
    return (table, table.row_key, table.column_key) if isinstance(table, RecordTable) else (table,)


async def does(pilot: Pilot[None], work: Callable[[], object]) -> None:
    """A colleague does something, in another thread."""
    await pilot.app.run_worker(work, thread=True, group="colleague").wait()


async def comes(pilot: Pilot[None], holds: Callable[[], bool]) -> bool:
    """Whether something comes to hold within a moment."""
    try:
        await until(pilot, holds, 4)
    except AssertionError:
        return False
    return True


def keys(table: RecordTable) -> list[str | None]:
    """The lines of a table."""
    return [row.key.value for row in table.ordered_rows]


def otherwise(plain: Plain, field: str, word: str) -> Plain:
    """The record with another value in a field: the word before what stands there, in each of its tables."""
    value = plain.get(field)
    if isinstance(value, list):
        rows = cast("list[Plain | str]", value)
        return {**plain, field: [word + row if isinstance(row, str) else _otherwise(row, word) for row in rows]}
    return {**plain, field: f"{word}{value or ''}"}


def _otherwise(row: Plain, word: str) -> Plain:
    return {**row, "text": f"{word}{row['text']}"}


def test_all_screens_are_looked_at() -> None:
    assert SHOWN.keys() == SCREENS.keys()


@pytest.mark.walk
async def test_a_change_shows_on_every_screen(city: tuple[KyojuApp, Workspace]) -> None:
    app, colleague = city
    failed: list[str] = []

    async def look(name: str, ref: str, field: str, word: str) -> None:
        app.go_to(name)
        await at_rest(pilot)
        before = here(app)
        changed = otherwise(to_plain(colleague.snapshot.records[Ref(ref)]), field, word)
        await does(pilot, lambda: record(colleague, {ref: changed}))
        if not await comes(pilot, lambda: word in screen_text(app)):
            failed.append(f"{name}: {ref} {field} is not shown\n{screen_text(app)}")
        if here(app) != before:
            failed.append(f"{name}: the cursor went from {before} to {here(app)}")

    async with app.run_test(size=(160, 45)) as pilot:
        await at_rest(pilot)
        for number, (name, shown) in enumerate(SHOWN.items()):
            if shown is not None:
                await look(name, *shown, f"改{number:02}")
    assert not failed, "\n".join(failed)


@pytest.mark.heavy
async def test_what_comes_and_goes_shows_on_every_list(city: tuple[KyojuApp, Workspace]) -> None:
    app, colleague = city
    failed: list[str] = []

    async def look(name: str, number: int, ref: str, field: str) -> None:
        app.go_to(name)
        await at_rest(pilot)
        table, kind = app.focused, kind_of(ref)
        assert isinstance(table, RecordTable)
        under = Ref(table.row_key)
        new = kind.ref(f"zz-new-{number}" if kind.readable_id else f"20261120-zz{number:03}", under.department)
        plain: Plain = {field: f"新規{number:02}", **NEEDED.get(name, {})}
        await does(pilot, lambda: record(colleague, {new: plain}))
        if not await comes(pilot, lambda: new in keys(table)):
            failed.append(f"{name}: {new} is not shown")
        if table.row_key != under:
            failed.append(f"{name}: the cursor went from {under} to {table.row_key}")
        row = table.cursor_row
        await does(pilot, lambda: colleague.delete(under, force=True).result(60))
        if not await comes(pilot, lambda: under not in keys(table)):
            failed.append(f"{name}: {under} is still shown")
        if table.cursor_row != min(row, table.row_count - 1):
            failed.append(f"{name}: the cursor went from line {row} to {table.cursor_row}")
        await pilot.press("down", "up")

    async with app.run_test(size=(160, 45)) as pilot:
        await at_rest(pilot)
        for number, name in enumerate(LISTS):
            await look(name, number, *(SHOWN[name] or ("", "")))
    assert not failed, "\n".join(failed)
