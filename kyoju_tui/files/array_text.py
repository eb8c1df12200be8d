"""The text of a list of values, changed item by item, so that the comments between its items stay."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import SequenceMatcher
from typing import cast

import tomli_w

from kyoju_tui.files.canonical import render_key, render_value
from kyoju_tui.records.matching import token


def render_inline(value: object) -> str:
    """A value on one line where TOML allows it: a table in braces."""
    if isinstance(value, list):
        return f"[{', '.join(render_inline(item) for item in cast('list[object]', value))}]"
    if isinstance(value, Mapping):
        table = cast("Mapping[str, object]", value)
        return f"{{ {', '.join(f'{render_key(key)} = {render_inline(item)}' for key, item in table.items())} }}"
    return tomli_w.dumps({"v": value}).removeprefix("v = ").removesuffix("\n")


def edited_array(raw: str, before: object, after: list[object]) -> str:
    """The text `raw` of the list `before`, changed to hold `after`: on one line where it was, else line by line."""
    if not isinstance(before, list):
        return render_value(after)
    if "\n" not in raw:
        return render_inline(after)
    import tomlkit
    from tomlkit.items import Array

    holder = tomlkit.parse(f"v = {raw}\n")
    array = cast("Array", holder["v"])
    items = cast("list[object]", before)
    steps = SequenceMatcher(None, [*map(token, items)], [*map(token, after)], autojunk=False).get_opcodes()
    for kind, start, end, new_start, new_end in reversed(steps):
        if kind == "equal":
            continue
        common = min(end - start, new_end - new_start)
        for index in range(common):
            array[start + index] = after[new_start + index]
        for index in reversed(range(start + common, end)):
            del array[index]
        for index in range(common, new_end - new_start):
            array.insert(start + index, after[new_start + index])
    return holder.as_string().removeprefix("v = ").removesuffix("\n")
