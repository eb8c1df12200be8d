"""What a model finds wrong with a file, as problems with line, code, sentence and cure."""

from __future__ import annotations

from functools import cache
from typing import Final, cast

from pydantic import ValidationError

from kyoju_tui.files.outline import Outline, outline
from kyoju_tui.records.base import Part
from kyoju_tui.records.description import Described, field_map
from kyoju_tui.records.explain import Fault, Place, faults
from kyoju_tui.records.plain import Plain
from kyoju_tui.records.problems import Problem
from kyoju_tui.records.text import FORBIDDEN

_BY_FAULT: Final = {"missing": "K202", "control_character": "K204", "too_long": "K205"}
# Faults of a whole table that are no rule between its fields.
_WRONG_SHAPE: Final = frozenset({"model_type", "model_attributes_type", "tuple_type", "list_type", "dict_type"})
_CURES: Final = {
    "K201": "この値を直してください。",
    "K204": "その文字を消してください。",
    "K205": "短くするか、別の項目に分けてください。",
    "K207": "食い違っている項目のどちらかを直してください。",
}


def model_problems(error: ValidationError, model: type[Part], path: str, seen: Outline) -> tuple[Problem, ...]:
    """Every fault of a file that is TOML but no record."""
    return tuple(_problem(fault, model, path, seen) for fault in faults(error, model))


def unknown_problems(plain: Plain, model: type[Part], path: str, text: str) -> tuple[Problem, ...]:
    """Every key that the model does not know (a warning; it is kept), and control characters hidden under one."""
    places = tuple(_unknown(plain, model, ()))
    if not places:
        return ()
    seen = outline(text)
    problems: list[Problem] = []
    for place in places:
        line, column = seen.locate(place)
        name = safe(".".join(str(part) for part in place))
        cure = "綴りの誤りなら直してください。ほかの用途の項目なら、そのままで失われません。"
        problems.append(Problem(path, line, column, "K203", f"「{name}」という項目はありません。", cure))
        for inner in _hidden(_reach(plain, place), place):
            line, column = seen.locate(inner)
            message = f"「{safe('.'.join(str(part) for part in inner))}」に使えない制御文字が含まれています。"
            problems.append(Problem(path, line, column, "K204", message, _CURES["K204"]))
    return tuple(problems)


def safe(text: str, limit: int = 200) -> str:
    """Text from a file as it may stand in a message: one line, bounded, no control characters."""
    # A file name that is no UTF-8 reaches us with lone surrogates, which no stream would take.
    encodable = text if text.isascii() else text.encode(errors="replace").decode()
    cleaned = FORBIDDEN.sub("\ufffd", encodable.replace("\n", " ").replace("\t", " "))
    return cleaned if len(cleaned) <= limit else f"{cleaned[:limit]}…"


def _problem(fault: Fault, model: type[Part], path: str, seen: Outline) -> Problem:
    line, column = seen.locate(fault.place)
    code = _BY_FAULT.get(fault.kind, "K207" if _of_table(fault, model) else "K201")
    name = f"{fault.label}（{fault.field}）：" if fault.label else ""
    cure = f"「{fault.place[-1]} = …」の行を書き足してください。" if code == "K202" else _CURES[code]
    return Problem(path, line, column, code, safe(f"{name}{fault.message}"), cure)


def _of_table(fault: Fault, model: type[Part]) -> bool:
    """Whether a fault is of a table as a whole: a rule between its fields."""
    if fault.kind in _WRONG_SHAPE:
        return False
    current: type[Part] | None = model
    for step in fault.place:
        if isinstance(step, str):
            current = field_map(current)[step].part if current is not None else None
    return current is not None


@cache
def _shape(model: type[Part]) -> tuple[frozenset[str], tuple[Described, ...]]:
    """The keys that a model knows, and those of its fields that hold tables."""
    fields = field_map(model)
    return frozenset(fields), tuple(field for field in fields.values() if field.part is not None)


def _unknown(plain: Plain, model: type[Part], place: Place) -> list[Place]:
    names, tables = _shape(model)
    found: list[Place] = [] if names.issuperset(plain) else [(*place, key) for key in plain if key not in names]
    for field in tables:
        value = plain.get(field.name)
        if field.part is None or value is None:
            continue
        if isinstance(value, dict):
            found += _unknown(cast("Plain", value), field.part, (*place, field.name))
        elif isinstance(value, list):
            for index, item in enumerate(cast("list[object]", value)):
                if isinstance(item, dict):
                    found += _unknown(cast("Plain", item), field.part, (*place, field.name, index))
    return found


def _reach(plain: Plain, place: Place) -> object:
    value: object = plain
    for step in place:
        value = cast("dict[str | int, object]", value)[step]
    return value


def _hidden(value: object, place: Place) -> list[Place]:
    """Places at or under an unknown key whose name or text has control characters."""
    found: list[Place] = [place] if isinstance(place[-1], str) and FORBIDDEN.search(place[-1]) else []
    if isinstance(value, str):
        # A key already named is not named twice for its value.
        return found or ([place] if FORBIDDEN.search(value) else [])
    if isinstance(value, dict):
        for key, item in cast("Plain", value).items():
            found += _hidden(item, (*place, key))
    elif isinstance(value, list):
        for index, item in enumerate(cast("list[object]", value)):
            found += _hidden(item, (*place, index))
    return found
