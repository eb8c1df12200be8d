"""Two moments compared, as text for people: what was added, removed and changed, by record and field."""

from __future__ import annotations

from collections.abc import Iterator

from kyoju_tui.overview.comparison import Comparison, RecordDifference
from kyoju_tui.records.changes import Change, describe
from kyoju_tui.records.spelled import spelled
from kyoju_tui.records.wording import Namer, bare, one_line
from kyoju_tui.workspace.past.versions import differing

NOTHING_DIFFERS = "違いはありません。"


def comparison_text(comparison: Comparison, before: str, after: str, name: Namer = bare) -> str:
    """The whole text. `before` and `after` are the moments in words, `name` turns references into names."""
    return "\n".join(_lines(comparison, before, after, name)) + "\n"


def _lines(comparison: Comparison, before: str, after: str, name: Namer) -> Iterator[str]:
    yield f"前: {before}"
    yield f"後: {after}"
    yield totals(comparison)
    if comparison.empty:
        yield NOTHING_DIFFERS
    for title, found in groups(comparison):
        if found:
            yield ""
            yield f"■ {title}"
        for each in found:
            yield f"{each.kind_label}「{each.title}」{f'（{each.where}）' if each.where else ''}　{each.ref}"
            for change in each.changes:
                yield from (f"　　{line}" for line in _told(change, name))


def groups(comparison: Comparison) -> tuple[tuple[str, tuple[RecordDifference, ...]], ...]:
    """The three groups with their titles, in the order in which they are read."""
    return (("追加", comparison.added), ("削除", comparison.removed), ("変更", comparison.changed))


def totals(comparison: Comparison) -> str:
    """`追加 2件・削除 0件・変更 5件`."""
    return "・".join(f"{title} {len(found)}件" for title, found in groups(comparison))


def _told(change: Change, name: Namer) -> Iterator[str]:
    """A field on its line; of a text that is too long for it the sentences that went and came."""
    if change.before is None or change.after is None:
        value = spelled(change.after if change.before is None else change.before, change.about, name)
        first, *more = value.split("\n")
        sign = ("＋" if change.before is None else "−") if change.item else ""
        yield f"{sign}{change.label}: {first}"
        yield from (f"　{line}" for line in more)
        return
    line = describe(change, name)
    yield line
    old, new = change.before, change.after
    is_text = change.about is not None and change.about.widget == "text"
    if is_text and isinstance(old, str) and isinstance(new, str) and one_line(new) not in line:
        for turn, sentence in differing(old, new):
            if turn != "同じ":
                yield f"　{'−' if turn == '前' else '＋'} {spelled(sentence)}"
