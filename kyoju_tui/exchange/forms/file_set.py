"""Several files as one set, written into a folder or as one .zip: all of them or none, never over others unasked."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import ClassVar, Final, Protocol

from kyoju_tui.files.output import replace
from kyoju_tui.files.output_set import replace_all
from kyoju_tui.records.errors import Refused, WrongUse
from kyoju_tui.workspace.workspace import Workspace

ZIP: Final = ".zip"
_NAMED: Final = 3


class AlreadyThere(Refused):
    """Files of these names stand there already; they are not written over unasked."""

    code: ClassVar[str] = "already-there"


class NamedFile(Protocol):
    """A file that is to be written: its name without folder, and its bytes."""

    @property
    def name(self) -> str:
        """The file's name."""
        ...

    @property
    def data(self) -> bytes:
        """The file's bytes."""
        ...


class FileSet(Protocol):
    """Files that belong together, and the day that they bear in a .zip."""

    @property
    def files(self) -> Sequence[NamedFile]:
        """The files."""
        ...

    @property
    def made_on(self) -> date:
        """The day on which they were made."""
        ...


def is_zip(place: Path) -> bool:
    """Whether a place names one file for the whole set."""
    return place.suffix.lower() == ZIP


def standing(files: FileSet, place: Path) -> tuple[str, ...]:
    """What would be written over: the names of files that are there already."""
    if is_zip(place):
        return (place.name,) if place.exists() else ()
    return tuple(file.name for file in files.files if (place / file.name).exists())


def require_free(files: FileSet, place: Path) -> None:
    """Errors: `AlreadyThere` where something would be written over."""
    found = standing(files, place)
    if found:
        more = f"ほか{len(found) - _NAMED}件" if len(found) > _NAMED else ""
        raise AlreadyThere(
            f"同じ名前のファイルがあります（{'、'.join(found[:_NAMED])}{more}）。何も書いていません。",
            cure="別の場所を指定してください。",
        )


def require_place(workspace: Workspace, place: Path) -> None:
    """Whether files can go there: a folder, or one that can be made. Errors: `WrongUse`."""
    target = place.resolve()
    if target.is_relative_to(workspace.root.resolve()):
        raise WrongUse("保管場所の中には書き出せません。", cure="ほかのフォルダーを指定してください。")
    if not target.parent.is_dir():
        raise WrongUse(f"フォルダー「{target.parent}」がありません。", cure="あるフォルダーを指定してください。")
    if is_zip(place) and target.is_dir():
        raise WrongUse(f"「{target.name}」はフォルダーです。", cure="ファイルの名前まで入れてください。")
    if not is_zip(place) and target.exists() and not target.is_dir():
        raise WrongUse(
            f"「{target.name}」はフォルダーではありません。",
            cure=f"フォルダーか、{ZIP} で終わるファイルを指定してください。",
        )


def write_set(files: FileSet, place: Path) -> None:
    """Write the set into a folder, or as one .zip, whole or not at all; what is there is replaced.

    Errors: `ReadOnly`.
    """
    if is_zip(place):
        replace(place, _zipped(files))
    else:
        replace_all(place, {file.name: file.data for file in files.files})


def _zipped(files: FileSet) -> bytes:
    sink = io.BytesIO()
    day = files.made_on
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_STORED) as archive:
        for file in files.files:
            archive.writestr(zipfile.ZipInfo(file.name, (day.year, day.month, day.day, 0, 0, 0)), file.data)
    return sink.getvalue()
