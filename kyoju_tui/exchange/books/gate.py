"""Looking at a file's bytes before any library opens it: what it is, and whether it is small and plain enough.

Sizes are counted while unpacking, never believed from a header.
"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from typing import Final, Literal, TypeAlias

from kyoju_tui.exchange.books.values import UnreadableFile

Form: TypeAlias = Literal["xlsx", "ods", "xls", "text"]

LIMIT: Final = 10 * 1024 * 1024
"""Bytes of a spreadsheet."""
TEXT_LIMIT: Final = 20 * 1024 * 1024
"""Bytes of a CSV."""
UNPACKED: Final = 100 * 1024 * 1024
_RATIO: Final = 200
# A small part may shrink to nearly nothing; the ratio counts where it could hurt.
_RATIO_FROM: Final = 1024 * 1024
_MEMBERS: Final = 200
_AREA: Final = 2_000_000

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP: Final = b"PK\x03\x04"
_CHUNK: Final = 1 << 20
# A cell's tag and its place there, in two steps: in one, a tag that never ends would be read over and over.
_CELL: Final = re.compile(rb"<(?:\w{1,40}:)?c\s([^<>]*)>")
_PLACE: Final = re.compile(rb"(?:^|\s)r=[\"']([A-Za-z]{1,3})(\d{1,7})[\"']")
# A declaration of a document type, in any of the encodings that an XML parser takes.
_DECLARED: Final = re.compile(rb"<\0{0,3}!\0{0,3}(?:D\0{0,3}O\0{0,3}C\0{0,3}T|E\0{0,3}N\0{0,3}T)", re.IGNORECASE)
_ACTIVE: Final = re.compile(r"vbaproject|macrosheets|activex|embeddings/|(^|/)basic/|(^|/)scripts/", re.IGNORECASE)
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
# What may hang over from one chunk into the next: a cell's tag, a declaration.
_KEPT: Final = 512
_LEADS_OUT: Final = re.compile(r"^[/\\]|^\w:|(^|[/\\])\.\.([/\\]|$)")
_LINKED: Final = re.compile(r"externallinks?/", re.IGNORECASE)
_XML: Final = (".xml", ".rels", ".vml", ".rdf")

_AGAIN: Final = "内容を確かめ、新しいブックに値だけを貼り付けて保存し直してください。"


def form_of(data: bytes) -> Form:
    """What the file is by its bytes, whatever its name says."""
    if data.startswith(_OLE):
        return "xls"
    if data.startswith(_ZIP):
        return "ods" if b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet" in data[:200] else "xlsx"
    return "text"


def require_plain(data: bytes, file: str) -> Form:
    """See that a file may be opened. Errors: `UnreadableFile` with what is wrong and what to do."""
    form = form_of(data)
    most = TEXT_LIMIT if form == "text" else LIMIT
    if len(data) > most:
        raise _refused(
            file, f"大きすぎます（{most // 1024 // 1024}MBまで）。", "必要な部分だけのファイルにしてください。"
        )
    if not data.strip():
        raise _refused(file, "中身がありません。", "正しいファイルか確かめてください。")
    if form == "xls":
        _require_plain_ole(data, file)
    elif form != "text":
        _require_plain_zip(data, file)
    return form


def _require_plain_ole(data: bytes, file: str) -> None:
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise _refused(file, "パスワードで暗号化されています。", "パスワードを外して保存し直してください。")
    if "_VBA_PROJECT".encode("utf-16-le") in data:
        raise _refused(file, "マクロが含まれています。", _AGAIN)


def _require_plain_zip(data: bytes, file: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _require_plain_members(archive, file)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError) as error:
        raise _refused(
            file, "壊れているか、途中で切れています。", "元の場所からもう一度コピーしてください。", str(error)
        ) from error


def _require_plain_members(archive: zipfile.ZipFile, file: str) -> None:
    members = archive.infolist()
    names = [member.filename for member in members]
    if len(members) > _MEMBERS:
        raise _refused(file, f"中の部品が多すぎます（{_MEMBERS}個まで）。", _AGAIN)
    if len(set(names)) != len(names) or any(_LEADS_OUT.search(name) for name in names):
        raise _refused(file, "中の部品の名前が正しくありません。", _AGAIN)
    if any(member.flag_bits & 1 for member in members):
        raise _refused(file, "パスワードで暗号化されています。", "パスワードを外して保存し直してください。")
    active = next((name for name in names if _ACTIVE.search(name)), "")
    if active:
        raise _refused(file, "マクロか埋め込みの部品が含まれています。", _AGAIN, active)
    if any(_LINKED.search(name) for name in names):
        raise _refused(file, "ほかのファイルへのリンクが含まれています。", _AGAIN)
    if not {"[Content_Types].xml", "content.xml"} & set(names):
        raise _refused(file, "表計算のファイルではありません。", "Excel（.xlsx）の形で保存し直してください。")
    left = UNPACKED
    for member in members:
        size = 0
        far = 0, 0
        rest = b""
        for chunk in _chunks(archive, member):
            size += len(chunk)
            left -= len(chunk)
            if left < 0 or (size > _RATIO_FROM and size > _RATIO * max(1, member.compress_size)):
                raise _refused(file, "広げると大きくなりすぎます。", _AGAIN, member.filename)
            looked = rest + chunk
            if member.filename.lower().endswith(_XML) and _DECLARED.search(looked):
                raise _refused(file, "表計算のファイルにない書き方（文書型宣言）が含まれています。", _AGAIN)
            if b"macroEnabled" in looked and member.filename == "[Content_Types].xml":
                raise _refused(file, "マクロが使える形式です。", "マクロなしのブック（.xlsx）で保存し直してください。")
            if "worksheets/" in member.filename:
                far = _farthest(looked, far)
                if (far[0] + 1) * (far[1] + 1) > _AREA:
                    raise _refused(
                        file,
                        "表から遠く離れた位置に値があります。",
                        "不要な行・列を削除して保存し直してください。",
                        f"{member.filename}: {far[0] + 1} x {far[1] + 1}",
                    )
            rest = looked[-_KEPT:]


def _chunks(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(member) as opened:
        while chunk := opened.read(_CHUNK):
            yield chunk


def _farthest(text: bytes, so_far: tuple[int, int]) -> tuple[int, int]:
    """The last row and the last column, from 0, that a cell with a value has."""
    last_row, last_column = so_far
    for attributes in _CELL.findall(text):
        place = None if attributes.endswith(b"/") else _PLACE.search(attributes)
        if place is None:
            continue
        column = 0
        for letter in place[1].upper():
            column = column * 26 + letter - 64
        last_row, last_column = max(last_row, int(place[2]) - 1), max(last_column, column - 1)
    return last_row, last_column


def _refused(file: str, what: str, cure: str, detail: str = "") -> UnreadableFile:
    return UnreadableFile(f"「{shown_name(file)}」は、{what}何も取り込んでいません。", cure=cure, detail=detail)


def shown_name(file: str) -> str:
    """A file's name for people: one line, without what steers a terminal, of a length that fits."""
    name = "".join(letter for letter in file if unicodedata.category(letter) not in _UNSEEN)
    return name if len(name) <= 80 else f"{name[:60]}…{name[-16:]}"
