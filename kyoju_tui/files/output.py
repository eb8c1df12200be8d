"""A file that somebody asked for outside the store: an export, the outcome of a merge."""

from __future__ import annotations

import secrets
from pathlib import Path

from kyoju_tui.records.errors import ReadOnly


def replace(path: Path, data: bytes) -> None:
    """Put `data` at `path`, whole or not at all; what was there keeps its mode. Errors: `ReadOnly`."""
    target = path.resolve()
    temporary = target.with_name(f".{target.name[:40]}.{secrets.token_hex(4)}.tmp")
    try:
        try:
            temporary.write_bytes(data)
            if target.exists():
                temporary.chmod(target.stat().st_mode & 0o7777)
            temporary.replace(target)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise ReadOnly(
            f"{path} に書き込めませんでした。前からある内容はそのままです。",
            cure="書き込める場所か、空きのあるディスクを指定してください。",
            detail=str(error),
        ) from error
