"""How the form of an inquiry is laid out: the one description by which it is written and its answers are read.

Rows and columns are counted from 1, as a spreadsheet does. The answer sheet is, from `FIRST_ROW` on, per section a bar,
per category × kind a line that takes 「該当なし」, under it a row for every entry that stands in the store, and
`EMPTY_ROWS` rows for new ones. Column 1 is hidden: it tells in words of a program what each row is. The sheet 控え says
the same once more, so that either of them may be lost.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final, Literal, TypeAlias, cast, get_args

from kyoju_tui.records.base import EntryKind
from kyoju_tui.records.dates import fiscal_year, format_fiscal_year, format_short
from kyoju_tui.records.description import Described, field_map
from kyoju_tui.records.entering import show
from kyoju_tui.records.entry import Entry
from kyoju_tui.records.ids import Ref, is_id
from kyoju_tui.records.inquiry import Receipt
from kyoju_tui.records.snapshot import Snapshot

VERSION: Final = 1
"""Of this layout. A form of another version is refused in words, never guessed at."""

LETTER: Final = "依頼文"
ANSWERS: Final = "回答"
EXAMPLE: Final = "記入例"
CHOICES: Final = "選択肢"
COPY: Final = "控え"
"""The sheets in their order: 選択肢 is hidden, 控え very hidden."""

HEAD_ROW: Final = 4
FIRST_ROW: Final = 5
EMPTY_ROWS: Final = 2
"""For new entries, per category × kind."""

ID_COLUMN: Final = 1
CATEGORY_COLUMN: Final = 2
KIND_COLUMN: Final = 3
SAID_COLUMN: Final = 4
"""An entry's row takes one of `CHANGES`, the line of a category × kind `NOTHING`; a new row shows `ADDED`, locked."""
FIRST_FIELD_COLUMN: Final = 5

SAID: Final = "変更の有無"
UNCHANGED, CHANGED, GONE = CHANGES = ("変更なし", "変更あり", "廃止")
NOTHING: Final = "該当なし"
ADDED: Final = "追加"

AS_BEFORE: Final = "すべて前回のまま"
CONFIRMED_CELL: Final = (3, 6)
"""Row and column of the input that says how far the department has confirmed its answer (`Receipt.confirmed`)."""
AS_BEFORE_CELL: Final = (3, 9)
"""Row and column of the input that answers 前回のまま for the department as a whole (`AS_BEFORE` or empty)."""

FORM_ROW: Final = 1
"""The row that holds the form's id: on the answer sheet in `ID_COLUMN`, in 控え in `COPY_MARK_COLUMN`."""
COPY_FIRST_ROW: Final = 3
COPY_ROW_COLUMN: Final = 1
COPY_MARK_COLUMN: Final = 2
"""控え, from `COPY_FIRST_ROW` on: the number of a row of the answer sheet, and what stands in its `ID_COLUMN`."""

RowSort: TypeAlias = Literal["block", "entry", "new"]
"""The line of a category × kind, the row of an entry in the store, a row for a new one."""

_FORM: Final = "kyoju-inquiry"
_ROW: Final = "kyoju-row"
_REVISION: Final = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_CHECK: Final = re.compile(r"[0-9a-f]{16}")
_ALL: Final[tuple[EntryKind, ...]] = get_args(EntryKind)


@dataclass(frozen=True, slots=True)
class FormId:
    """Which form this is.

    `store` is the id of the oldest commit of the store's history, `base` that of the commit from which the form was
    filled in, `inquiry` a REF, `department` an id, `results` the fiscal year of the column 実績.
    """

    layout: int
    store: str
    inquiry: Ref
    department: str
    base: str
    made_on: date
    results: int

    def text(self) -> str:
        """As it stands in a cell."""
        parts = (self.layout, self.store, self.inquiry, self.department, self.base, self.made_on, self.results)
        return "|".join((_FORM, *map(str, parts)))

    @classmethod
    def parse(cls, text: object) -> FormId | None:
        """What a cell says; None where it holds no form's id. One of another layout version is told by `layout`."""
        parts = text.split("|") if isinstance(text, str) else []
        if len(parts) != 8 or parts[0] != _FORM or not all(part.isascii() for part in parts):
            return None
        _, layout, store, inquiry, department, base, made_on, results = parts
        ref = Ref(inquiry)
        plain = ref.top == "inquiries" and is_id(ref.id) and ref == f"inquiries/{ref.id}" and is_id(department)
        if not plain or not _REVISION.fullmatch(store) or not _REVISION.fullmatch(base):
            return None
        if not re.fullmatch(r"\d{1,4}", layout) or not re.fullmatch(r"\d{4}", results):
            return None
        try:
            day = date.fromisoformat(made_on)
        except ValueError:
            return None
        return cls(int(layout), store, ref, department, base, day, int(results))


