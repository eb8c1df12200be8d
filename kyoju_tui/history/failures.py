"""What git says when it fails, and the sentence for staff."""

from __future__ import annotations

from typing import ClassVar, Final

from kyoju_tui.history.process import Finished, said
from kyoju_tui.records import errors

# What git says, and the sentence for it. Anything else is told in general words.
_CAUSES: Final[tuple[tuple[str, type[errors.Refused], str, str], ...]] = (
    (
        "No space left on device",
        errors.GitFailed,
        "ディスクの空きが足りないため、履歴に記録できませんでした。これまでの記録は失われていません。",
        "空きを作ってから、もう一度試してください。",
    ),
    (
        "Disk quota exceeded",
        errors.GitFailed,
        "使えるディスクの上限に達したため、履歴に記録できませんでした。これまでの記録は失われていません。",
        "不要なファイルを消してから、もう一度試してください。",
    ),
    (
        ".lock': File exists",
        errors.RepositoryState,
        "ほかの処理が保管場所を使っているため、記録しませんでした。これまでの記録は失われていません。",
        "少し待ってから、もう一度試してください。続くときは管理者に知らせてください。",
    ),
    (
        "you have unmerged files",
        errors.RepositoryState,
        "食い違いの解消が終わっていないファイルがあるため、記録しませんでした。これまでの記録は失われていません。",
        "管理者に、食い違いの解消（git status で確認）を依頼してください。",
    ),
    (
        "failed to sign",
        errors.GitFailed,
        "署名ができないため、記録しませんでした。これまでの記録は失われていません。",
        "署名の鍵を使えるようにするか、git の署名の設定（commit.gpgSign）を切ってから、もう一度記録してください。",
    ),
    (
        "Read-only file system",
        errors.ReadOnly,
        "保管場所に書き込めないため、記録しませんでした。これまでの記録は失われていません。",
        "管理者に、ディスクの状態を確かめるよう依頼してください。",
    ),
    (
        "ermission denied",
        errors.ReadOnly,
        "保管場所に書き込む権限がないため、記録しませんでした。これまでの記録は失われていません。",
        "管理者に、フォルダーの権限を確かめるよう依頼してください。",
    ),
)


class ForeignOwner(errors.Refused):
    """The repository belongs to somebody else, and git does not work in it before an administrator says so."""

    code: ClassVar[str] = "foreign-owner"


def failure(finished: Finished) -> errors.Refused:
    """Return the error that tells a git failure to staff; `detail` holds what git said."""
    detail = said(finished.stderr)
    for words, kind, message, cure in _CAUSES:
        if words in detail:
            return kind(message, cure=cure, detail=detail)
    return errors.GitFailed(
        "記録の仕組み（git）が処理を終えられませんでした。これまでの記録は失われていません。",
        cure="もう一度試し、続くときは管理者に詳細を知らせてください。",
        detail=detail or f"exit {finished.code}",
    )
