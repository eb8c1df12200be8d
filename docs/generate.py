"""Makes the parts of the documentation that the code already knows, so that they cannot be untrue.

`python docs/generate.py` writes the tables of docs/format.md, and docs/keys.md; with `--check` it only exits with 1
where a page differs from what would be written.
"""

from __future__ import annotations

import sys
from pathlib import Path

from kyoju_tui.records.base import Part
from kyoju_tui.records.description import Described, fields_of
from kyoju_tui.records.kinds import KINDS, Kind
from kyoju_tui.records.problems import CODES
from kyoju_tui.ui.keys_document import keys_document

HERE = Path(__file__).parent
KINDS_BEGIN, KINDS_END = "<!-- kinds: made by docs/generate.py -->", "<!-- end of kinds -->"
CODES_BEGIN, CODES_END = "<!-- codes: made by docs/generate.py -->", "<!-- end of codes -->"

_TYPES = {
    "line": "text, one line",
    "text": "text",
    "choice": "word",
    "date": "date",
    "time": "time",
    "number": "number",
    "flag": "true/false",
    "values": "text",
}


def kinds_section() -> str:
    """A table per kind: key, label, what it holds."""
    return "\n".join(_kind(kind) for kind in KINDS.values())


def codes_section() -> str:
    """The codes of `check`."""
    rows = [f"| {code} | {severity} | {name} |" for code, (severity, name) in CODES.items()]
    return "\n".join(["| Code | Severity | 何か |", "|---|---|---|", *rows, ""])


def pages() -> dict[Path, str]:
    """Every page as it ought to be."""
    format_page = HERE / "format.md"
    text = format_page.read_text(encoding="utf-8")
    text = _between(text, KINDS_BEGIN, KINDS_END, kinds_section())
    text = _between(text, CODES_BEGIN, CODES_END, codes_section())
    return {format_page: text, HERE / "keys.md": keys_document()}


def _kind(kind: Kind) -> str:
    where = {"entry": "entries/<department>/<id>.toml"}.get(
        kind.word, f"{kind.folder}/<id>.toml" if kind.folder else f"{kind.word}.toml"
    )
    head = f"### `{kind.word}` {kind.label}\n\n`{where}`\n\n| Key | 項目 | Value |\n|---|---|---|"
    return "\n".join([head, *_rows(kind.model, ""), ""])


def _rows(model: type[Part], prefix: str) -> list[str]:
    rows: list[str] = []
    for field in fields_of(model):
        name = f"{prefix}{field.name}" + ("[]" if field.many else "")
        if field.part is not None:
            key = "・".join(field.part.KEY)
            rows.append(f"| `{name}` | {field.label} | {f'tables, told apart by `{key}`' if key else 'table'} |")
            rows += _rows(field.part, f"{name}.")
        else:
            rows.append(f"| `{name}` | {field.label} | {_value(field)} |")
    return rows


def _value(field: Described) -> str:
    if field.choices:
        what = " / ".join(field.choices)
    elif field.refers is not None:
        what = f"id of a {field.refers.kind}" if field.refers.kind else "REF"
    else:
        what = _TYPES[field.widget]
    return f"{what}, required" if field.required else what


def _between(text: str, begin: str, end: str, content: str) -> str:
    before, _, rest = text.partition(begin)
    _, _, after = rest.partition(end)
    return f"{before}{begin}\n\n{content}\n{end}{after}"


def main() -> int:
    """Write the pages, or with `--check` only compare."""
    stale = [path for path, text in pages().items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    if "--check" in sys.argv[1:]:
        for path in stale:
            print(f"out of date: {path.name}")
        return 1 if stale else 0
    for path, text in pages().items():
        path.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
