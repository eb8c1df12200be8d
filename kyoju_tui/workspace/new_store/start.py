"""A new store: its own repository, `store.toml`, and the categories of a preset, as the first commit."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from kyoju_tui.files import codec, scaffold
from kyoju_tui.files.fresh import begun, require_vacant, write_files
from kyoju_tui.files.layout import STORE_FILE
from kyoju_tui.history.commits import commit_paths, init
from kyoju_tui.history.identity import find_author
from kyoju_tui.records.category import Category
from kyoju_tui.records.errors import InvalidValue, NoIdentity
from kyoju_tui.records.plain import to_plain
from kyoju_tui.records.store import FORMAT, Store
from kyoju_tui.workspace.new_store.presets import PRESETS

_EXAMPLE: Final = "例：さくら市"


def new_files(municipality: str, preset: str | None) -> dict[str, bytes]:
    """The files of a new store by path. Errors: `InvalidValue`."""
    from pydantic import ValidationError

    try:
        store = Store(format=FORMAT, municipality=municipality)
    except ValidationError as error:
        raise InvalidValue("市町村名を1行で入れてください。", field="municipality", cure=_EXAMPLE) from error
    if not municipality.strip():
        raise InvalidValue("市町村名を入れてください。", field="municipality", cure=_EXAMPLE)
    if preset is not None and preset not in PRESETS:
        raise InvalidValue(
            f"「{preset}」という型はありません。", field="preset", cure=f"使える型：{'、'.join(PRESETS)}"
        )
    files = {**scaffold.SCAFFOLD, STORE_FILE: codec.dumps(to_plain(store))}
    for order, (record_id, name, reading) in enumerate(PRESETS.get(preset or "", ()), start=1):
        category = Category(name=name, reading=reading, order=order * 10)
        files[f"categories/{record_id}.toml"] = codec.dumps(to_plain(category))
    return files


def init_store(
    path: Path,
    municipality: str,
    preset: str | None = None,
    *,
    author: str | None = None,
    environ: Mapping[str, str] | None = None,
) -> Path:
    """Make a store in `path`, which must be absent or empty, and return its absolute path.

    Errors: `WrongUse` where something is there already, `NoIdentity` where nobody says who makes it, `InvalidValue`,
    `GitUnavailable`, `ReadOnly`.
    """
    files = new_files(municipality, preset)
    root = require_vacant(path)
    with begun(root, f"{root} に保管場所を作れませんでした。"):
        repository = init(root)
        maker = find_author(author, os.environ if environ is None else environ, repository)
        if maker is None:
            raise NoIdentity(
                "だれが作るのかが分からないため、保管場所を作りませんでした。",
                cure='--as "氏名 <メールアドレス>" を付けるか、環境変数 KYOJU_USER に同じ形で設定してください。',
            )
        write_files(root, files)
        records = [path.removesuffix(".toml") for path in files if path.endswith(".toml")]
        trailers = "\n".join([*(f"Kyoju-Record: {record}" for record in records), "Kyoju-Action: create"])
        message = f"{municipality}の保管場所を作成\n\n{trailers}\n"
        commit_paths(repository, list(files), list(files), message, maker)
    return root
