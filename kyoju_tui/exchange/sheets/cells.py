"""Cells of an 一覧表 that hold several entries: each is split, and each piece is somebody's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, cast

from kyoju_tui.exchange.sheets import words
from kyoju_tui.exchange.sheets.cell_text import Piece, says_nothing, split
from kyoju_tui.exchange.sheets.found import Found
from kyoju_tui.exchange.sheets.layout import LayoutColumn
from kyoju_tui.exchange.sheets.names import LEFT_OUT, Meant
from kyoju_tui.exchange.sheets.page import Page, bounded, shown
from kyoju_tui.exchange.sheets.pointing import Pointing, points_with_more
from kyoju_tui.records.base import EntryKind
from kyoju_tui.records.ids import COMMON
from kyoju_tui.records.plain import Plain

_KIND_OF: Final[dict[str, EntryKind]] = {
    words.INITIATIVE: "取組", words.PLANNED: "取組", words.ISSUE: "課題", words.DATA: "データ",
}  # fmt: skip


class CellRows:
    """Reads the cells of one sheet that are split."""

    def __init__(self, page: Page) -> None:
        self._page = page
        # By cell: which of the entries found are its own, and whether it says that there is nothing.
        self._held: dict[tuple[int, int], tuple[list[int], bool]] = {}

    def read(self, row: int, column: LayoutColumn) -> None:
        """One cell of a column whose cells are split."""
        text = self._page.grid.text(row, column.number)
        rows, columns = self._spanned(row, column)
        department, word = self._page.department(row, column)
        # What stands beside projects is said by departments; 基礎データ of a whole 一覧表 is nobody's.
        if department.id is None and not word and column.field == words.DATA and self._has_named():
            department = Meant(COMMON)
        categories, category_word = self._page.category(row, column)
        for further in rows:
            more = self._page.category(further, column)[0] or []
            known = categories or []
            categories = [*known, *(each for each in more if each not in known)]
        if department.id is None or not categories:
            self._nowhere(row, column, department, word, categories, category_word, text)
            return
        if department.id == LEFT_OUT:
            self._page.settled_away += 1
            return
        names = self._page.names
        title = f"{names.title('category', categories[0])}・{names.title('department', department.id)}"
        found = split(text, self._page.today, kind=self._kind(column), legend=self._page.layout.legend)
        for kind in found.nothing:
            self._page.left(
                row, column.number, title, f"{kind}「該当なし」と書かれているため、件にしません。", nothing=True
            )
        for stray in found.strays:
            why = "ほかの欄を指す書き方に続きがあり、" if points_with_more(stray) else "文字がないため、"
            self._page.left(row, column.number, title, f"{why}件にできません。", text=stray)
        related = [*department.others, *(each for each in columns if each != department.id)]
        held: list[int] = []
        nothing = bool(found.nothing)
        for kind, where in found.same:
            there = self._held.get(self._cell_at(row, column, where), ([], False))
            nothing = nothing or there[1]
            held += self._same(row, column, title, kind, where, there, department.id, categories)
        begin = len(self._page.out.found)
        for piece in found.pieces:
            self._piece(row, column, piece, department, categories, related)
        held += range(begin, len(self._page.out.found))
        self._held[row, column.number] = held, nothing

    def _cell_at(self, row: int, column: LayoutColumn, where: Pointing) -> tuple[int, int]:
        """The cell that one points to: the first of a merged area."""
        place = (self._page.above, column.number) if where == "上" else (row, column.number - 1)
        area = self._page.grid.covered.get(place)
        return place if area is None else (area.top, area.left)

    def _same(
        self, row: int, column: LayoutColumn, title: str, kind: str, where: Pointing,
        there: tuple[list[int], bool], department: str, categories: list[str],
    ) -> list[int]:  # fmt: skip
        """What the other cell holds stands here too: its department's in further categories, another's as its own."""
        side = "すぐ上" if where == "上" else "すぐ左"
        text = self._page.grid.text(row, column.number)
        meant = [number for number in there[0] if not kind or self._page.out.found[number].kind == kind]
        if not meant:
            if there[1]:
                self._page.left(
                    row, column.number, title, f"{side}の欄と同じく「該当なし」のため、件にしません。", nothing=True
                )
            else:
                why = f"ほかの欄と同じという意味ですが、{side}の欄に取り込んだ{kind or 'もの'}がありません。"
                self._page.left(row, column.number, title, why)
            return []
        held: list[int] = []
        for number in meant:
            each = self._page.out.found[number]
            said = dict(each.said)
            if each.department == department:
                known = cast("list[str]", said["categories"])
                said["categories"] = [*known, *(one for one in categories if one not in known)]
                why = f"{self._page.grid.where(row, column.number)} の「{shown(text)}」により、{title}にも入れました。"
                self._page.out.found[number] = replace(each, said=said, why=f"{each.why}{why}")
                held.append(number)
                continue
            said["categories"] = categories
            for name in ("section", "related_departments"):
                said.pop(name, None)
            origin = self._page.origin(row, column.number)
            why = f"「{shown(text)}」を{side}の欄と同じとして読みました。"
            held.append(len(self._page.out.found))
            self._page.out.found.append(Found(origin, department, said, dict(each.assumed), why))
        return held

    def _has_named(self) -> bool:
        return any(each.named == "department" for each in self._page.layout.columns)

    def _spanned(self, row: int, column: LayoutColumn) -> tuple[Sequence[int], list[str]]:
        """The further rows that a merged cell covers, and the further departments."""
        area = self._page.grid.covered.get((row, column.number))
        if area is None:
            return (), []
        others: list[str] = []
        for number in range(area.left + 1, min(area.right + 1, self._page.grid.width)):
            beside = self._page.by_number.get(number)
            if beside is not None and beside.named == "department":
                found = self._page.department(row, beside)[0].id
                others += [found] if found else []
        return range(area.top + 1, min(area.bottom + 1, self._page.grid.height)), others

    def _kind(self, column: LayoutColumn) -> EntryKind | None:
        return self._page.kind() if column.field == words.ANY else _KIND_OF[column.field]

    def _nowhere(
        self, row: int, column: LayoutColumn, department: Meant, word: str, categories: list[str] | None,
        category_word: str, text: str,
    ) -> None:  # fmt: skip
        """A cell whose department or category nobody knows, or that was settled to be left out."""
        if department.id == LEFT_OUT or (categories is not None and not categories):
            self._page.settled_away += 1
            return
        if says_nothing(text):
            self._page.left(
                row, column.number, column.heading, "「該当なし」と書かれているため、件にしません。", nothing=True
            )
            return
        whys = [self._page.unsettled("department", word)] if department.id is None else []
        whys += [self._page.unsettled("category", category_word)] if categories is None else []
        self._page.left(row, column.number, column.heading, "".join(whys))

    def _piece(
        self, row: int, column: LayoutColumn, piece: Piece, department: Meant, categories: list[str], related: list[str]
    ) -> None:
        status = piece.status
        if column.field == words.PLANNED and piece.told.status is None:
            status = "検討中"
        outline, note = bounded(piece.outline)
        # A merged cell is a second department's as well; data of no department stay where they are.
        said: Plain = {"title": piece.title, "kind": piece.kind, "categories": categories, "outline": outline}
        if piece.kind == "取組":
            said |= {"difficulties": piece.difficulties or None, "since": piece.since, "until": piece.until}
        if related:
            said["related_departments"] = related
        if note:
            said["note"] = note
        if department.section:
            said["section"] = department.section
        home = department.id or ""
        if home == COMMON and piece.kind != "データ":
            self._page.left(
                row, column.number, column.heading, self._page.unsettled("department", ""), text=piece.title
            )
            return
        assumed: Plain = {}
        if status is not None:
            plain_said = piece.told.status is not None or column.field == words.PLANNED
            (said if plain_said else assumed)["status"] = status
        self._page.out.found.append(
            Found(self._page.origin(row, column.number), home, said, assumed, "".join(piece.why))
        )
