"""The matrix (一覧表) as a paper: the layers of the screen, in whole words (handbook 1-2(2), 1-3(2)).

Onto paper go the 整理文, the 必要な取組 and the opinions that were ticked for print; a file for other programs has all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal, get_args

from kyoju_tui.exchange.papers.paper import Box, Column, Paper, Said, Table, box
from kyoju_tui.overview.matrix import Cell, Matrix, OpinionLine
from kyoju_tui.overview.point_places import BASE_DATA, WHOLE_ROW, by_place
from kyoju_tui.overview.wording import content_words, data_words, needed_words, opinion_words
from kyoju_tui.records.dates import format_date
from kyoju_tui.records.store import Store

if TYPE_CHECKING:
    from kyoju_tui.overview.findings import FindingView

Layer = Literal["記入の状況", "件名", "論点", "意見"]
LAYERS: Final[tuple[Layer, ...]] = get_args(Layer)
STATES, TEXTS, POINTS, OPINIONS = LAYERS

_WIDTHS: Final[Mapping[Layer, float]] = {STATES: 4.5, TEXTS: 12, POINTS: 4.5, OPINIONS: 12}
_CATEGORY: Final = 6
_DATA: Final[Mapping[Layer, float]] = {STATES: 5, TEXTS: 11, POINTS: 5, OPINIONS: 11}
_LAST: Final = 22
# Layers of short words.
_GLANCE: Final = (STATES, POINTS)
_GENERAL: Final = "カテゴリーを問わない意見"


@dataclass(frozen=True)
class Shown:
    """How the matrix is shown.

    `views` are the points, asked for by the layer 論点. `discreet` leaves out who is late and who is waited for,
    `published` also what is not written yet. `whole` is for other programs: all opinions, data
    by name.
    """

    layer: Layer = STATES
    views: tuple[FindingView, ...] = field(default=(), repr=False)
    discreet: bool = False
    published: bool = False
    whole: bool = False


def matrix_paper(matrix: Matrix, shown: Shown | None = None) -> Paper:
    """The paper with the matrix as its one table."""
    shown = shown or Shown()
    return Paper(title_of(matrix), tuple(_facts(matrix, shown)), (matrix_table(matrix, shown),), legend(shown))


def matrix_table(matrix: Matrix, shown: Shown) -> Table:
    """A row per category: its name, 基礎データ, a cell per department, 意見・考え方等.

    Opinions on no category stand in a last row of their own.
    """
    points = by_place(shown.views if shown.layer == POINTS else (), matrix)
    columns = (
        Column("カテゴリー", _CATEGORY),
        Column("基礎データ", _DATA[shown.layer], centred=shown.layer in _GLANCE),
        *(
            Column(axis.name, _WIDTHS[shown.layer], axis.id, centred=shown.layer in _GLANCE)
            for axis in matrix.departments
        ),
        Column("意見・考え方等", _LAST),
    )
    rows = [
        (
            _head(category.id, category.name, _open_points(points.get((category.id, WHOLE_ROW), ()))),
            _data(matrix, category.id, points.get((category.id, BASE_DATA), ()), shown),
            *(
                _cell(matrix, cell, points.get((cell.category, cell.department), ()), shown)
                for cell in matrix.row(category.id)
            ),
            Box(tuple(_last(matrix, category.id, shown)), category=category.id),
        )
        for category in matrix.categories
    ]
    general = tuple(_opinions(matrix, matrix.general_opinions, shown))
    if general:
        rows.append((box(_GENERAL), Box(), *(Box() for _ in matrix.departments), Box(general)))
    return Table(f"一覧表（{shown.layer}）", columns, tuple(rows), "カテゴリーか部署がまだありません。")


def legend(shown: Shown) -> tuple[Said, ...]:
    """What the signs mean, each in its own tone."""
    if shown.published:
        return (
            Said("公開できる記録だけを載せています。空いている欄は、取組がないことを示すものではありません。", "calm"),
        )
    if shown.layer == POINTS:
        return (Said("論点", "gap"), Said("は、先に話し合う必要のあるものを含む欄です。", "calm"))
    told = [Said("記入なし", "gap"), Said("は、まだ何も書かれていない欄です。", "calm")]
    if not shown.discreet:
        told += [
            Said("期限超過", "late"),
            Said("回答待ち", "waiting"),
            Said("は、照会への回答がまだの欄です。", "calm"),
        ]
    return tuple(told)


def title_of(matrix: Matrix) -> str:
    """What the town calls its matrix, with the town's name."""
    store = matrix.snapshot.get("store")
    town, title = (store.municipality, store.title) if isinstance(store, Store) else ("", None)
    title = title or "居住コミュニティ一覧表"
    return title if town in title else f"{town}　{title}"


