"""Two moments compared, as a page of its own: for any browser, to print, to send by mail. No script runs in it."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Final

from kyoju_tui.exchange.comparison_text import NOTHING_DIFFERS, groups, totals
from kyoju_tui.overview.comparison import Comparison, RecordDifference
from kyoju_tui.records.changes import Change
from kyoju_tui.records.spelled import spelled
from kyoju_tui.records.text import FORBIDDEN
from kyoju_tui.records.wording import Namer, bare
from kyoju_tui.workspace.past.versions import differing

# Every colour stands on its ground with 4.5:1 or more, and none of them alone says anything.
_STYLE: Final = """
body { font-family: sans-serif; line-height: 1.6; color: #1a1a1a; background: #ffffff; }
body { margin: 2em auto; max-width: 60em; padding: 0 1em; }
h2 { border-bottom: 2px solid #5c5c5c; }
h3 { margin-bottom: 0.2em; }
p.ref { color: #5c5c5c; margin: 0 0 0.4em; font-size: 0.85em; }
table { border-collapse: collapse; width: 100%; margin-bottom: 1.5em; table-layout: fixed; }
th, td { border: 1px solid #767676; padding: 0.3em 0.5em; }
th, td { text-align: left; vertical-align: top; overflow-wrap: anywhere; }
thead th { background: #ececec; }
th.field { width: 22%; }
td { white-space: pre-wrap; }
del { color: #8a1c1c; }
ins { color: #0b5a1e; }
@media print { body { margin: 0; max-width: none; } h3 { break-after: avoid; } tr { break-inside: avoid; } }
""".strip()
_EMPTY: Final = "（なし）"


def comparison_html(comparison: Comparison, before: str, after: str, name: Namer = bare) -> str:
    """The whole page. `before` and `after` are the moments in words, `name` turns references into names."""
    return "\n".join(_page(comparison, before, after, name)) + "\n"


def _page(comparison: Comparison, before: str, after: str, name: Namer) -> Iterator[str]:
    title = f"記録の比較　{before} → {after}"
    yield "<!DOCTYPE html>"
    yield '<html lang="ja">'
    yield "<head>"
    yield '<meta charset="utf-8">'
    yield "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{_text(title)}</title>"
    yield f"<style>\n{_STYLE}\n</style>"
    yield "</head>"
    yield "<body>"
    yield "<h1>記録の比較</h1>"
    yield f"<p>前: {_text(before)}<br>後: {_text(after)}</p>"
    yield f"<p>{_text(totals(comparison))}</p>"
    if comparison.empty:
        yield f"<p>{NOTHING_DIFFERS}</p>"
    for heading, found in groups(comparison):
        if found:
            yield f"<h2>{heading}（{len(found)}件）</h2>"
        for each in found:
            yield from _record(each, heading, name)
    yield "</body>"
    yield "</html>"


def _record(each: RecordDifference, heading: str, name: Namer) -> Iterator[str]:
    where = f"（{each.where}）" if each.where else ""
    yield f"<h3>{_text(f'{each.kind_label}「{each.title}」{where}')}</h3>"
    yield f'<p class="ref">{_text(each.ref)}</p>'
    columns = {"追加": ("内容",), "削除": ("削除された内容",)}.get(heading, ("前", "後"))
    yield "<table>"
    heads = "".join(f'<th scope="col">{column}</th>' for column in columns)
    yield f'<thead><tr><th scope="col" class="field">項目</th>{heads}</tr></thead>'
    yield "<tbody>"
    for change in each.changes:
        values = _sides(change, name) if len(columns) > 1 else (_one(change, name),)
        cells = "".join(f"<td>{value}</td>" for value in values)
        yield f'<tr><th scope="row">{_text(change.label)}</th>{cells}</tr>'
    yield "</tbody>"
    yield "</table>"


def _one(change: Change, name: Namer) -> str:
    value = change.before if change.after is None else change.after
    return _text(spelled(value, change.about, name))


def _sides(change: Change, name: Namer) -> tuple[str, str]:
    """Before and after; of a text that changed, the sentences that went and came are marked."""
    old, new = change.before, change.after
    if isinstance(old, str) and isinstance(new, str) and change.about is not None and change.about.widget == "text":
        told = differing(old, new)
        return (
            "\n".join(
                f"<del>{_text(text)}</del>" if turn == "前" else _text(text) for turn, text in told if turn != "後"
            ),
            "\n".join(
                f"<ins>{_text(text)}</ins>" if turn == "後" else _text(text) for turn, text in told if turn != "前"
            ),
        )
    sides = (_EMPTY if value is None else spelled(value, change.about, name) for value in (old, new))
    before, after = (_text(side) for side in sides)
    return before, after


def _text(text: str) -> str:
    """Text of records inside the page: never markup, whatever it holds."""
    return escape(FORBIDDEN.sub("�", text))
