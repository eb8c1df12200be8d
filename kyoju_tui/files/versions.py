"""Trees that are not read whole from the disk: of a revision, of the index, the known one with a few files anew."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from kyoju_tui.files.codec import read_record
from kyoju_tui.files.layout import Misplaced, duplicate_ids, is_companion, is_ignored, locate
from kyoju_tui.files.tree import Tree, read_paths, read_tree
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.kinds import kind_of
from kyoju_tui.records.problems import Problem


def tree_of(files: Mapping[str, bytes]) -> Tree:
    """The tree that these files, by path, would be."""
    tree = Tree()
    problems: list[Problem] = []
    for path in sorted(files):
        if is_ignored(path) or is_companion(path):
            continue
        try:
            ref = locate(path)
        except Misplaced as error:
            problems.append(error.problem)
            continue
        read = read_record(files[path], path, kind_of(ref).model)
        tree.data[ref] = files[path]
        problems += read.problems
        if read.record is None:
            tree.broken[ref] = next(problem for problem in read.problems if problem.severity == "error")
        else:
            tree.records[ref] = read.record
    tree.problems = tuple(sorted(problems))
    return tree


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
