"""A conflict in words for staff: what both sides did, each version as text to be read, and the ways to settle it.

One place for all: the conflict screen, refusals of saves, the command line and git's merge driver say the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from enum import Enum
from typing import Final, cast

from kyoju_tui.records.base import Part
from kyoju_tui.records.lines import both_lines
from kyoju_tui.records.matching import Table, as_lists, filled, is_list, is_table, keys_in_order, known_field, same
from kyoju_tui.records.merge import Conflict
from kyoju_tui.records.text import FORBIDDEN
from kyoju_tui.records.wording import NOTHING, Namer, bare, shown

DELETED: Final = "（削除）"
# A longer value is not quoted within a sentence.
_QUOTED: Final = 24


@dataclass(frozen=True, slots=True)
class Sides:
    """What the two sides are called in sentences (自分, 佐藤 次郎), and when the other recorded (11月23日 10:15)."""

    mine: str = "自分"
    theirs: str = "ほかの人"
    when: str = ""


class Nature(Enum):
    """In what both sides differ."""

    RECORD = "記録の有無"
    TABLE = "行の有無"
    KIND = "値の種類"
    ORDER = "並び順"
    TEXT = "文章"
    VALUE = "値"


class Way(Enum):
    """How one conflict can be settled; the value is the word for staff."""

    BASE = "元のまま"
    MINE = "自分"
    THEIRS = "相手"
    BOTH = "両方"
    REWRITE = "書き直す"


def nature(conflict: Conflict) -> Nature:
    """In what the two sides of a conflict differ."""
    versions = [conflict.base, conflict.ours, conflict.theirs]
    there = [version for version in versions if version is not None]
    if not conflict.field:
        return Nature.RECORD
    if as_lists(*versions) is not None:
        return Nature.ORDER if _in_common(conflict) else Nature.VALUE
    if conflict.ours is not None and conflict.theirs is not None:
        if _kind(conflict.ours) != _kind(conflict.theirs):
            return Nature.KIND
    elif any(map(is_table, there)):
        return Nature.TABLE
    return Nature.TEXT if _is_text(conflict) else Nature.VALUE


def sentence(conflict: Conflict, sides: Sides = Sides(), name: Namer = bare) -> str:
    """What the two sides did to this place (自分は「取組中」に変え、佐藤 次郎は「終了」に変えました。)."""
    found = nature(conflict)
    mine, theirs = sides.mine, sides.theirs
    if found in (Nature.RECORD, Nature.TABLE):
        what = "この記録" if found is Nature.RECORD else "この行"
        if conflict.ours is None:
            return f"{mine}は{what}を削除し、{theirs}は{what}を書き換えました。"
        return f"{mine}は{what}を書き換え、{theirs}は{what}を削除しました。"
    if found is Nature.ORDER:
        return f"{mine}と{theirs}が、並び順を別々に変えました。"
    if found is Nature.KIND:
        words = f"{mine}は{_kind(conflict.ours)}、{theirs}は{_kind(conflict.theirs)}です"
        return f"{mine}と{theirs}とで、値の種類が違います（{words}）。"
    if found is Nature.TEXT and conflict.ours is not None and conflict.theirs is not None:
        if conflict.base is None:
            return f"{mine}と{theirs}が、それぞれ文章を書きました。"
        return f"{mine}と{theirs}が、同じところを書き換えました。"
    return f"{mine}は{_did(conflict, conflict.ours, name)}、{theirs}は{_did(conflict, conflict.theirs, name)}ました。"


def _did(conflict: Conflict, value: object | None, name: Namer) -> str:
    if filled(value, None) is None:
        return "空にし"
    text = shown(value, conflict.about, name)
    if is_table(value) or (is_list(value) and any(map(is_list, value))) or len(text) > _QUOTED:
        return "書き換え" if conflict.base is not None else "書き"
    return f"「{text}」に変え" if conflict.base is not None else f"「{text}」を入れ"


def told(conflict: Conflict, sides: Sides = Sides(), name: Namer = bare) -> str:
    """The place and the sentence, on one line."""
    return f"{conflict.label}：{sentence(conflict, sides, name)}"


def version(conflict: Conflict, value: object | None, name: Namer = bare) -> str:
    """One version as text to be read, over as many lines as it takes: a table a line for each field."""
    if filled(value, None) is None and (conflict.field or value is None):
        gone = nature(conflict) in (Nature.RECORD, Nature.TABLE) and conflict.base is not None
        return DELETED if gone else NOTHING
    if isinstance(value, str) and (conflict.about is None or conflict.about.refers is None):
        return clean(value)
    if is_table(value):
        return "\n".join(_table_lines(value, conflict.part, name)) or NOTHING
    if is_list(value):
        return "\n".join(f"・{_item(item, conflict, name)}" for item in value) or NOTHING
    return shown(value, conflict.about, name)


def _item(item: object, conflict: Conflict, name: Namer) -> str:
    if is_table(item):
        return "　".join(
            shown(item[key], known_field(conflict.part, key), name)
            for key in keys_in_order(conflict.part, item)
            if key != "id"
        )
    return shown(item, conflict.about, name)


def clean(text: str) -> str:
    """Text without control codes, its line ends kept."""
    return "\n".join(FORBIDDEN.sub("�", line) for line in text.split("\n"))


def _table_lines(table: Table, part: type[Part] | None, name: Namer) -> list[str]:
    lines: list[str] = []
    for key in keys_in_order(part, table):
        value, field = table[key], known_field(part, key)
        if key == "id":
            continue
        label = field.label if field is not None else f"項目「{shown(key)}」"
        if isinstance(value, str) and "\n" in value:
            lines += [f"{label}：", *(f"　{line}" for line in clean(value).split("\n"))]
        elif is_list(value) and any(map(is_table, value)):
            inner = field.part if field is not None else None
            lines.append(f"{label}：")
            lines += [f"　・{_row(item, inner, name)}" for item in value]
        else:
            lines.append(f"{label}：{shown(value, field, name)}")
    return lines


def _row(item: object, part: type[Part] | None, name: Namer) -> str:
    if not is_table(item):
        return shown(item)
    keys = [key for key in keys_in_order(part, item) if key != "id"]
    return "　".join(shown(item[key], known_field(part, key), name) for key in keys)


# -- ways to settle ----------------------------------------------------------------------------------------------------


def ways(conflict: Conflict) -> tuple[Way, ...]:
    """The ways that make sense of this conflict, as the screen offers them."""
    found = [Way.MINE, Way.THEIRS]
    required = conflict.about is not None and conflict.about.required
    if conflict.base is not None or not required:
        found.insert(0, Way.BASE)
    if both(conflict) is not None:
        found.append(Way.BOTH)
    if rewritable(conflict):
        found.append(Way.REWRITE)
    return tuple(found)


def both(conflict: Conflict) -> object | None:
    """Both sides' values together, where text or list allows; else None."""
    base, ours, theirs = conflict.base, conflict.ours, conflict.theirs
    if isinstance(ours, str) and isinstance(theirs, str) and long_text(conflict):
        if not isinstance(base, str):
            return "\n".join(dict.fromkeys([*ours.split("\n"), *theirs.split("\n")]))
        return both_lines(base, ours, theirs)
    if is_list(ours) and is_list(theirs) and nature(conflict) is not Nature.ORDER:
        return [*ours, *(item for item in theirs if not any(same(item, mine) for mine in ours))]
    return None


