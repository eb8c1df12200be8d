"""Records that would like to be markup, a formula or a terminal's command: shown in every export, harmless in each."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable, Mapping
from datetime import date
from html import unescape
from html.parser import HTMLParser
from xml.etree.ElementTree import Element

import docx
import openpyxl
import pytest
from defusedxml.ElementTree import fromstring

from kyoju_tui.exchange.documents.minutes_file import minutes_file
from kyoju_tui.exchange.findings_paper import findings_paper
from kyoju_tui.exchange.inquiries.compilation_paper import compilation_paper
from kyoju_tui.exchange.matrix_file import matrix_file
from kyoju_tui.exchange.matrix_paper import LAYERS, Shown
from kyoju_tui.exchange.papers.paper_file import FORMS, paper_file
from kyoju_tui.exchange.report.report import Since, report
from kyoju_tui.exchange.report.report_html import report_html
from kyoju_tui.overview.findings import examine
from kyoju_tui.overview.matrix import matrix
from kyoju_tui.overview.minutes import minutes
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.inquiry import Inquiry
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.records.text import FORBIDDEN
from tests.building import TODAY, Built, category, data, department, record, snapshot

HOSTILE: Mapping[str, str] = {
    "markup": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "end of data": "]]><!--&amp;<svg onload=alert(1)>",
    "template": "{{ 7 * 7 }}{% for x in y %}",
    "formula": "=cmd|' /C calc'!A0",
    "formula of others": "+SUM(1)@A1",
    "wide formula": '＝HYPERLINK("http://example.jp")',
    "markdown": "![絵](http://example.jp/x.png)[道](javascript:alert)`",
    "quotes": "\"'><b>'\"",
    "long": "長" * 20_000,
}


def town(evil: str) -> Snapshot:
    """A store in which nearly every text is that of an attacker."""
    line = evil[:300]
    opinion = {"id": "o1", "category": "korei", "department": "fukushi", "text": evil, "print": True}
    return snapshot(
        record("store", "", format=1, municipality=line, title=line),
        record("policy", "", purpose=evil, direction=evil, lead={"department": "fukushi"}),
        record("framework", "", type="庁内連携", reason=evil, body=line),
        category("korei", line, digest={"text": evil}),
        department("fukushi", line),
        department("jutaku", f"住宅課{line}"[:300]),
        *entries(line, evil),
        record(
            "meeting", "m", title=line, held_on=TODAY, place=line, agenda=[line], notes=evil, opinions=[opinion],
            decisions=[line], actions=[{"id": "a1", "text": line, "department": "fukushi", "due_on": TODAY}],
            attendance=[{"department": "fukushi", "status": "出席"}], documents=[line],
        ),
        record("theme", "t", title=line, need=evil, obstacles=[{"id": "b1", "issue": evil, "response": evil}]),
        record("collaboration", "c", title=line, departments=[{"department": "fukushi", "share": evil}]),
        record(
            "area", "z", name=line, formation=evil, status="候補",
            indicators=[{"name": line, "value": 3, "unit": "人", "denominator": line}],
        ),
        record("image-map", "", zones=[{"id": "z1", "label": line, "row": 0, "column": 0}],
               placements=[{"id": "p1", "zone": "z1", "ref": "entries/fukushi/a"}]),
        record(
            "inquiry", "q", title=line, issued_on=date(2026, 7, 15), due_on=date(2026, 7, 31),
            targets=[{"department": "fukushi"}, {"department": "jutaku"}],
            compilations=[{"id": "k1", "number": 1, "as_of": TODAY, "late": ["jutaku"]}],
        ),
    )  # fmt: skip


def entries(line: str, evil: str) -> tuple[Built, ...]:
    told = {"categories": ["korei"], "outline": evil, "difficulties": evil}
    return (
        record("entry", "a", "fukushi", title=line, kind="取組", status="取組中", **told),
        record("entry", "b", "jutaku", title=line, kind="課題", **told),
        data("fukushi", "d", "korei", title=line),
    )


def files(town: Snapshot) -> dict[str, bytes]:
    """Every export of a store, by a name that ends as the file does."""
    whole = matrix(town, TODAY)
    views = examine(whole).views
    inquiry = town.expect("inquiries/q", Inquiry)
    compiled = compilation_paper(town, Ref("inquiries/q"), inquiry.compilations[0])
    said = minutes(town, Ref("meetings/m"))
    since = Since("前", town.replacing({Ref("entries/fukushi/a"): None}))
    found = {f"matrix-{number}{form}": matrix_file(whole, form, Shown(layer, views))
             for number, layer in enumerate(LAYERS) for form in FORMS}  # fmt: skip
    found |= {f"findings{form}": paper_file(findings_paper(town, TODAY, views), form) for form in FORMS}
    found |= {f"compilation{form}": paper_file(compiled, form) for form in (".xlsx", ".html", ".md")}
    found |= {f"minutes{form}": minutes_file(said, form) for form in (".docx", ".md", ".txt")}
    return found | {
        "report.html": report_html(report(town, TODAY, "事務局", since)).encode(),
        "report-public.html": report_html(report(town, TODAY, "公開", since)).encode(),
    }


@pytest.mark.parametrize("evil", HOSTILE.values(), ids=HOSTILE)
def test_hostile_records_are_shown_and_harmless(evil: str) -> None:
    made = files(town(evil))

    for name, content in made.items():
        CHECKS[name[name.rindex(".") :]](name, content, evil[:200])


def test_characters_that_turn_lines_round_never_come_through() -> None:
    # The models refuse them; a moment of the past or a colleague's program may hold them all the same.
    turned = town("安全")
    ref = Ref("entries/fukushi/a")
    entry = turned.entries[ref].model_copy(update={"title": "安\u202e全\x1b[2J\u2066"})
    for name, content in files(turned.replacing({ref: entry})).items():
        if name.endswith((".html", ".svg")):
            assert not FORBIDDEN.search(content.decode()), name
        elif name.endswith(".xlsx"):
            for cells in values(content).values():
                assert not any("\x1b" in cell for cell in cells), name


def test_characters_that_xml_cannot_hold_spoil_no_drawing() -> None:
    # The models take them: they steer nothing.
    for name, content in files(town("安\ufffe全\uffff")).items():
        if name.endswith((".svg", ".xlsx", ".docx")):
            CHECKS[name[name.rindex(".") :]](name, content, "安")
        elif name.endswith(".html"):
            for drawing in re.findall(r"<svg.*?</svg>", content.decode(), re.DOTALL):
                fromstring(drawing)


class Page(HTMLParser):
    """The elements of a page with their attributes, and its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


