"""Rows of a 事務事業一覧: each is an entry with a field per column; what fits no field is kept as a note."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kyoju_tui.exchange.books.values import address
from kyoju_tui.exchange.sheets import words
from kyoju_tui.exchange.sheets.cell_text import first_phrase, says_nothing
from kyoju_tui.exchange.sheets.field_values import FieldReader
from kyoju_tui.exchange.sheets.found import Found
from kyoju_tui.exchange.sheets.layout import LayoutColumn
from kyoju_tui.exchange.sheets.names import LEFT_OUT
from kyoju_tui.exchange.sheets.page import Page, bounded
from kyoju_tui.exchange.sheets.pointing import pointing, points_with_more
from kyoju_tui.records.description import field_map
from kyoju_tui.records.entry import Entry
from kyoju_tui.records.plain import Plain
from kyoju_tui.records.text import TEXT_LIMIT

KEYS: Final = frozenset({words.DEPARTMENT, words.CATEGORY, words.KIND})
"""What a column can say of a row that is no field of its entry."""
_TEXTS: Final = frozenset({"outline", "difficulties", "direction", "note", "summary"})


class ProjectRows:
    """Reads the rows of one sheet that are a project each."""

    def __init__(self, page: Page, fields: FieldReader) -> None:
        self._page = page
        self._fields = fields

    def read(self, row: int, columns: Sequence[LayoutColumn]) -> None:
        """One row; `columns` are those that hold something in it."""
        known = [each for each in columns if each.field not in ("", words.SKIPPED, *KEYS)]
        for each in columns:
            if each.field == "":
                self._page.unplaced.setdefault(each.number, []).append(row)
        known = [each for each in known if self._says(row, each)]
        if not known:
            return
        title_cell = next((each for each in known if each.field == "title"), None)
        if title_cell is None and self._continues(row, known):
            return
        head = title_cell or next((each for each in known if each.field == "outline"), None)
        if head is None:
            for each in known:
                self._page.left(row, each.number, each.heading, "件名のない行です。")
            return
        text = self._page.text(head.number)
        if says_nothing(text) or points_with_more(text) or not any(letter.isalnum() for letter in text):
            for each in known:
                why = "件名がないため、件にできません。"
                self._page.left(row, each.number, each.heading, why, nothing=each is head and says_nothing(text))
            return
        self._entry(row, head, known)

    def _says(self, row: int, column: LayoutColumn) -> bool:
        """Whether a cell says something; one that points to an empty cell is told."""
        if self._page.text(column.number):
            return True
        if self._page.grid.text(row, column.number).strip():
            why = "ほかの欄と同じという意味ですが、指している欄に何もありません。"
            self._page.left(row, column.number, column.heading, why)
        return False

    def _continues(self, row: int, known: Sequence[LayoutColumn]) -> bool:
        """A further row of the project above: its title's cell reaches down to here."""
        title = next(iter(self._page.layout.of("title")), None)
        area = self._page.grid.covered.get((row, title.number)) if title is not None else None
        if area is None or area.top == row or not self._page.out.found or title is None:
            return False
        last = self._page.out.found[-1]
        if last.origin.cell != address(area.top, title.number):
            return False
        said = dict(last.said)
        for each in known:
            text = self._page.text(each.number)
            target = each.field if each.field in _TEXTS else "note"
            line = text if target == each.field else f"{each.heading}：{text}"
            joined = "\n".join(filter(None, (str(said.get(target) or ""), line)))
            if len(joined) > TEXT_LIMIT:
                self._page.left(row, each.number, each.heading, "長すぎて入りません。")
            else:
                said[target] = joined
        self._page.out.found[-1] = Found(last.origin, last.department, said, last.assumed, last.why)
        return True

    def _entry(self, row: int, head: LayoutColumn, known: Sequence[LayoutColumn]) -> None:
        department, word = self._page.department(row, None)
        categories, category_word = self._page.category(row, None)
        if department.id == LEFT_OUT or (categories is not None and not categories):
            self._page.settled_away += 1
            return
        if department.id is None or categories is None:
            whys = [self._page.unsettled("department", word)] if department.id is None else []
            whys += [self._page.unsettled("category", category_word)] if categories is None else []
            self._page.left(row, head.number, head.heading, "".join(whys))
            return
        # A column that is there and empty empties its field.
        fields = {each.field for each in self._page.layout.columns} - {
            "",
            words.SKIPPED,
            *KEYS,
            *words.CELLS,
            words.RESULTS,
        }
        said: Plain = {name: None for name in fields if name in field_map(Entry) and name not in ("status", "kind")}
        why: list[str] = []
        notes = [f"担当：{department.rest}"] if department.rest else []
        for each in known:
            self._value(row, each, said, notes, why)
        if any(pointing(self._page.grid.text(row, each.number)) for each in self._page.layout.columns):
            why.append("「同上」「〃」は、指している欄と同じとして読みました。")
        self._titled(head, said, why)
        said["categories"] = categories
        if department.others:
            related = said.get("related_departments")
            known_related = [str(item) for item in related] if isinstance(related, list) else []  # type: ignore[reportUnknownVariableType]
            said["related_departments"] = list(dict.fromkeys([*known_related, *department.others]))
        if department.section and not said.get("section"):
            said["section"] = department.section
        self._kind_and_status(said)
        if notes:
            joined = "\n".join(filter(None, (str(said.get("note") or ""), *notes)))
            if len(joined) > TEXT_LIMIT:
                self._page.left(row, head.number, "備考", "長すぎて、すべては入りません。", text=joined[TEXT_LIMIT:])
            said["note"] = joined[:TEXT_LIMIT]
        assumed: Plain = {}
        if said["kind"] == "取組" and not said.get("status"):
            assumed["status"] = "取組中"
        self._page.out.found.append(
            Found(self._page.origin(row, head.number), department.id, said, assumed, "".join(why))
        )

    def _value(self, row: int, column: LayoutColumn, said: Plain, notes: list[str], why: list[str]) -> None:
        """Take a cell's value into its field; what cannot be read becomes a note, and is told."""
        if column.field == "related_departments":
            self._related(row, column, said, notes)
            return
        text = self._page.text(column.number)
        taken = self._fields.read(
            column.field,
            self._page.value(column.number),
            unit=column.unit,
            year=words.year_of(column.heading),
        )
        if taken.unread:
            notes.append(f"{column.heading}：{text}")
            self._page.left(row, column.number, column.heading, f"{taken.unread}備考に残します。")
            return
        for name, value in taken.fields.items():
            before = said.get(name)
            if value is None or before is None or before == value:
                said[name] = before if value is None else value
            elif name == "results" and isinstance(before, list) and isinstance(value, list):
                said[name] = [*before, *value]
            elif name in _TEXTS and len(f"{before}{value}{column.heading}") + 2 <= TEXT_LIMIT:
                said[name] = f"{before}\n{column.heading}：{value}"
            else:
                notes.append(f"{column.heading}：{text}")
        if taken.why:
            why.append(taken.why)

    def _related(self, row: int, column: LayoutColumn, said: Plain, notes: list[str]) -> None:
        text = self._page.text(column.number)
        meant = self._page.names.department(text)
        if meant.id:
            said["related_departments"] = [meant.id, *meant.others]
        elif meant.id is None and not says_nothing(text):
            notes.append(f"{column.heading}：{text}")
            self._page.left(row, column.number, column.heading, "関係部署の名前が分かりません。備考に残します。")

    def _titled(self, head: LayoutColumn, said: Plain, why: list[str]) -> None:
        """A title of one bounded line; a longer text stays whole as the outline."""
        text = self._page.text(head.number)
        title = (
            first_phrase(text) if len(text) > 100 or "\n" in text or head.field != "title" else " ".join(text.split())
        )
        said["title"] = title
        if head.field == "title" and title != text and title != " ".join(text.split()):
            outline, note = bounded("\n".join(filter(None, (text, str(said.get("outline") or "")))))
            said["outline"] = outline
            if note:
                said["note"] = "\n".join(filter(None, (str(said.get("note") or ""), note)))[:TEXT_LIMIT]
        elif head.field != "title":
            why.append("件名がないため、概要のはじめを件名にしました。")

    def _kind_and_status(self, said: Plain) -> None:
        said["kind"] = self._page.kind() or "取組"
        if said["kind"] != "取組":
            said.pop("status", None)
