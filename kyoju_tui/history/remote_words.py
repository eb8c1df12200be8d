"""What a remote answers, in words for staff: git's own words stay in `detail`."""

from __future__ import annotations

import re
from typing import ClassVar, Final

from kyoju_tui.history.failures import ForeignOwner, failure
from kyoju_tui.history.process import Finished, said
from kyoju_tui.records.errors import GitFailed, KyojuError

_KEPT: Final = "この保管場所の記録は失われていません。"


class RemoteTrouble(GitFailed):
    """The exchange with the remote did not come about."""

    code: ClassVar[str] = "remote-trouble"


class RemoteMissing(RemoteTrouble):
    """There is no repository at the address."""

    code = "remote-missing"


class RemoteDenied(RemoteTrouble):
    """The remote does not let this user read or write."""

    code = "remote-denied"


class RemoteSilent(RemoteTrouble):
    """The remote does not answer: no network, no server, or one that hangs."""

    code = "remote-silent"


class RemoteRejected(RemoteTrouble):
    """The remote answered and did not take what was sent."""

    code = "remote-rejected"


class RemoteFull(RemoteTrouble):
    """The remote's disk is full."""

    code = "remote-full"


class RemoteDiffers(RemoteTrouble):
    """What is there is no copy of this store: another history, another kind of repository, another branch."""

    code = "remote-differs"


# Words of git, ssh and curl (with LC_ALL=C), in the order in which they decide; the first that fits is told.
_SAYINGS: Final[tuple[tuple[str, type[RemoteTrouble], str, str], ...]] = (
    (
        r"Host key verification failed|REMOTE HOST IDENTIFICATION HAS CHANGED",
        RemoteDenied,
        "送り先のサーバーが本物かどうかを確かめられないため、つないでいません。",
        "管理者に、サーバーの鍵（known_hosts）の確認を依頼してください。",
    ),
    (
        r"hash algorithm|mismatched algorithms|unknown repository extension.*objectformat|object format",
        RemoteDiffers,
        "送り先の保存の形式（SHA-1／SHA-256）がこの保管場所と違うため、やりとりできません。",
        "管理者に、同じ形式の送り先を用意するよう依頼してください。",
    ),
    (
        r"(?:remote:|unpack|unpacker|receive-pack).*(?:No space left|quota exceeded)|(?:No space left|quota exceeded)"
        r"[\s\S]*(?:remote rejected|unpacker error|remote end hung up)",
        RemoteFull,
        "送り先のディスクに空きがないため、送れませんでした。",
        "管理者に、送り先の空きを増やすよう依頼してください。",
    ),
    (
        r"Permission denied|Authentication failed|could not read (?:Username|Password)|insufficient permission"
        r"|[Aa]ccess denied|returned error: 40[13]|Operation not permitted|[Rr]ead-only file system"
        r"|unable to create temporary object directory|not allowed to push|unable to write (?:file|sha1)",
        RemoteDenied,
        "送り先を使う権限がありません。",
        "管理者に、送り先の読み書きの権限（ssh の鍵、フォルダーの権限）を確かめるよう依頼してください。",
    ),
    (
        r"Could not resolve host|Name or service not known|Temporary failure in name resolution|Connection refused"
        r"|Connection timed out|[Tt]imed out|No route to host|Network is unreachable|Connection reset"
        r"|Failed to connect|Couldn't connect|Operation too slow|returned error: 5\d\d|Connection closed",
        RemoteSilent,
        "送り先から応答がありません。",
        "記録はこのまま続けられます。通信が戻ってから、もう一度試してください。",
    ),
    (
        r"does not appear to be a git repository|[Rr]epository .*not found|not found|does not exist|No such file"
        r"|returned error: 404|not a git repository",
        RemoteMissing,
        "送り先が見つかりません。",
        "送り先の場所（アドレス）が正しいか、共有フォルダーにつながっているかを確かめてください。",
    ),
    (
        r"transport '.*' not allowed|protocol .* is not supported|Unable to find remote helper|unsupported protocol",
        RemoteMissing,
        "送り先の書き方が使えないものです。",
        "場所（パス）、ssh、https のどれかで、送り先を設定し直してください。",
    ),
    (
        r"fsck error|bad object|missing (?:blob|tree|commit|necessary objects)|index-pack failed|invalid index-pack"
        r"|did not send all necessary objects|object corrupt|pack has bad object|unresolved deltas|bad pack",
        RemoteDiffers,
        "送り先にあるものが壊れているか、安全でない内容を含むため、受信しませんでした。",
        "管理者に、送り先の点検（git fsck）を依頼してください。",
    ),
    (
        r"(?:early EOF|unexpected disconnect|hung up unexpectedly|Broken pipe)",
        RemoteSilent,
        "送り先とのやりとりが途中で切れました。",
        "記録はこのまま続けられます。少し待ってから、もう一度試してください。",
    ),
)