KNOWN = frozenset(
    {
        "html", "head", "meta", "title", "style", "body", "header", "main", "nav", "section", "article", "p", "h1",
        "h2", "h3", "h4", "ul", "li", "a", "div", "span", "table", "caption", "colgroup", "col", "thead", "tbody", "tr",
        "th", "td", "dl", "dt", "dd", "figure", "figcaption", "svg", "desc", "rect", "text", "g",
    }
)  # fmt: skip


def check_html(name: str, content: bytes, evil: str) -> None:
    page = Page(content.decode())

    assert {tag for tag, _ in page.seen} <= KNOWN, name
    for tag, attributes in page.seen:
        assert not any(key.startswith("on") or key == "src" for key in attributes), (name, tag)
        assert (attributes.get("href") or "#").startswith("#"), (name, tag)
    assert evil in page.text, name


def check_svg(name: str, content: bytes, evil: str) -> None:
    root: Element = fromstring(content)
    tags = {each.tag.partition("}")[2] for each in root.iter()}
    shown = "".join(each.text or "" for each in root.iter()).replace(" ", "")

    assert tags <= {"svg", "title", "desc", "rect", "text", "g"}, name
    assert "".join(evil.split())[:40] in shown, name


def check_xlsx(name: str, content: bytes, evil: str) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for part in archive.namelist():
            assert b"<f>" not in archive.read(part), (name, part)
    assert any(evil in cell for cells in values(content).values() for cell in cells), name


def values(content: bytes) -> dict[str, list[str]]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    found: dict[str, list[str]] = {}
    for sheet in book.worksheets:
        cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
        assert all(cell.data_type == "s" for cell in cells), sheet.title
        found[sheet.title] = [str(cell.value) for cell in cells]
    return found


def check_csv(name: str, content: bytes, evil: str) -> None:
    cells = [cell for line in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")) for cell in line]

    assert not any(cell.lstrip().startswith(("=", "+", "-", "@", "＝")) for cell in cells), name
    assert any(evil in cell for cell in cells), name


def check_markdown(name: str, content: bytes, evil: str) -> None:
    text = content.decode()

    assert "<script" not in text, name
    assert re.search(r"(?<!\\)\]\(", text) is None, name
    assert evil in re.sub(r"\\(.)", r"\1", unescape(text)), name


def check_text(name: str, content: bytes, evil: str) -> None:
    assert evil in content.decode(), name


def check_docx(name: str, content: bytes, evil: str) -> None:
    document = docx.Document(io.BytesIO(content))
    tables = [cell.text for table in document.tables for row in table.rows for cell in row.cells]

    assert any(evil in text for text in (*(each.text for each in document.paragraphs), *tables)), name


CHECKS: Mapping[str, Callable[[str, bytes, str], None]] = {
    ".html": check_html,
    ".svg": check_svg,
    ".xlsx": check_xlsx,
    ".csv": check_csv,
    ".md": check_markdown,
    ".txt": check_text,
    ".docx": check_docx,
}
