"""A tree with a few files read anew, after a save or a notice from the disk."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from kyoju_tui.files.layout import duplicate_ids
from kyoju_tui.files.tree import Tree, read_paths, read_tree
from kyoju_tui.records.ids import Ref


def reread(root: Path, known: Tree, paths: Iterable[str]) -> Tree:
    """`known` with these files as they are on the disk now; the whole store anew where ids could clash."""
    looked = frozenset(paths)
    fresh = read_paths(root, looked)
    came = (fresh.data.keys() | fresh.broken.keys()) - known.data.keys()
    clashed = any(problem.code == "K110" for problem in known.problems)
    if clashed or (came and duplicate_ids((*known.records, *known.broken, *came))):
        return read_tree(root)
    gone = {Ref(path.removesuffix(".toml")) for path in looked}
    kept = [problem for problem in known.problems if problem.path not in looked]
    return Tree(
        records={ref: record for ref, record in known.records.items() if ref not in gone} | fresh.records,
        data={ref: data for ref, data in known.data.items() if ref not in gone} | fresh.data,
        problems=tuple(sorted([*kept, *fresh.problems])),
        broken={ref: problem for ref, problem in known.broken.items() if ref not in gone} | fresh.broken,
    )