def rewritable(conflict: Conflict) -> bool:
    """Whether the field is free text, which can be written anew."""
    about = conflict.about
    if about is not None and (about.widget not in ("line", "text") or about.refers is not None or about.many):
        return False
    return bool(conflict.field) and all(
        value is None or isinstance(value, str) for value in (conflict.base, conflict.ours, conflict.theirs)
    )


def long_text(conflict: Conflict) -> bool:
    """Whether the field may hold several lines."""
    if conflict.about is not None:
        return conflict.about.widget == "text"
    values = (conflict.base, conflict.ours, conflict.theirs)
    return any(isinstance(value, str) and "\n" in value for value in values)


def _in_common(conflict: Conflict) -> bool:
    """Whether two lists have something that could be rearranged; tables do: by their keys, whatever they hold."""
    ours, theirs = conflict.ours, conflict.theirs
    if not is_list(ours) or not is_list(theirs):
        return False
    return any(is_table(item) or any(same(item, other) for other in theirs) for item in ours)


def _is_text(conflict: Conflict) -> bool:
    there = [value for value in (conflict.base, conflict.ours, conflict.theirs) if value is not None]
    return all(isinstance(value, str) for value in there) and long_text(conflict)


def _kind(value: object) -> str:
    for kinds, word in _KINDS:
        if isinstance(value, kinds):
            return word
    return "値"


_KINDS: Final[Sequence[tuple[tuple[type, ...], str]]] = (
    ((bool,), "はい・いいえ"),
    ((str,), "文字"),
    ((int,), "整数"),
    ((float,), "小数"),
    ((date,), "日付"),
    ((time,), "時刻"),
    ((list, tuple), "並び"),
    (cast("tuple[type, ...]", (Mapping,)), "表"),
)
