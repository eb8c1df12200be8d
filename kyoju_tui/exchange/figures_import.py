"""Figures brought to a data set: what a file changes there, as one save."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from kyoju_tui.exchange.figures_csv import LIMIT, Taken, take_figures
from kyoju_tui.records.dataset import Dataset
from kyoju_tui.records.errors import InvalidValue
from kyoju_tui.records.ids import Ref, new_part_id
from kyoju_tui.records.plain import to_plain
from kyoju_tui.workspace.requests import Change, Put, PutFigures
from kyoju_tui.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Import:
    """The save that brings a file in, and what to tell before it. No `changes`: the same figures are there already."""

    changes: tuple[Change, ...]
    subject: str
    told: tuple[str, ...]


def import_figures(workspace: Workspace, ref: str, file: Path) -> Import:
    """What bringing `file` to the data set `ref` changes. Nothing is written.

    Errors: `InvalidValue` for a file that cannot be taken, `UnknownRef`, `BrokenRecord`.
    """
    base = workspace.base(ref)
    dataset = workspace.snapshot.expect(Ref(ref), Dataset)
    data = _read(file)
    taken = take_figures(data)
    before = workspace.figures(ref)
    known = {column.indicator for column in dataset.columns}
    columns = [to_plain(column) for column in dataset.columns]
    for indicator in taken.indicators:
        if indicator not in known:
            columns.append({"id": new_part_id({str(column.get("id")) for column in columns}), "indicator": indicator})
    changed = dataset.but(columns=columns)
    subject = (
        f"基礎データ「{dataset.title}」の数値を取り込み（{file.name[:60]}、照合値 {sha256(data).hexdigest()[:12]}）"
    )
    if before == taken.data and changed == dataset:
        return Import((), subject, ("同じ数値がもう入っています。",))
    changes = (Put(Ref(ref), changed, base), PutFigures(Ref(ref), taken.data, before))
    return Import(changes, subject, _told(taken, before))


def _read(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(LIMIT + 1)
    except OSError as error:
        raise InvalidValue(
            f"「{file.name[:80]}」を読めません。何も取り込んでいません。",
            field="file",
            cure="ファイルの場所と権限を確かめてください。",
            detail=str(error),
        ) from error


def _told(taken: Taken, before: bytes | None) -> tuple[str, ...]:
    areas = len({(row.area_code, row.area) for row in taken.rows})
    first = f"{areas}地域 × {len(taken.indicators)}指標、{len(taken.rows)}件（{'、'.join(taken.indicators[:6])}）"
    replaced = "これまでの数値と入れ替えます（前の数値は履歴に残ります）。" if before is not None else ""
    return tuple(filter(None, (first, *taken.remarks, replaced)))
