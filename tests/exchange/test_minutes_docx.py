"""The minutes as a document for word processors."""

from __future__ import annotations

import io
import re
import zipfile

import docx
import pytest

from kyoju_tui.exchange.documents.minutes_docx import minutes_docx
from kyoju_tui.overview.minutes import minutes
from kyoju_tui.records.ids import Ref
from tests.building import COLUMNS, ROWS, TODAY, Built, record, snapshot


def full() -> Built:
    return record(
        "meeting", "m", title="第1回意見交換会", held_on=TODAY, place="大会議室", minutes_status="確定",
        attendance=[{"department": "fukushi", "status": "出席"}, {"department": "jutaku", "status": "欠席"}],
        agenda=["一覧表の見方"], decisions=["見守りを合わせて行う"],
        opinions=[{"id": "o1", "category": "korei", "department": "fukushi", "text": "訪問先が重なる"}],
        actions=[{"id": "a1", "text": "名簿を見比べる", "department": "jutaku", "due_on": TODAY}],
    )  # fmt: skip


def made(*records: Built) -> bytes:
    return minutes_docx(minutes(snapshot(*ROWS, *COLUMNS, *records), Ref("meetings/m")))


def test_everything_is_in_it_and_tables_are_tables() -> None:
    document = docx.Document(io.BytesIO(made(full())))
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]
    headings = [
        each.text for each in document.paragraphs if each.style and (each.style.name or "").startswith("Heading")
    ]

    assert tables[0] == [["日時", "令和8年11月23日(月)"], ["場所", "大会議室"]]
    assert tables[1] == [["区分", "部署"], ["出席", "高齢福祉課"], ["欠席", "住宅課"]]
    assert tables[2] == [
        ["内容", "担当", "期日", "済んだ日"],
        ["名簿を見比べる", "住宅課", "令和8年11月23日", ""],
    ]
    assert headings == ["出欠", "次第", "意見・考え方等", "高齢者", "決まったこと", "対応事項", "次回"]
    assert any("高齢福祉課：訪問先が重なる" in each.text for each in document.paragraphs)


def test_it_is_a4_upright_in_a_japanese_font() -> None:
    document = docx.Document(io.BytesIO(made(full())))
    page = document.sections[0]
    with zipfile.ZipFile(io.BytesIO(made(full()))) as archive:
        body, styles = (archive.read(f"word/{part}.xml").decode() for part in ("document", "styles"))

    assert page.page_width is not None
    assert page.page_height is not None
    assert (round(page.page_width.mm), round(page.page_height.mm)) == (210, 297)
    fonts = re.findall(r'<w:rFonts[^>]*w:eastAsia="([^"]+)"', body)
    assert fonts
    assert all("明朝" in font or "ゴシック" in font for font in fonts)
    assert "w:tblHeader" in body
    # Else 、 and 。 stand in the middle of their squares, as they do in other languages.
    assert re.findall(r"<w:lang[^>]*w:eastAsia=\"([^\"]+)\"", styles) == ["ja-JP"]


def test_an_empty_meeting_makes_a_document_too() -> None:
    document = docx.Document(io.BytesIO(made(record("meeting", "m", title="未定の会議"))))

    assert document.paragraphs[1].text == "未定の会議　会議概要（案）"
    assert "（なし）" in [each.text for each in document.paragraphs]


def test_nothing_in_it_tells_who_made_it_where(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("USER", "secret-user")
    with zipfile.ZipFile(io.BytesIO(made(full()))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}

    core = parts["docProps/core.xml"].decode()
    assert "<dc:creator></dc:creator>" in core
    assert "<cp:lastModifiedBy></cp:lastModifiedBy>" in core
    assert not any(b"secret-user" in part or b"python-docx" in part for part in parts.values())
    assert not any(name.startswith("word/vba") for name in parts)
