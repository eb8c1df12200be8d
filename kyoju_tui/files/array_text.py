"""The text of a list of values, changed item by item, so that the comments between its items stay."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import SequenceMatcher
from typing import Final, cast

import tomli_w

from kyoju_tui.files.canonical import is_tables, render_key, render_value
from kyoju_tui.files.outline import outline
from kyoju_tui.records.matching import token

_PREFIX: Final = "v = "
_INDENT: Final = "    "


def render_inline(value: object) -> str:
    """A value on one line: lists in brackets, tables in braces, line ends escaped."""
    if isinstance(value, list):
        return f"[{', '.join(render_inline(item) for item in cast('list[object]', value))}]"
    if isinstance(value, Mapping):
        table = cast("Mapping[str, object]", value)
        return f"{{ {', '.join(f'{render_key(key)} = {render_inline(item)}' for key, item in table.items())} }}"
    return tomli_w.dumps({"v": value}).removeprefix(_PREFIX).removesuffix("\n")


def edited_array(raw: str, before: object, after: list[object]) -> str:
    """The text `raw` of the list `before`, changed to hold `after`: on one line where it was, else line by line."""
    if not isinstance(before, list):
        return render_inline(after) if is_tables(after) else render_value(after)
    if "\n" not in raw:
        return render_inline(after)
    array = _Array(raw)
    items = cast("list[object]", before)
    steps = SequenceMatcher(None, [*map(token, items)], [*map(token, after)], autojunk=False).get_opcodes()
    for kind, start, end, new_start, new_end in steps:
        if kind == "equal":
            continue
        kept = start + min(end - start, new_end - new_start)
        for index in range(start, kept):
            array.replace(index, after[new_start + index - start])
        for index in range(kept, end):
            array.take_out(index)
        array.put_after(kept - 1, after[new_start + kept - start : new_end])
    return array.text()


class _Array:
    """A list over several lines: where its items, commas and comments stand, and what is to change."""

    def __init__(self, raw: str) -> None:
        self.source = _PREFIX + raw
        seen = outline(f"{self.source}\n")
        self.spans = [(seen.positions[place], end) for place, end in seen.ends.items() if len(place) == 2]
        self.comments = seen.comments
        close = len(self.source) - 1
        starts = [start for start, _ in self.spans][1:]
        self.commas = [self._comma(end, upto) for (_, end), upto in zip(self.spans, [*starts, close], strict=True)]
        self.edits: list[tuple[int, int, str]] = []

    def text(self) -> str:
        pieces: list[str] = []
        at = len(_PREFIX)
        for start, end, piece in sorted(self.edits, key=lambda edit: edit[:2]):
            pieces += [self.source[at:start], piece]
            at = max(at, end)
        return "".join(pieces) + self.source[at:]

    def replace(self, index: int, value: object) -> None:
        self.edits.append((*self.spans[index], render_inline(value)))

    def take_out(self, index: int) -> None:
        """An item goes with its comma; where it has its line to itself, the line and the comment on it go too."""
        start, end = self.spans[index]
        comma = self.commas[index]
        if comma is not None and "\n" in self.source[end:comma]:
            self.edits += [(start, end, ""), (comma, comma + 1, "")]
            return
        end = end if comma is None else comma + 1
        line = self.source.rfind("\n", 0, start) + 1
        if not self.source[line:start].strip() and self._rest_is_comment(end):
            self.edits.append((line, self._line_end(end), ""))
        else:
            blanks = len(self.source[end:]) - len(self.source[end:].lstrip(" \t"))
            self.edits.append((start, end + blanks, ""))

    def put_after(self, index: int, values: list[object]) -> None:
        """New items go below the item of this index, or on top for -1: on lines of their own where it ends a line."""
        if not values:
            return
        texts = [f"{render_inline(value)}," for value in values]
        at = len(_PREFIX) + 1
        if index >= 0:
            end, comma = self.spans[index][1], self.commas[index]
            at = end if comma is None else comma + 1
            if comma is None:
                self.edits.append((end, end, ","))
        if self._rest_is_comment(at):
            indent = self._indent(max(index, 0))
            at = self._line_end(at)
            self.edits.append((at, at, "".join(f"{indent}{text}\n" for text in texts)))
        else:
            self.edits.append((at, at, f" {' '.join(texts)}"))

    def _comma(self, start: int, end: int) -> int | None:
        """The comma in a gap between items, comments apart."""
        while (found := self.source.find(",", start, end)) >= 0:
            inside = [stop for begin, stop in self.comments if begin < found < stop]
            if not inside:
                return found
            start = inside[0]
        return None

    def _rest_is_comment(self, offset: int) -> bool:
        """Whether nothing but a comment stands between an offset and the end of its line, which is not the last."""
        end = self.source.find("\n", offset)
        rest = self.source[offset:end].strip()
        return end >= 0 and (not rest or rest.startswith("#"))

    def _line_end(self, offset: int) -> int:
        return self.source.index("\n", offset) + 1

    def _indent(self, index: int) -> str:
        if index >= len(self.spans):
            return _INDENT
        start = self.spans[index][0]
        before = self.source[self.source.rfind("\n", 0, start) + 1 : start]
        return _INDENT if before.strip() else before