_REASONS: Final[tuple[tuple[str, type[RemoteTrouble], str, str], ...]] = (
    (
        r"unpacker error|unpack failed|No space left",
        RemoteDenied,
        "送り先に書き込めませんでした。",
        "管理者に、送り先のフォルダーの権限とディスクの空きを確かめるよう依頼してください。",
    ),
    (
        r"branch is currently checked out|denyCurrentBranch",
        RemoteRejected,
        "送り先がほかの人の作業用の保管場所なので、送れませんでした。",
        "管理者に、共有のための置き場（git init --bare で作ったもの）を用意するよう依頼してください。",
    ),
    (
        r"protected branch|not allowed to push",
        RemoteDenied,
        "送り先に送る権限がありません。",
        "管理者に、送り先の権限を確かめるよう依頼してください。",
    ),
)


def trouble(finished: Finished) -> KyojuError:
    """The error that tells why fetching or sending failed."""
    words = said(finished.stderr)
    whole = f"{said(finished.stdout)}\n{words}"
    if "dubious ownership" in whole:
        return _foreign(whole)
    for pattern, kind, message, cure in _SAYINGS:
        if re.search(pattern, whole):
            return kind(f"{message}{_KEPT}", cure=cure, detail=words)
    found = failure(finished)
    if type(found) is not GitFailed:
        return found
    return RemoteTrouble(
        f"送り先とのやりとりができませんでした。{_KEPT}",
        cure="少し待ってからもう一度試し、続くときは管理者に詳細を知らせてください。",
        detail=words or f"exit {finished.code}",
    )


def rejected(reason: str, finished: Finished) -> KyojuError:
    """The error that tells why the remote did not take what was sent; `reason` is its own word for it."""
    words = f"{said(reason.encode('utf-8', 'replace'))} {said(finished.stderr)}".strip()
    for pattern, kind, message, cure in (*_SAYINGS[2:4], *_REASONS):
        if re.search(pattern, words):
            return kind(f"{message}{_KEPT}", cure=cure, detail=words)
    return RemoteRejected(
        f"送り先に受け付けられませんでした。{_KEPT}",
        cure="送り先のきまり（送信を調べる仕組み）に合わないようです。管理者に詳細を知らせてください。",
        detail=words,
    )


def silent(seconds: float, detail: str) -> RemoteSilent:
    """The error for a remote that has kept us waiting too long."""
    return RemoteSilent(
        f"送り先から応答がありません（{seconds:.0f}秒待ちました）。{_KEPT}",
        cure="記録はこのまま続けられます。少し待ってから、もう一度試してください。",
        detail=detail,
    )


def _foreign(words: str) -> ForeignOwner:
    named = re.search(r"safe\.directory (\S+)", words)
    line = f"git config --global --add safe.directory {named[1]}" if named else "git config --global safe.directory …"
    return ForeignOwner(
        f"送り先の所有者がほかの利用者のため、つないでいません。{_KEPT}",
        cure=f"送り先が正しければ、管理者に次の1行の実行を依頼してください: {line}",
        detail=words,
    )
