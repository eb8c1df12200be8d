"""Changing values in a file that a person has laid out, and nothing else in it.

The text is cut into blocks, one per header, each with the comments above its header. Values are replaced where they
stand, keys and tables are put in and taken out, and blocks of a list of tables move with their table. Everything not
named by a difference is copied as it is. The outcome is parsed again and must be exactly what was meant.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import tomli

from kyoju_tui.files.array_text import edited_array, render_inline
from kyoju_tui.files.blocks import Block, cut, is_under, starts
from kyoju_tui.files.canonical import is_tables, render_key, render_value, section_lines
from kyoju_tui.files.outline import Statement, outline
from kyoju_tui.files.pairing import is_many, pairs_of, with_stated_defaults
from kyoju_tui.records.base import Part
from kyoju_tui.records.errors import SaveFailed
from kyoju_tui.records.explain import Place
from kyoju_tui.records.matching import is_list, is_table, known_field, same
from kyoju_tui.records.plain import Plain


def rewrite(text: str, old: Plain, new: Plain, model: type[Part]) -> bytes:
    """`text`, which holds `old`, changed so that it holds `new`. Raises `SaveFailed` where that cannot be done.

    A default that the text states stays stated where `new` leaves it out.
    """
    goal = with_stated_defaults(old, new, model)
    document = _Document(text if text.endswith("\n") or not text else f"{text}\n")
    document.change_table((), old, goal, model)
    result = document.text()
    try:
        outcome: object = tomli.loads(result)
    except tomli.TOMLDecodeError as error:
        raise _refused(str(error)) from error
    if not same(outcome, goal):
        raise _refused("the rewritten text does not hold what was meant")
    return result.encode()


def _refused(detail: str) -> SaveFailed:
    return SaveFailed(
        "手で整えられたファイルなので、書き方を崩さずに保存することができませんでした。ファイルは元のままです。",
        cure="整形をしてからもう一度保存するか、ファイルを直接編集してください。",
        detail=detail,
    )


class _Document:
    """A text on its way from one mapping to another."""

    def __init__(self, text: str) -> None:
        self.source = text
        self.seen = outline(text)
        self.blocks = cut(self.seen)

    def text(self) -> str:
        result = ""
        for block in self.blocks:
            piece = self._rendered(block)
            if block.fresh is not None and (not result or result.endswith("\n\n")):
                piece = piece.removeprefix("\n")
            result += piece
        return result

    def _rendered(self, block: Block) -> str:
        if block.fresh is not None:
            return block.fresh
        pieces: list[str] = []
        at = block.start
        for start, end, piece in sorted(block.edits, key=lambda edit: edit[:2]):
            pieces += [self.source[at:start], piece]
            at = max(at, end)
        return "".join(pieces) + self.source[at : block.end]

    def change_table(self, place: Place, old: Plain, new: Plain, part: type[Part] | None) -> None:
        for key in old:
            if key not in new:
                self._delete((*place, key))
        for key, value in new.items():
            if key not in old:
                self._add(place, key, new)
            elif not same(old[key], value):
                self._change((*place, key), old[key], new, part)

    def _change(self, place: Place, before: object, new: Plain, part: type[Part] | None) -> None:
        key = cast("str", place[-1])
        after = new[key]
        about = known_field(part, key)
        inner = None if about is None else about.part
        statement = self._statement(place)
        if statement is not None and not (is_tables(after) and not is_tables(before)):
            block, found = statement
            raw = self.source[found.value : found.end]
            value = edited_array(raw, before, cast("list[object]", after)) if is_list(after) else _inline(after)
            block.edits.append((found.value, found.end, value))
        elif statement is None and is_table(before) and is_table(after):
            self.change_table(place, cast("Plain", before), cast("Plain", after), inner)
        elif statement is None and is_many(before) and is_many(after):
            self._change_tables(place, cast("list[Plain]", before), cast("list[Plain]", after), inner)
        else:
            self._delete(place)
            self._add(place[:-1], key, new)

    def _change_tables(self, place: Place, old: list[Plain], new: list[Plain], part: type[Part] | None) -> None:
        pairs = pairs_of(old, new, part)
        for before, after in pairs:
            if before is not None:
                self.change_table((*place, before), old[before], new[after], part)
        if [before for before, _ in pairs] == list(range(len(old))):
            return
        groups: dict[int | str, list[Block]] = {index: [] for index in range(len(old))}
        for block in self._under(place):
            groups[block.place[len(place)]].append(block)
        where = next(index for index, block in enumerate(self.blocks) if block.place[: len(place)] == place)
        moved: list[Block] = []
        for before, after in pairs:
            moved += [_new_tables(place, [new[after]])] if before is None else groups[before]
        gone = [block for block in self._under(place) if all(block is not kept for kept in moved)]
        moved += [left for block in gone if (left := self._left_of(block)) is not None]
        rest = [block for block in self.blocks[where:] if block.place[: len(place)] != place]
        self.blocks[where:] = [*moved, *rest]

    def _add(self, place: Place, key: str, new: Plain) -> None:
        value = new[key]
        before = list(new)[: list(new).index(key)]
        if is_tables(value):
            block = _new_tables((*place, key), value)
            self.blocks.insert(self._after_siblings(place, before), block)
            return
        home = next((block for block in self.blocks if block.place == place and block.fresh is None), None)
        if home is not None:
            anchor = next(
                (found for name in reversed(before) if (found := self._last_statement(home, (*place, name)))), None
            )
            at = self._line_end(anchor.end) if anchor is not None else self._first_line(home)
            home.edits.append((at, at, f"{render_key(key)} = {render_value(value)}\n"))
            return
        dotted = self._dotted(place)
        if dotted:
            block, found = dotted[-1]
            names = [render_key(name) for name in (*place[len(block.place) :], key) if isinstance(name, str)]
            at = self._line_end(found.end)
            block.edits.append((at, at, f"{'.'.join(names)} = {_inline(value)}\n"))
            return
        first = next(index for index, block in enumerate(self.blocks) if block.place[: len(place)] == place)
        name = ".".join(render_key(part) for part in place if isinstance(part, str))
        line = f"{render_key(key)} = {render_value(value)}\n"
        known = self.blocks[first]
        if known.place == place and known.fresh is not None:
            known.fresh += line
        else:
            self.blocks.insert(first, Block(place, 0, 0, 0, fresh=f"\n[{name}]\n{line}"))

    def _delete(self, place: Place) -> None:
        for block in self.blocks:
            for found in block.statements:
                if is_under(found, place):
                    block.edits.append((self._line_start(found.start), self._line_end(found.end), ""))
        kept: list[Block] = []
        for block in self.blocks:
            left = self._left_of(block) if block.place[: len(place)] == place else block
            if left is not None:
                kept.append(left)
        self.blocks = kept

    def _left_of(self, block: Block) -> Block | None:
        """What stays of a block that goes: comments below its last line that a blank line sets apart."""
        if block.fresh is not None:
            return None
        last = max((self._line_end(found.end) for found in block.statements), default=block.body)
        blank = self.source.find("\n\n", max(last - 1, 0), block.end)
        tail = self.source[blank + 1 : block.end] if blank >= 0 else ""
        # No place of its own: it belongs to no table any more.
        return Block((-1,), 0, 0, 0, fresh=tail) if "#" in tail else None

    def _after_siblings(self, place: Place, before: Sequence[str]) -> int:
        """Where the tables of a new key go: below those of the nearest key before it, else below their own table."""
        for name in reversed(before):
            found = [index for index, block in enumerate(self.blocks) if starts(block.place, (*place, name))]
            if found:
                return found[-1] + 1
        exact = [index for index, block in enumerate(self.blocks) if block.place == place]
        under = [index for index, block in enumerate(self.blocks) if starts(block.place, place)]
        hosts = [
            index for index, block in enumerate(self.blocks) if any(block is host for host, _ in self._dotted(place))
        ]
        return [*under[-1:], *hosts[-1:], *exact[-1:]][-1] + 1

    def _dotted(self, place: Place) -> list[tuple[Block, Statement]]:
        """The lines of a table that is written by dotted keys in the block of a table around it."""
        return [
            (block, found)
            for block in self.blocks
            for found in block.statements
            if len(block.place) < len(place) and is_under(found, place)
        ]

    def _statement(self, place: Place) -> tuple[Block, Statement] | None:
        for block in self.blocks:
            for found in block.statements:
                if found.place == place:
                    return block, found
        return None

    def _under(self, place: Place) -> list[Block]:
        return [block for block in self.blocks if starts(block.place, place)]

    def _last_statement(self, block: Block, place: Place) -> Statement | None:
        found = [statement for statement in block.statements if is_under(statement, place)]
        return found[-1] if found else None

    def _first_line(self, block: Block) -> int:
        """Where the first key of a block goes, without parting a comment from the key below it."""
        if not block.statements:
            return block.body if block.place else block.end
        first = block.statements[0]
        start = self._line_start(first.start)
        commented = start > block.body and self.source[start - 2 : start] != "\n\n"
        return self._line_end(first.end) if commented else start

    def _line_start(self, offset: int) -> int:
        return self.source.rfind("\n", 0, offset) + 1

    def _line_end(self, offset: int) -> int:
        return self.source.index("\n", offset) + 1


def _new_tables(place: Place, value: object) -> Block:
    """A table, or tables of a list, that the file does not have yet."""
    path = tuple(name for name in place if isinstance(name, str))
    return Block(place, 0, 0, 0, fresh="".join(section_lines(value, path)))


def _inline(value: object) -> str:
    return render_inline(value) if is_table(value) or is_list(value) else render_value(value)
