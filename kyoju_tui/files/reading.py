"""From the bytes of a file to a plain mapping, behind gates that bound what a hostile or broken file can do."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time
from math import isfinite
from typing import Final, cast

import tomli

from kyoju_tui.files.lines import BOM
from kyoju_tui.files.outline import MAX_NESTING, MAX_PARTS, outline
from kyoju_tui.records.errors import BrokenRecord
from kyoju_tui.records.explain import Place
from kyoju_tui.records.plain import Plain
from kyoju_tui.records.problems import Problem

RECORD_LIMIT: Final = 256 * 1024
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_INTEGER_LIMIT: Final = 2**63
_ENDLESS: Final = re.compile(r"[0-9_]{640,}")
_MARKS: Final = 32
_HARMLESS: Final = frozenset({str, bool, date, time, datetime})

# What the parser says, by how its message begins, and what that means to somebody who edits the file.
_SYNTAX: Final = (
    ("Illegal character '\\n'", '文字列が " で閉じていません。', '文字列の終わりに " を付けてください。'),
    ("Unterminated string", '文字列が " で閉じていません。', '文字列の終わりに " を付けてください。'),
    ('Expected "\'"', "文字列が ' で閉じていません。", "文字列の終わりに ' を付けてください。"),
    ("Expected \"'''\"", "文字列が ''' で閉じていません。", "文字列の終わりに ''' を付けてください。"),
    ("Illegal character", "文字列の中に使えない文字があります。", "その文字を消してください。"),
    ("Found invalid character", "使えない文字があります。", "その文字を消してください。"),
    ("Unescaped '\\'", "文字列の中の \\ が読めません。", "\\ そのものを書くときは \\\\ と2つ続けてください。"),
    ("Invalid hex value", "文字列の中の \\ が読めません。", "\\ そのものを書くときは \\\\ と2つ続けてください。"),
    ("Escaped character is not", "文字の番号として使えない値です。", "文字をそのまま書いてください。"),
    ("Expected '=' after a key", "項目名のあとに = がありません。", "「項目名 = 値」の形で書いてください。"),
    ("Invalid initial character", "項目名として読めません。", "項目名は英数字で「項目名 = 値」と書いてください。"),
    ("Invalid statement", "この行は読めません。", "「項目名 = 値」の形で書くか、行の頭に # を付けてください。"),
    ("Expected newline", "値のあとに余分な文字があります。", "余分な文字を消すか、前に # を付けてください。"),
    ("Cannot overwrite a value", "同じ項目が2回書かれています。", "どちらか1つを残してください。"),
    ("Duplicate inline table key", "同じ項目が2回書かれています。", "どちらか1つを残してください。"),
    ("Cannot declare", "同じ見出しが2回書かれています。", "1つの見出しの下にまとめてください。"),
    ("Cannot redefine namespace", "同じ見出しが2回書かれています。", "1つの見出しの下にまとめてください。"),
    ("Cannot mutate immutable", "書き終えた表に、あとから書き足しています。", "1か所にまとめて書いてください。"),
    ("Expected ']]'", "見出しが ]] で閉じていません。", "見出しの終わりに ]] を付けてください。"),
    ("Expected ']'", "見出しが ] で閉じていません。", "見出しの終わりに ] を付けてください。"),
    ("Unclosed array", "並びが ] で閉じていません。", "項目を , で区切り、終わりに ] を付けてください。"),
    ("Unclosed inline table", "表が } で閉じていません。", "項目を , で区切り、終わりに } を付けてください。"),
    ("Invalid date", "日付・時刻として読めません。", "実在する日付を 2026-11-23 の形で書いてください。"),
    ("Invalid value", "値として読めません。", '文字は " " で囲み、日付は 2026-11-23 の形で書いてください。'),
)


class Unreadable(BrokenRecord):
    """A file that cannot be read: `problem` has line, column, code and words; its path is the one given, or empty."""

    def __init__(self, problem: Problem, *, detail: str = "") -> None:
        super().__init__(problem.message, cure=problem.cure, detail=detail)
        self.problem = problem


def parse(data: bytes, path: str = "") -> Plain:
    """The mapping that a record's file holds. Raises `Unreadable`; a BOM and CRLF are read over."""
    return parse_text(decode(data, path)[0], path)


def decode(data: bytes, path: str = "") -> tuple[str, tuple[Problem, ...]]:
    """The text of a file without BOM and with LF, and what had to be put right for that. Raises `Unreadable`."""
    if len(data) > RECORD_LIMIT:
        raise Unreadable(too_large(path, len(data)))
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        raise Unreadable(_wrong_encoding(data, error.start, path), detail=str(error)) from error
    notes: list[Problem] = []
    if text.startswith(BOM):
        text = text[1:]
        cure = "「UTF-8（BOMなし）」で保存し直すか、整形をしてください。"
        notes.append(Problem(path, 1, 1, "K103", "先頭にBOMが付いています。内容は読めています。", cure))
    if "\r" in text:
        line = text.count("\n", 0, text.index("\r")) + 1
        text = text.replace("\r\n", "\n")
        cure = "改行をLFにして保存し直すか、整形をしてください。"
        notes.append(Problem(path, line, 1, "K104", "改行がCRLFです。内容は読めています。", cure))
    return text, tuple(notes)