@dataclass(frozen=True, slots=True)
class RowMark:
    """What a row of the answer sheet is, as its `ID_COLUMN` and 控え tell it.

    `row` is unique in the form and never changes (`r0001`); `entry` is the REF of an entry's row, None on all others;
    `check` is `check_of` the texts that were filled in: those of the fields, on a block's line that of `SAID_COLUMN`.
    """

    row: str
    sort: RowSort
    category: str
    kind: EntryKind
    entry: Ref | None
    check: str

    def text(self) -> str:
        """As it stands in a cell."""
        return "|".join((_ROW, self.row, self.sort, self.category, self.kind, self.entry or "", self.check))

    @classmethod
    def parse(cls, text: object) -> RowMark | None:
        """What a cell says; None where it is no row's mark."""
        parts = text.split("|") if isinstance(text, str) else []
        if len(parts) != 7 or parts[0] != _ROW:
            return None
        _, row, sort, category, kind, entry, check = parts
        ref = Ref(entry) if entry else None
        if sort not in get_args(RowSort) or kind not in _ALL or not is_id(category) or (sort == "entry") != bool(ref):
            return None
        if not re.fullmatch(r"r\d{4,6}", row) or not _CHECK.fullmatch(check):
            return None
        if ref is not None and (ref.department is None or not is_id(ref.id) or not is_id(ref.department)):
            return None
        return cls(row, cast("RowSort", sort), category, kind, ref, check)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the answer sheet that holds a field of `Entry`.

    `kinds` are the kinds that have the field: with all others there is no input, and nothing is read. `year` is the
    fiscal year whose result the column holds, for `results` only. `categories` holds the names of the *other* rows that
    the entry stands in, beside the one of its line.
    """

    number: int
    field: Described
    heading: str
    width: float
    kinds: frozenset[EntryKind]
    year: int | None = None

    @property
    def name(self) -> str:
        """The field's key."""
        return self.field.name

    @property
    def choices(self) -> tuple[str, ...]:
        """The words of its drop-down, as the model has them."""
        return self.field.choices

    @property
    def long(self) -> bool:
        """Whether it takes running text."""
        return self.field.widget == "text" or self.year is not None


@cache
def columns(results: int) -> tuple[Column, ...]:
    """The fields' columns in their order; `results` is the fiscal year of 実績 (a form's `FormId.results`)."""
    fields = field_map(Entry)
    everything, work = frozenset(_ALL), frozenset[EntryKind](["取組"])
    plans = frozenset[EntryKind](["取組", "課題"])
    told: tuple[tuple[str, float, frozenset[EntryKind]], ...] = (
        ("title", 21, everything),
        ("status", 8.5, work),
        ("data_kind", 11, frozenset[EntryKind](["データ"])),
        ("outline", 36, everything),
        ("results", 20, work),
        ("difficulties", 26, work),
        ("direction", 22, plans),
        ("target_group", 14, plans),
        ("since", 10, work),
        ("until", 10, work),
        ("as_of", 10, everything),
        ("categories", 13, everything),
        ("section", 13, everything),
        ("extension", 9.5, everything),
    )
    headings = {"results": f"{format_fiscal_year(results)}の実績", "categories": "ほかのカテゴリー"}
    return tuple(
        Column(
            FIRST_FIELD_COLUMN + place,
            fields[name],
            headings.get(name, fields[name].label),
            width,
            kinds,
            results if name == "results" else None,
        )
        for place, (name, width, kinds) in enumerate(told)
    )


def results_year(made_on: date, fiscal_year_starts: int) -> int:
    """The fiscal year whose results a form asks for: the last one that is over."""
    return fiscal_year(made_on, fiscal_year_starts) - 1


def choice_lists() -> dict[str, tuple[str, ...]]:
    """The drop-downs by the name that heads their column on 選択肢; those of fields bear the field's name."""
    fields = field_map(Entry)
    return {
        "changes": CHANGES,
        "nothing": (NOTHING,),
        "confirmed": field_map(Receipt)["confirmed"].choices,
        "as_before": (AS_BEFORE,),
        "status": fields["status"].choices,
        "data_kind": fields["data_kind"].choices,
    }


def filled(column: Column, entry: Entry, category: str, snapshot: Snapshot) -> str:
    """What a cell of an entry's row is filled in with; `category` is the one of the line that it stands under."""
    if entry.kind not in column.kinds:
        return ""
    if column.year is not None:
        return next((each.text or "" for each in entry.results if each.fiscal_year == column.year), "")
    if column.name == "categories":
        return "、".join(snapshot.full_name("category", each) for each in entry.categories if each != category)
    value: object = getattr(entry, column.field.attribute)
    if isinstance(value, date):
        return format_short(value)
    return show(column.field, value, snapshot.full_name)


def check_of(texts: Iterable[str]) -> str:
    """A short value that tells whether texts are those that were filled in, in the order of the columns."""
    return hashlib.sha256("\x1f".join(texts).encode()).hexdigest()[:16]


def heads(results: int) -> Mapping[int, str]:
    """The heading of every column that has one, by its number."""
    fixed = {CATEGORY_COLUMN: "カテゴリー", KIND_COLUMN: "種別", SAID_COLUMN: SAID}
    return fixed | {column.number: column.heading for column in columns(results)}
