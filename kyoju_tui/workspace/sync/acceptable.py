"""What of another side can lie in a store at all: regular files inside it, of a store that this program understands.

And nothing that would have git record other bytes than are saved.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from kyoju_tui.files import codec
from kyoju_tui.files.layout import STORE_FILE, path_parts
from kyoju_tui.history.attributes import ATTRIBUTES, asks_for_encoding
from kyoju_tui.history.trees import REGULAR, Difference
from kyoju_tui.records.errors import NewerFormat, Refused
from kyoju_tui.records.store import FORMAT
from kyoju_tui.workspace.sync.meeting_points import Unit

_CURE: Final = "受信は始めていません。管理者に、送り先の内容を確かめるよう依頼してください。"


def require_store(theirs: Difference, know: Callable[[Sequence[str]], Mapping[str, bytes]]) -> None:
    """Refuse what is no store, one of a newer program, or one in which nothing could be saved any more.

    Errors: `Refused`, `NewerFormat`.
    """
    _require_plain(theirs, know)
    if STORE_FILE not in theirs:
        return
    file = theirs[STORE_FILE][1]
    if file is None:
        raise Refused(
            f"送り先では保管場所そのもの（{STORE_FILE}）が削除されているため、受信していません。何も変えていません。",
            cure=_CURE,
        )
    try:
        told = codec.parse(know([file.blob])[file.blob], STORE_FILE).get("format")
    except codec.Unreadable:
        return  # a broken file is shown where it lies, and hides nothing else
    if isinstance(told, int) and told > FORMAT:
        raise NewerFormat(
            f"送り先は新しい版の形式（{told}）で書かれているため、受信していません。何も変えていません。",
            cure="kyoju-tui を新しい版にしてから、もう一度受信してください。",
        )


def _require_plain(theirs: Difference, know: Callable[[Sequence[str]], Mapping[str, bytes]]) -> None:
    found = {path: new.blob for path, (_, new) in theirs.items() if new is not None and _is_attributes(path)}
    blobs = know(list(found.values()))
    for path, blob in found.items():
        if asks_for_encoding(blobs[blob]):
            raise Refused(
                f"送り先の「{path}」に、ファイルの文字コードを変える指定（working-tree-encoding）があり、"
                "取り込むと記録できなくなるため、受信していません。何も変えていません。",
                cure="管理者に、送り先のそのファイルからこの指定を取り除くよう依頼してください。",
            )


def _is_attributes(path: str) -> bool:
    return path.rpartition("/")[2].lower() == ATTRIBUTES


def require_harmless(unit: Unit) -> None:
    """Refuse what cannot lie in a store: links, other repositories, places that lead out of it.

    Errors: `Refused`, `UnsafePath`.
    """
    if unit.theirs is None or unit.theirs in (unit.base, unit.ours):
        return
    path_parts(unit.theirs.path)
    if unit.theirs.file.mode not in REGULAR:
        raise Refused(
            f"送り先の「{unit.theirs.path}」が通常のファイルではない（リンクなど）ため、受信していません。何も変えていません。",
            cure=_CURE,
        )
