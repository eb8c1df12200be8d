"""The board of an inquiry in words: its head, a department's cells, and what the box below says of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kyoju_tui.overview.composing import is_external
from kyoju_tui.overview.inquiry_since import Since, last_compilation
from kyoju_tui.overview.inquiry_status import TargetStatus, latest, progress
from kyoju_tui.overview.sending import absent, briefing_of
from kyoju_tui.records.dates import format_date, format_month_day
from kyoju_tui.records.inquiry import Inquiry, Receipt
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.ui.marks import Marks
from kyoju_tui.ui.widgets.matrix_table import Marked
from kyoju_tui.ui.widgets.story import Sentence
from kyoju_tui.workspace.inquiring.compiling import compilation_title


def head_sentences(snapshot: Snapshot, inquiry: Inquiry, since: Since | None, today: date) -> Iterator[Sentence]:
    """How the inquiry stands as a whole; `since` is what came after the last compilation, where that is known."""
    done = progress(inquiry, today)
    due = f"期限 {format_date(inquiry.due_on)}" if inquiry.due_on else "期限は未記入"
    if inquiry.issued_on is None:
        yield Sentence(f"まだ発出していません。照会先{done.expected}部署　{due}", "bold")
    else:
        left = f"　{done.left.full_words}" if done.left is not None else ""
        yield Sentence(f"回答 {done.answered}/{done.expected}　{due}{left}", "bold")
    issued = f"発出 {format_date(inquiry.issued_on, weekday=False)}　" if inquiry.issued_on else ""
    yield Sentence(f"{issued}{_briefing(snapshot, inquiry, today)}")
    compiled = last_compilation(inquiry)
    if compiled is not None:
        yield Sentence(f"{compilation_title(compiled.number, compiled.as_of)}{_since_words(since)}")


def cells(snapshot: Snapshot, line: TargetStatus, marks: Marks, *, chosen: bool) -> tuple[Marked, ...]:
    """The cells of a department's line: name, state, answer, extension, reminders, rows filled, 該当なし."""
    target = line.target
    name = snapshot.name("department", line.department)
    style = {"期限超過": marks.late, "回答待ち": marks.waiting, "内容確認中": marks.strong}.get(line.state, "")
    calm = marks.calm if line.state == "取下げ" else ""
    overdue = line.left is not None and line.left.days < 0
    state = line.left.words if overdue and line.left is not None else line.state
    receipt = latest(target)
    last = target.reminders[-1] if target.reminders else None
    reminded = f"{len(target.reminders)}回 {last.how or ''}" if last is not None else ""
    gap = bool(line.missing) and line.state in ("回答済", "前回のまま", "内容確認中")
    return (
        Marked.of((f"{'＊' if chosen else ''}{name}", "bold" if chosen else calm)),
        Marked.of((state, style or calm)),
        Marked.of(("" if receipt is None else receipt_words(receipt), calm)),
        Marked.of(("" if target.extended_due is None else format_month_day(target.extended_due), calm)),
        Marked.of((reminded, calm)),
        Marked.of((f"{line.filled}/{line.asked}", marks.strong if gap else calm)),
        Marked.of((str(line.nothing) if line.nothing else "", calm)),
    )


def receipt_words(receipt: Receipt) -> str:
    """第2版 11/12 課長確認済."""
    version = f"第{receipt.version}版" if receipt.version else ""
    on = format_month_day(receipt.on) if receipt.on else ""
    return " ".join(filter(None, (version, on, receipt.confirmed)))


def department_sentences(snapshot: Snapshot, inquiry: Inquiry, line: TargetStatus) -> Iterator[Sentence]:
    """Everything about one department: its answers with reasons, what it was asked again, what is still empty."""
    target = line.target
    name = snapshot.full_name("department", line.department)
    outside = "（庁外・依頼文で送付）" if is_external(snapshot, line.department) else ""
    due = f"　期限 {format_date(line.due)}" if line.due else ""
    left = f"　{line.left.full_words}" if line.left else ""
    yield Sentence(f"{name}{outside}　{line.state}{due}{left}", "bold")
    for receipt in target.receipts:
        parts = (f"差替の理由：{receipt.reason}" if receipt.reason else "", receipt.file or "")
        yield Sentence("　".join(filter(None, (f"受付 {receipt_words(receipt)}", *parts))), indent=2)
    for reminder in target.reminders:
        on = format_month_day(reminder.on) if reminder.on else ""
        reply = f"：{reminder.reply}" if reminder.reply else ""
        yield Sentence(f"再依頼 {' '.join(filter(None, (on, reminder.how)))}{reply}", indent=2)
    said = [
        f"{snapshot.name('category', each.category) if each.category else 'すべてのカテゴリー'}"
        f"{f'（{each.kind}）' if each.kind else ''}"
        for each in inquiry.nothing_to_report
        if each.department == line.department
    ]
    if said:
        yield Sentence(f"該当なし：{'・'.join(said)}", indent=2)
    if line.missing:
        missing = "・".join(snapshot.name("category", each) for each in line.missing)
        yield Sentence(f"記入なし：{missing}", indent=2)


def _briefing(snapshot: Snapshot, inquiry: Inquiry, today: date) -> str:
    briefing = briefing_of(snapshot, inquiry)
    if briefing is None:
        return "事前説明：なし"
    if briefing.held_on is None or briefing.held_on > today:
        when = format_date(briefing.held_on) if briefing.held_on else "日は未定"
        return f"事前説明：{when}の予定"
    missed = absent(inquiry, briefing)
    count = len(missed.without_documents) + len(missed.not_noted)
    unreached = f"（届いていない部署{count}）" if count else ""
    return f"事前説明：{format_date(briefing.held_on, weekday=False)}{unreached}"


def _since_words(since: Since | None) -> str:
    if since is None:
        return ""
    if not since:
        return "の後に変わったものはありません。"
    counts = (
        ("受付", len(since.receipts)),
        ("該当なし", len(since.nothing)),
        ("取組・課題", len(since.entries)),
    )
    return f"の後：{'・'.join(f'{word}{count}件' for word, count in counts if count)}（Ctrl+L）"
