"""The filters of `history.graph` looked at and made anew; and whether the history is whole."""

from __future__ import annotations

from kyoju_tui.history import graph
from kyoju_tui.history.git import Repository


def graph_is_sound(repository: Repository) -> bool:
    """Tell whether git can believe what it keeps of the history's shape. Nothing kept is sound."""
    return repository.call("commit-graph", "verify", "--shallow", "--no-progress").code == 0


def renew_graph(repository: Repository) -> bool:
    """Throw the kept shape away and write it again, and tell whether git could. It holds nothing but a copy.

    Raises OSError; errors: as `graph.write`.
    """
    folder = repository.common_dir / "objects" / "info"
    for file in (*(folder / "commit-graphs").glob("*"), folder / "commit-graph"):
        file.unlink(missing_ok=True)
    return graph.write(repository)


def is_shallow(repository: Repository) -> bool:
    """Tell whether this copy holds the newest part of the history only (`git clone --depth`)."""
    return (repository.common_dir / "shallow").is_file()
