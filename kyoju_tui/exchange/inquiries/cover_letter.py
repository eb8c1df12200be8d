"""The letter that goes with an inquiry's form, one per department: its words, as plain text and as .docx.

The wording is the program's own. Outside bodies are asked (依頼), departments get what the inquiry says it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from kyoju_tui.exchange.documents.word_pages import blank_page, paragraph, saved
from kyoju_tui.overview.asking import categories_asked
from kyoju_tui.overview.composing import is_external, lead_name
from kyoju_tui.records.dates import format_date
from kyoju_tui.records.inquiry import Inquiry
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.workspace.inquiring.answering import target_of

Form = Literal["照会", "依頼", "事務連絡"]

STEPS: Final = (
    "「回答」のシートの黄色い欄に記入します。記録のある内容は、もう入れてあります。",
    "内容ごとに「変更の有無」を選びます。変わったところは、上から書き直します。",
    "新しいものは「追加」の行に書きます。何もない区分は「該当なし」を選びます。",
    "成果だけでなく、進めるうえで困っていることも「取組上の課題」に書いてください。",
    "所属での確認が済んだら「所管課の確認」を選び、このファイルのまま返送してください。",
)
"""What to do, in five lines."""
_OPENING: Final[dict[Form, str]] = {
    "照会": "このことについて、下記のとおり照会します。別添の回答票に記入のうえ、期限までに回答してください。",
    "依頼": "日ごろから市政にご協力をいただき、ありがとうございます。"
    "このことについて、下記のとおり、別添の回答票への記入をお願いします。",
    "事務連絡": "このことについて、下記のとおり、別添の回答票への記入をお願いします。",
}
_FORM_IN_TITLE: Final = re.compile(r"\s*[（(](?:照会|依頼|事務連絡)[）)]\s*$")


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter's parts, all as they are read; what the inquiry does not say is the empty string.

    `items` are the numbered points, each with its heading.
    """

    form: Form
    document: str
    on: date
    addressee: str
    via: str
    sender: str
    title: str
    opening: str
    items: tuple[tuple[str, str], ...]


def letter_of(snapshot: Snapshot, inquiry: Inquiry, department: str, today: date) -> Letter:
    """The letter to one department, of the day on which it is sent: today while it was not. Errors: `UnknownRef`."""
    target = target_of(inquiry, department)
    external = is_external(snapshot, department)
    form: Form = "依頼" if external else inquiry.form or "照会"
    names = "、".join(snapshot.full_name("category", row) for row in categories_asked(snapshot, inquiry, department))
    due = target.extended_due or inquiry.due_on
    items = (
        ("趣旨", inquiry.purpose or ""),
        ("内容", f"{'・'.join(inquiry.kinds or ('取組', '課題', 'データ'))}（{names}）"),
        ("回答期限", format_date(due) if due else ""),
        ("回答の方法", "\n".join(f"（{number}）{step}" for number, step in enumerate(STEPS, 1))),
        ("問い合わせ先", " ".join(filter(None, (inquiry.sender, inquiry.contact)))),
    )
    return Letter(
        form,
        inquiry.document or "",
        target.sent_on or inquiry.issued_on or today,
        f"{snapshot.full_name('department', department)}　御中",
        "" if external or not inquiry.via else f"（{inquiry.via}経由）",
        inquiry.sender or lead_name(snapshot) or snapshot.store.municipality,
        f"{_FORM_IN_TITLE.sub('', inquiry.title)}（{form}）",
        _OPENING[form],
        tuple((head, text) for head, text in items if text),
    )


def letter_text(letter: Letter) -> str:
    """The letter as plain text, lines ended by CR LF as Windows' own editor likes them."""
    lines = [
        *filter(None, (letter.document, format_date(letter.on, weekday=False))), "",
        *filter(None, (letter.addressee, letter.via)), "", letter.sender, "",
        letter.title, "", f"　{letter.opening}", "", "記", "",
    ]  # fmt: skip
    for number, (head, text) in enumerate(letter.items, 1):
        told = text.split("\n")
        lines += [f"{number}　{head}", *(f"　　{line}" for line in told), ""]
    return "\r\n".join([*lines, "以上", ""])


def letter_docx(letter: Letter) -> bytes:
    """The letter on A4; the file tells neither who made it nor when nor where."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
    from docx.shared import Pt

    document = blank_page()
    for line in filter(None, (letter.document, format_date(letter.on, weekday=False))):
        paragraph(document, line, ALIGN.RIGHT)
    paragraph(document, letter.addressee, before=12)
    if letter.via:
        paragraph(document, letter.via)
    paragraph(document, letter.sender, ALIGN.RIGHT, before=12)
    title = paragraph(document, letter.title, ALIGN.CENTER, before=24, after=18)
    title.runs[0].font.size = Pt(14)
    paragraph(document, f"　{letter.opening}")
    paragraph(document, "記", ALIGN.CENTER, before=18, after=12)
    for number, (head, text) in enumerate(letter.items, 1):
        paragraph(document, f"{number}　{head}", before=8).paragraph_format.keep_with_next = True
        for line in text.split("\n"):
            # Steps hang by their numbers, so that a second line stands under the words of the first.
            hangs = line.startswith("（")
            inside = paragraph(document, line).paragraph_format
            inside.left_indent = Pt(22 + (33 if hangs else 0))
            inside.first_line_indent = Pt(-33 if hangs else 0)
    paragraph(document, "以上", ALIGN.RIGHT, before=18)
    return saved(document)
