"""What is raised about one entry alone: an open issue, an old date, a near end, an unconfirmed wording."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kyoju_tui.overview.asked import newest_first
from kyoju_tui.overview.matrix import Matrix
from kyoju_tui.overview.rules.point import Point
from kyoju_tui.overview.rules.rows import rows_with_initiatives
from kyoju_tui.records.dates import fiscal_year, format_date, format_fiscal_year
from kyoju_tui.records.entry import Entry
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.store import Store

_OLD_AFTER = 2  # fiscal years


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the rules of an entry read beside the entry.

    `rows` are the names of the categories in use, `under_way` those with a 取組中, `answered` counts initiatives by the
    issue's id, `confirmed` are the receipts confirmed by the head (課長確認済) of every department, each with the
    categories that were asked (none named means all).
    """

    year: int
    year_starts: int
    rows: Mapping[str, str]
    under_way: frozenset[str]
    answered: Mapping[str, int]
    confirmed: Mapping[str, Sequence[tuple[frozenset[str], date]]]

    @classmethod
    def of(cls, matrix: Matrix) -> Surroundings:
        """Those of the entries of a matrix."""
        store = matrix.snapshot.get("store")
        starts = store.fiscal_year_starts if isinstance(store, Store) else 4
        return cls(
            fiscal_year(matrix.today, starts),
            starts,
            {category.id: category.name for category in matrix.categories},
            rows_with_initiatives(matrix)[0],
            matrix.placing.answered,
            _confirmed(matrix),
        )


def entry_points(ref: Ref, entry: Entry, around: Surroundings) -> Iterator[Point]:
    """`open-issue`, `stale`, `ending` and `unconfirmed` of one entry."""
    if entry.kind == "課題":
        yield from _open_issue(ref, entry, around)
    if entry.status != "終了":
        yield from _stale(ref, entry, around)
        yield from _ending(ref, entry, around)
    if entry.summary and entry.confirmed == "未確認":
        yield Point(
            "unconfirmed",
            (ref,),
            f"「{entry.title}」の一覧表の文を、所管課がまだ確認していません。",
            "所管課に文を確かめてもらい、確認の欄を改めると消えます。",
        )


def _open_issue(ref: Ref, entry: Entry, around: Surroundings) -> Iterator[Point]:
    """An issue that no initiative of any status or department addresses. Outside the rows in use nobody is asked."""
    rows = [row for row in entry.categories if row in around.rows]
    if not rows or around.answered.get(ref.id):
        return
    bare = [around.rows[row] for row in rows if row not in around.under_way]
    if bare:
        why = f"課題「{entry.title}」に対応する取組がなく、{'・'.join(bare)}には取組中の取組もありません。"
    else:
        why = f"課題「{entry.title}」に対応する取組が、まだひも付いていません。"
    yield Point(
        "open-issue",
        (ref,),
        why,
        "取組の「対応する課題」でこの課題を選ぶか、必要な取組として整理すると片付きます。",
        strong=bool(bare),
    )


def _stale(ref: Ref, entry: Entry, around: Surroundings) -> Iterator[Point]:
    """Two fiscal years old by `as_of`; without one, an initiative or issue by its department's confirmed receipt."""
    confirmed = None
    if entry.as_of is None and entry.kind != "データ" and ref.department is not None:
        confirmed = max(
            (
                day
                for rows, day in around.confirmed.get(ref.department, ())
                if not rows or not rows.isdisjoint(entry.categories)
            ),
            default=None,
        )
    day = entry.as_of or confirmed
    if day is None or around.year - fiscal_year(day, around.year_starts) < _OLD_AFTER:
        return
    what = "時点" if entry.as_of else "最後に確認された回答"
    yield Point(
        "stale",
        (ref,),
        f"「{entry.title}」の{what}は{format_date(day, weekday=False)}で、2年度以上前です。",
        "内容がいまも合っているかを確かめ、時点を改めると消えます。",
    )


def _ending(ref: Ref, entry: Entry, around: Surroundings) -> Iterator[Point]:
    if entry.until is not None and fiscal_year(entry.until, around.year_starts) == around.year:
        yield Point(
            "ending",
            (ref,),
            f"「{entry.title}」は{format_date(entry.until, weekday=False)}まで"
            f"（{format_fiscal_year(around.year)}中）の予定です。",
            "終わったら状況を「終了」に、続けるなら終了予定を改めると消えます。",
        )


def _confirmed(matrix: Matrix) -> dict[str, list[tuple[frozenset[str], date]]]:
    found: dict[str, list[tuple[frozenset[str], date]]] = {}
    for _, inquiry in newest_first(matrix.snapshot.inquiries, matrix.today):
        rows = frozenset(inquiry.categories)
        for target in inquiry.targets:
            for receipt in target.receipts:
                if receipt.on is not None and receipt.confirmed == "課長確認済":
                    found.setdefault(target.department, []).append((rows, receipt.on))
    return found
