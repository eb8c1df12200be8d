"""A tree with a few files read anew, after a save or a notice from the disk."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

from kyoju_tui.files.layout import STORE_FILE, duplicate_ids
from kyoju_tui.files.tree import Tree, read_paths, read_tree
from kyoju_tui.records.ids import Ref

_Value = TypeVar("_Value")


def reread(root: Path, known: Tree, paths: Iterable[str]) -> Tree:
    """`known` with these files as they are on the disk now; the whole store anew where one file says too little.

    That is so where ids could clash, and for store.toml. Raises `OSError` for `root` itself then.
    """
    looked = frozenset(paths)
    fresh = read_paths(root, looked)
    came = (fresh.data.keys() | fresh.broken.keys()) - known.data.keys()
    clashed = any(problem.code == "K110" for problem in known.problems)
    if clashed or STORE_FILE in looked or (came and duplicate_ids((*known.records, *known.broken, *came))):
        return read_tree(root)
    gone = {Ref(path.removesuffix(".toml")) for path in looked}
    kept = [problem for problem in known.problems if problem.path not in looked]
    return Tree(
        records=_without(known.records, gone) | fresh.records,
        data=_without(known.data, gone) | fresh.data,
        problems=tuple(sorted([*kept, *fresh.problems])),
        broken=_without(known.broken, gone) | fresh.broken,
    )


def _without(known: dict[Ref, _Value], gone: Iterable[Ref]) -> dict[Ref, _Value]:
    left = dict(known)
    for ref in gone:
        left.pop(ref, None)
    return left
