"""A small town: the handbook's own example of a matrix (6 departments, 5 categories), made through public doors."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kyoju_tui.records.base import Record
from kyoju_tui.records.department import Department
from kyoju_tui.records.entry import Entry
from kyoju_tui.records.ids import Ref
from kyoju_tui.workspace.new_store.start import init_store
from kyoju_tui.workspace.requests import Base, Put
from kyoju_tui.workspace.workspace import Workspace

AUTHOR = "山田 花子 <hanako@city.example.jp>"
MUNICIPALITY = "さくら市"
DEPARTMENTS = (
    ("jutaku", "住宅課", "じゅうたくか"),
    ("korei", "高齢福祉課", "こうれいふくしか"),
    ("kosodate", "子育て支援課", "こそだてしえんか"),
    ("shimin", "市民課", "しみんか"),
    ("shoko", "商工課", "しょうこうか"),
    ("kankyo", "環境課", "かんきょうか"),
)
# Rows are categories, columns the departments above: T an initiative, I an issue.
CELLS = {
    "koreisha": ("I", "TI", "", "TI", "I", ""),
    "kosodate": ("I", "", "TI", "", "", ""),
    "sumai": ("TI", "TI", "I", "I", "", "TI"),
    "shotengai": ("", "", "", "", "TI", ""),
    "jumin-katsudo": ("", "I", "TI", "TI", "", "TI"),
}
NAMES = {
    "koreisha": "高齢者",
    "kosodate": "子育て",
    "sumai": "住まい",
    "shotengai": "商店街",
    "jumin-katsudo": "住民活動",
}


def make_small_store(path: Path) -> Path:
    """Make the town in `path` and return it: two commits, 5 categories, 6 departments, 25 entries."""
    root = init_store(path, MUNICIPALITY, "handbook-5", author=AUTHOR, environ={})
    workspace = Workspace.open(root, author=AUTHOR, environ={})
    try:
        puts = [Put(ref, record, Base(ref, None)) for ref, record in _records()]
        workspace.batch(puts, action="create", subject="部署と取組・課題を登録").result(timeout=60)
    finally:
        workspace.close()
    return root


def _records() -> Iterator[tuple[Ref, Record]]:
    for order, (department, name, reading) in enumerate(DEPARTMENTS, start=1):
        yield Ref(f"departments/{department}"), Department(name=name, reading=reading, order=order * 10)
    number = 0
    for category, cells in CELLS.items():
        for (department, name, _reading), cell in zip(DEPARTMENTS, cells, strict=True):
            for letter in cell:
                number += 1
                ref = Ref(f"entries/{department}/20261101-{number:05d}")
                if letter == "T":
                    title = f"{NAMES[category]}の取組（{name}）"
                    yield ref, Entry(title=title, kind="取組", status="取組中", categories=(category,))
                else:
                    yield ref, Entry(title=f"{NAMES[category]}の課題（{name}）", kind="課題", categories=(category,))