def _facts(matrix: Matrix, shown: Shown) -> Iterator[str]:
    yield f"{format_date(matrix.today)}時点　{shown.layer}"
    if not shown.published:
        cells = matrix.cells.values()
        gaps = sum(cell.state == "記入なし" for cell in cells)
        late = len({cell.department for cell in cells if cell.inquiry == "期限超過"})
        words = [f"{len(cells)}欄のうち記入なし{gaps}欄", *([] if shown.discreet else [f"期限超過{late}部署"])]
        yield "・".join(words)


def _head(category: str, name: str, points: str) -> Box:
    return Box((Said(name), *((Said(points, "strong"),) if points else ())), category=category)


def _data(matrix: Matrix, category: str, points: Iterable[FindingView], shown: Shown) -> Box:
    refs = matrix.base_data[category]
    if shown.layer == POINTS:
        return Box(tuple(_points(points, shown)), category=category, refs=refs)
    if shown.layer == STATES and not shown.whole:
        return Box((Said(f"{len(refs)}件"),) if refs else (), category=category, refs=refs)
    return Box(tuple(Said(data_words(matrix, ref)) for ref in refs), category=category, refs=refs)


def _cell(matrix: Matrix, cell: Cell, points: Iterable[FindingView], shown: Shown) -> Box:
    lines, answer = _said(matrix, cell, points, shown)
    gap = bool(lines) and shown.layer in (STATES, TEXTS) and cell.state == "記入なし"
    return Box(lines, answer, gap, cell.category, cell.department, cell.entries)


def _said(
    matrix: Matrix, cell: Cell, points: Iterable[FindingView], shown: Shown
) -> tuple[tuple[Said, ...], Said | None]:
    """The words of a department's cell, and the second one on an answer that is missing."""
    if shown.layer == POINTS:
        return tuple(_points(points, shown)), None
    if shown.layer == OPINIONS:
        said = (line for line in matrix.opinions[cell.category] if line.department == cell.department)
        return tuple(_opinions(matrix, said, shown)), None
    if shown.published and not cell.entries:
        return (), None
    gap, answer = cell.state == "記入なし", None
    if not shown.discreet and not shown.published and cell.inquiry in ("回答待ち", "期限超過"):
        # In a filled block the words are one block, but for the one that is worse than the gap.
        answer = Said(cell.inquiry, "late" if cell.inquiry == "期限超過" else "gap" if gap else "waiting")
    if not cell.entries:
        return (Said(cell.state, "gap" if gap else "calm"),), answer
    if shown.layer == TEXTS:
        entries = matrix.snapshot.entries
        titled = (Said(f"［{entries[ref].status or entries[ref].kind}］{entries[ref].title}") for ref in cell.entries)
        return tuple(titled), answer
    words = content_words(cell)
    return tuple(map(Said, (words,) if shown.whole else words.split("・"))), answer


def _points(views: Iterable[FindingView], shown: Shown) -> Iterator[Said]:
    found = [view for view in views if not view.settled]
    points = [view for view in found if view.kind == "論点"]
    if points:
        yield Said(f"論点{len(points)}", "gap" if any(view.strong for view in points) else "usual")
    if len(found) > len(points) and not shown.discreet:
        yield Said(f"確認{len(found) - len(points)}")


def _open_points(views: Iterable[FindingView]) -> str:
    count = sum(not view.settled and view.kind == "論点" for view in views)
    return f"論点{count}" if count else ""


def _last(matrix: Matrix, category: str, shown: Shown) -> Iterator[Said]:
    digest = matrix.digests.get(category)
    if digest is not None and digest.text:
        yield Said(f"整理：{digest.text}")
    yield from (Said(f"必要な取組：{needed_words(matrix, ref)}", "strong") for ref in matrix.needed[category])
    opinions = matrix.opinions[category]
    if shown.layer == OPINIONS:
        # Those of departments in the table stand in their cells.
        columns = {axis.id for axis in matrix.departments}
        opinions = tuple(line for line in opinions if line.department not in columns)
    yield from _opinions(matrix, opinions, shown)


def _opinions(matrix: Matrix, opinions: Iterable[OpinionLine], shown: Shown) -> Iterator[Said]:
    found = list(opinions)
    # What somebody asked to see as opinions is shown whole.
    every = shown.whole or shown.layer == OPINIONS
    printed = [line for line in found if every or line.print]
    yield from (Said(opinion_words(matrix, line)) for line in printed)
    if len(printed) < len(found):
        yield Said(f"{'ほか' if printed else ''}意見{len(found) - len(printed)}件", "calm")