def parse_text(text: str, path: str = "") -> Plain:
    """The mapping that a decoded text holds. Raises `Unreadable`."""
    # A long dotted key costs the parser memory that grows with its square, so it is looked for before parsing.
    if text.count(".") >= MAX_PARTS and any(line.count(".") >= MAX_PARTS for line in text.split("\n")):
        seen = outline(text)
        if seen.too_deep >= 0:
            raise Unreadable(_too_deep(path, *seen.line_and_column(seen.too_deep)))
    try:
        plain = cast("Plain", tomli.loads(text))
    except tomli.TOMLDecodeError as error:
        raise Unreadable(_control_character(path, text) or _syntax(path, error), detail=str(error)) from error
    except (RecursionError, MemoryError) as error:
        raise Unreadable(_too_deep(path, *_deepest(text)), detail=type(error).__name__) from error
    except ValueError as error:
        # Python itself converts no decimal number of more than some thousand digits.
        found = _ENDLESS.search(text)
        line, column = outline(text).line_and_column(found.start() if found is not None else 0)
        problem = Problem(path, line, column, "K201", "数が大きすぎます。", "普通の数に直してください。")
        raise Unreadable(problem, detail=str(error)) from error
    refusal = _refusal(plain, 0, 0)
    if refusal is None:
        return plain
    place, message = refusal
    if not message:
        raise Unreadable(_too_deep(path, *_deepest(text)))
    line, column = outline(text).locate(place)
    raise Unreadable(Problem(path, line, column, "K201", message, "普通の数に直してください。"))


def refuse_piled_marks(text: str, path: str) -> None:
    """Raise `Unreadable` where more marks stand on one letter than any script has: sorting them takes their square."""
    run = 0
    for offset, character in enumerate(text):
        run = run + 1 if unicodedata.combining(character) else 0
        if run > _MARKS:
            line, column = outline(text).line_and_column(offset)
            message = "1つの文字に記号が重なりすぎているので読みません。"
            raise Unreadable(Problem(path, line, column, "K201", message, "その文字を消してください。"))


def too_large(path: str, size: int) -> Problem:
    """The problem of a file over the size that a record may have."""
    message = f"大きすぎるので読みません（{size // 1024:,}KB。1件の記録は{RECORD_LIMIT // 1024}KBまでです）。"
    return Problem(path, 1, 1, "K105", message, "記録でないファイルなら、保管場所の外へ移してください。")


def _wrong_encoding(data: bytes, start: int, path: str) -> Problem:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        reason = "UTF-16（「Unicode」）で保存されているようです。"
    else:
        reason = "UTF-8として読めない文字があります。"
        try:
            data.decode("cp932")
            reason = "CP932（Shift_JIS）で保存されているようです。"
        except UnicodeDecodeError:
            pass
    line = data.count(b"\n", 0, start) + 1
    column = len(data[data.rfind(b"\n", 0, start) + 1 : start].decode(errors="replace")) + 1
    return Problem(path, line, column, "K102", reason, "文字コードを「UTF-8」にして保存し直してください。")


def _control_character(path: str, text: str) -> Problem | None:
    """A raw control character, which no parser takes: a better reason than what the parser makes of it."""
    found = _CONTROL.search(text)
    if found is None:
        return None
    line, column = outline(text).line_and_column(found.start())
    message = f"使えない制御文字（U+{ord(found.group()):04X}）が含まれています。"
    return Problem(path, line, column, "K204", message, "その文字を消してください。")


def _too_deep(path: str, line: int, column: int) -> Problem:
    message = f"入れ子が深すぎるので読みません（項目名は{MAX_PARTS}段まで、全体で{MAX_NESTING}段までです）。"
    return Problem(path, line, column, "K109", message, "入れ子を浅くしてください。")


def _deepest(text: str) -> tuple[int, int]:
    seen = outline(text)
    return seen.line_and_column(max(seen.too_deep, 0))


def _syntax(path: str, error: tomli.TOMLDecodeError) -> Problem:
    known = (row for row in _SYNTAX if error.msg.startswith(row[0]))
    _, message, cure = next(known, ("", "TOMLとして読めません。", "この行の書き方を確かめてください。"))
    return Problem(path, error.lineno, error.colno, "K101", message, cure)


def _refusal(value: Plain | list[object], depth: int, parts: int) -> tuple[Place, str] | None:
    """The first value that parses but is not taken, with the reason; an empty reason means nested too deep.

    `depth` counts the tables and lists around it, `parts` the tables alone.
    """
    if depth >= MAX_NESTING or (parts >= MAX_PARTS and isinstance(value, dict) and value):
        return (), ""
    is_table = isinstance(value, dict)
    if _HARMLESS.issuperset(map(type, value.values() if is_table else value)):
        return None
    for key, item in value.items() if is_table else enumerate(value):
        kind = type(item)
        if kind in _HARMLESS:
            continue
        if kind is float:
            if not isfinite(cast("float", item)):
                return (key,), "数として扱えない値（nan、inf）です。"
        elif kind is int:
            if not -_INTEGER_LIMIT <= cast("int", item) < _INTEGER_LIMIT:
                return (key,), "数が大きすぎます。"
        elif (found := _refusal(cast("Plain | list[object]", item), depth + 1, parts + is_table)) is not None:
            return (key, *found[0]), found[1]
    return None
