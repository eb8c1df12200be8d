"""Where things lie in a store: paths and REFs, where a store is found, which other files may lie there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from kyoju_tui.files.faulty import safe
from kyoju_tui.records.errors import InvalidValue, StoreNotFound, UnsafePath
from kyoju_tui.records.ids import Ref, is_id
from kyoju_tui.records.kinds import KINDS
from kyoju_tui.records.problems import Problem

STORE_FILE: Final = "store.toml"
PRIVATE_FOLDER: Final = ".kyoju"
STORE_VARIABLE: Final = "KYOJU_STORE"
RECORD_FOLDERS: Final = frozenset(kind.folder for kind in KINDS.values() if kind.folder)
_SINGLE: Final = frozenset(kind.word for kind in KINDS.values() if kind.single)
# Dot files, and what editors leave beside a file: `a.toml~`, `#a.toml#`, `a.toml.bak`, Office's `~$a`, `Thumbs.db`.
_IGNORED: Final = re.compile(
    r"\..*|.*~|#.*#|~\$.*|.*\.(?:sw[a-p]|bak|orig|rej|tmp)|Thumbs\.db|desktop\.ini", re.IGNORECASE
)


class Misplaced(InvalidValue):
    """A path where no record can lie; `problem` says why, for `check`."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message, cure=problem.cure)
        self.problem = problem


def locate(path: str) -> Ref:
    """The REF of the record at a path (relative to the store, with `/`). Raises `Misplaced`."""
    folder, _, name = path.rpartition("/")
    stem = name.removesuffix(".toml")
    if stem == name or not (_is_record_folder(folder) if "/" in path else stem in _SINGLE):
        raise Misplaced(_unknown_place(path))
    bad = next((part for part in (*folder.split("/")[1:], stem) if not is_id(part)), None)
    if bad is not None:
        message = f"「{safe(bad, 80)}」という名前は使えません（英小文字・数字・ハイフンで64文字まで）。"
        raise Misplaced(Problem(safe(path), 0, 0, "K107", message, "ファイル名（フォルダー名）を付け直してください。"))
    return Ref(path.removesuffix(".toml"))


def owner(path: str) -> Ref:
    """The record that a file belongs to: its own, or the data set whose figures it holds. Raises `Misplaced`."""
    return locate(f"{path.removesuffix('.csv')}.toml" if is_figures(path) else path)


def figures_path(ref: Ref) -> str:
    """Where the figures of a data set lie."""
    return f"{ref}.csv"


def is_figures(path: str) -> bool:
    """Whether a path is that of a data set's figures."""
    top, _, rest = path.partition("/")
    return top == "datasets" and rest.endswith(".csv") and is_id(rest.removesuffix(".csv"))


def is_ignored(path: str) -> bool:
    """Whether a path is none of the store's business: a dot file, an editor's backup, or something below one."""
    return any(_IGNORED.fullmatch(part) for part in path.split("/"))


def is_companion(path: str) -> bool:
    """Whether a file that is no record may lie at a path: anything outside record folders, and a data set's CSV."""
    top = path.partition("/")[0]
    if top == "datasets":
        return is_figures(path)
    return not path.endswith(".toml") and (top not in RECORD_FOLDERS or _is_readme(path.rpartition("/")[2]))


def path_parts(path: str) -> tuple[str, ...]:
    """The parts of a path relative to the store. Raises `UnsafePath` for one that could leave it or enter `.git`."""
    parts = tuple(path.split("/"))
    unsafe = any(part in ("", ".", "..") or "\\" in part or "\0" in part for part in parts)
    if unsafe or parts[0].casefold() == PRIVATE_FOLDER or ".git" in map(str.casefold, parts):
        raise UnsafePath(
            f"「{safe(path, 80)}」は保管場所の中の場所として使えません。何も書いていません。",
            cure="保管場所の中の場所を指定してください。",
        )
    return parts


def find_store(explicit: Path | None, environ: Mapping[str, str], cwd: Path) -> Path:
    """The folder of the store: as told, else as `KYOJU_STORE` says, else upwards from `cwd`. Raises `StoreNotFound`."""
    if explicit is not None:
        return _store_at(cwd / explicit.expanduser(), "")
    named = environ.get(STORE_VARIABLE, "")
    if named:
        return _store_at(cwd / Path(named).expanduser(), f"（環境変数 {STORE_VARIABLE} の指定）")
    start = cwd.resolve()
    for folder in (start, *start.parents):
        if (folder / STORE_FILE).is_file():
            return folder
    raise StoreNotFound(
        f"保管場所が見つかりません（「{safe(str(start))}」から上のフォルダーに {STORE_FILE} がありません）。",
        cure="保管場所のフォルダーで開くか、--store で場所を指定してください。初めてのときは init で作れます。",
    )


def sample_path() -> Path:
    """The sample store that comes with the program: inside an installed package, else beside it in a checkout."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "sample"
    return inside if (inside / STORE_FILE).is_file() else package.parent / "store"


def duplicate_ids(refs: Iterable[Ref]) -> dict[Ref, Ref]:
    """REFs whose id another record of the kind has already, with that one; the first path in order keeps the id.

    Only entries can clash: their ids are unique over all departments' folders.
    """
    first: dict[str, Ref] = {}
    found: dict[Ref, Ref] = {}
    for ref in sorted(ref for ref in refs if ref.top == "entries"):
        holder = first.setdefault(ref.id, ref)
        if holder != ref:
            found[ref] = holder
    return found


def _store_at(folder: Path, told: str) -> Path:
    if (folder / STORE_FILE).is_file():
        return folder.resolve()
    reason = f"{STORE_FILE} がありません" if folder.is_dir() else "フォルダーがありません"
    raise StoreNotFound(
        f"「{safe(str(folder))}」は保管場所ではありません（{reason}）{told}。",
        cure="場所を確かめてください。初めてのときは init で作れます。",
    )


def _is_record_folder(folder: str) -> bool:
    top, _, department = folder.partition("/")
    if top == "entries":
        return bool(department) and "/" not in department
    return top in RECORD_FOLDERS and not department and "/" not in folder


def _unknown_place(path: str) -> Problem:
    message = f"「{safe(path)}」は記録の場所の決まりにないので読みません。"
    if path.count("/") == 1 and path.startswith("entries/"):
        cure = "部署のフォルダー（entries/部署のid/）に移してください。"
    else:
        cure = "正しいフォルダーに移すか、保管場所の外へ出してください。"
    return Problem(safe(path), 0, 0, "K108", message, cure)


def _is_readme(name: str) -> bool:
    return name.upper().startswith("README")
