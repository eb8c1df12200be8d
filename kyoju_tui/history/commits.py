"""Small pieces of the save: what HEAD holds, what differs from it, and one commit of one's own paths.

Paths are relative to the store, with `/` between parts; revisions are whatever git understands, checked here.
"""

from __future__ import annotations

import hashlib
import re
import tempfile
from collections.abc import Collection, Generator, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Final

from kyoju_tui.history.attributes import require_plain
from kyoju_tui.history.failures import failure
from kyoju_tui.history.git import Repository
from kyoju_tui.history.identity import Author
from kyoju_tui.history.process import TIMEOUT, run_git, said
from kyoju_tui.records import errors

_HASH: Final = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_HEADER: Final = re.compile(rb"[0-9a-f]{40,64} (\w+) (\d+)\n")
_COMPLAINT: Final = re.compile(rb"^(?:error|fatal):", re.MULTILINE)
# Beyond this, paths go to git by file: a command line has an end, and every argument is looked at on the way.
_MANY: Final = 200


def init(path: Path) -> Repository:
    """Make `path` the top of a new repository with the branch `main`, without any template, and return it.

    Errors: those of `Repository.discover`.
    """
    path.mkdir(parents=True, exist_ok=True)
    finished = run_git(("init", "-q", "-b", "main", "--template="), folder=path)
    if finished.code != 0:
        raise failure(finished)
    return Repository.discover(path)


def head(repository: Repository) -> str | None:
    """Return the commit that HEAD names, or None on a branch without any commit. Read from files, without a process."""
    name = "HEAD"
    folder = repository.git_dir
    for _ in range(5):
        content = _content(folder / name) or _packed(repository.common_dir, name)
        if content is None:
            return None
        if not content.startswith("ref:"):
            return content if _HASH.fullmatch(content) else _asked(repository)
        name, folder = content[4:].strip(), repository.common_dir
        if name == "refs/heads/.invalid":
            break
    return _asked(repository)


def resolve(repository: Repository, revision: str) -> str:
    """Return the full id of the commit that `revision` names. Errors: `UnknownRef`."""
    if not revision or not revision.isprintable():
        raise _unknown(revision)
    finished = repository.call("rev-parse", "--verify", "-q", "--end-of-options", f"{revision}^{{commit}}")
    found = finished.stdout.decode("ascii", "replace").strip()
    if finished.code != 0 or not _HASH.fullmatch(found):
        raise _unknown(revision, said(finished.stderr))
    return found


def commit_paths(
    repository: Repository,
    paths: Sequence[str],
    new: Sequence[str],
    message: str,
    author: Author,
    at: datetime | None = None,
) -> str:
    """Commit these paths as they are in the working tree, and nothing else, and return HEAD afterwards.

    `new` are those among `paths` that git does not know yet; a path that is gone from the working tree is deleted.
    Where nothing differs from HEAD nothing is committed. `author` is the committer too; `at` (with its time zone)
    replaces the present time. What others have staged stays staged.

    After an error HEAD may or may not have moved (a time limit can strike at the end): ask `head` and `blob_at`.

    Errors: `GitFailed`, `GitTimeout`, `RepositoryState`, `ReadOnly`, `UnsafePath`.
    """
    for path in (*paths, *new):
        _require_inside(path)
    require_plain(repository, paths)
    timeout = TIMEOUT + len(paths) / 20
    if new:
        listed = "\0".join(new).encode("utf-8", "surrogateescape")
        repository.run("add", "-f", "--pathspec-from-file=-", "--pathspec-file-nul", data=listed, timeout=timeout)
    if (repository.top / ".gitmodules").exists() and not _differ(repository, paths):
        # With nothing to commit git would look into submodules, and so into settings that nobody has checked.
        return resolve(repository, "HEAD")
    environment = {
        "GIT_AUTHOR_NAME": author.name,
        "GIT_AUTHOR_EMAIL": author.email,
        "GIT_COMMITTER_NAME": author.name,
        "GIT_COMMITTER_EMAIL": author.email,
    }
    if at is not None:
        environment |= dict.fromkeys(("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"), _date(at))
    with _as_pathspec(paths) as pathspec:
        finished = repository.call(
            *("commit", "--only", "-q", "--no-verify", "--cleanup=verbatim", "-F", "-", *pathspec),
            data=message.encode("utf-8"),
            environment=environment,
            timeout=timeout,
        )
    # With exit code 1 and no complaint there was nothing to commit.
    if finished.code == 0 or (finished.code == 1 and not _COMPLAINT.search(finished.stderr)):
        return head(repository) or resolve(repository, "HEAD")
    raise failure(finished)


def contents(repository: Repository, names: Sequence[str], kind: bytes = b"blob") -> list[bytes | None]:
    """Return the blobs that git's object names (`<commit>:<path from the top>`, an id) stand for, None where none is.

    Objects of another `kind` (`tree`) come with their raw bytes. One process for all of them.
    """
    if not names:
        return []
    listed = "".join(f"{name}\0" for name in names).encode("utf-8", "surrogateescape")
    output = repository.run("cat-file", "--batch", "-z", data=listed)
    found: list[bytes | None] = []
    position = 0
    for name in names:
        header = _HEADER.match(output, position)
        if header is None:
            # The name comes back with a word such as `missing`, and may hold a line break itself.
            position = output.index(b"\n", position + len(name.encode("utf-8", "surrogateescape"))) + 1
            found.append(None)
            continue
        start, size = header.end(), int(header[2])
        found.append(output[start : start + size] if header[1] == kind else None)
        position = start + size + 1
    return found


def blob_at(repository: Repository, revision: str, path: str) -> bytes | None:
    """Return the bytes of a file of the store at a revision, or None where it did not exist. Errors: `UnknownRef`."""
    _require_inside(path)
    return contents(repository, [f"{_full(repository, revision)}:{repository.in_top(path)}"])[0]


def blob_ids(repository: Repository, revision: str, paths: Collection[str]) -> dict[str, str]:
    """Return the blob ids of those paths that are files at a revision. Errors: `UnknownRef`."""
    wanted = frozenset(paths)
    return {path: blob for path, blob in _tree(repository, revision, wanted) if path in wanted} if wanted else {}


def blob_id(repository: Repository, data: bytes) -> str:
    """Return the id that these bytes have as a blob. Nothing is written, and no process runs."""
    kind = hashlib.sha256 if repository.object_format == "sha256" else hashlib.sha1
    return kind(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def files_at(repository: Repository, revision: str) -> dict[str, bytes]:
    """Return all regular files of the store at a revision, by path. Two processes. Errors: `UnknownRef`."""
    found = list(_tree(repository, revision))
    blobs = contents(repository, [blob for _, blob in found])
    return {path: data for (path, _), data in zip(found, blobs, strict=True) if data is not None}


def paths_at(repository: Repository, revision: str) -> list[str]:
    """Return the paths of all regular files of the store at a revision. Errors: `UnknownRef`."""
    return [path for path, _ in _tree(repository, revision)]


def tracked(repository: Repository) -> set[str]:
    """Return the store's paths in the index."""
    return set(_words(repository.run("ls-files", "-z")))


def dirty_paths(repository: Repository) -> list[tuple[str, str]]:
    """Return what differs from HEAD in the store, untracked files too: git's two status letters, and the path."""
    output = repository.run(
        *("status", "--porcelain=v1", "-z", "-uall", "--no-renames", "--ignore-submodules=all", "--", ".")
    )
    found = ((line[:2], repository.in_store(line[3:])) for line in _words(output))
    return [(status, path) for status, path in found if path is not None]


def _differ(repository: Repository, paths: Sequence[str]) -> bool:
    if head(repository) is None:
        return True
    wanted = frozenset(paths)
    output = repository.run(
        *("diff", "--name-only", "-z", "--relative", "--no-renames", "--no-ext-diff", "--no-textconv"),
        *("--ignore-submodules=all", "HEAD", "--"),
    )
    return any(path in wanted for path in _words(output))


def _tree(repository: Repository, revision: str, paths: Collection[str] = ()) -> Iterator[tuple[str, str]]:
    """Yield path and blob id of the store's regular files at a revision: of a few paths, or of the whole store."""
    which = ("--", *paths) if 0 < len(paths) <= _MANY else ()
    options = ("-z",) if which else ("-z", "-r")
    for line in _words(repository.run("ls-tree", *options, _full(repository, revision), *which)):
        entry, _, path = line.partition("\t")
        mode, _, blob = entry.split(" ")
        if mode in ("100644", "100755"):
            yield path, blob


def _full(repository: Repository, revision: str) -> str:
    return revision if _HASH.fullmatch(revision) else resolve(repository, revision)


def _words(output: bytes) -> list[str]:
    return output.decode("utf-8", "surrogateescape").split("\0")[:-1]


def _require_inside(path: str) -> None:
    parts = PurePosixPath(path).parts
    if not parts or path.startswith("/") or ".." in parts or "\0" in path or ".git" in (part.lower() for part in parts):
        raise errors.UnsafePath(
            "保管場所の外を指すファイル名のため、記録しませんでした。何も変えていません。",
            cure="ファイル名を確かめてください。",
            detail=repr(path),
        )


@contextmanager
def _as_pathspec(paths: Sequence[str]) -> Generator[tuple[str, ...]]:
    """Yield the arguments that name these paths to a command whose standard input is taken."""
    if len(paths) <= _MANY:
        yield ("--", *paths)
        return
    with tempfile.NamedTemporaryFile(prefix="kyoju-paths-") as file:
        file.write("\0".join(paths).encode("utf-8", "surrogateescape"))
        file.flush()
        yield (f"--pathspec-from-file={file.name}", "--pathspec-file-nul")


def _date(at: datetime) -> str:
    if at.tzinfo is None:
        raise ValueError("a commit's time needs a time zone")
    return f"@{int(at.timestamp())} {at:%z}"


def _content(file: Path) -> str | None:
    try:
        return file.read_text(encoding="utf-8", errors="surrogateescape").strip() or None
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None
    except OSError as error:
        raise errors.ReadOnly(
            "保管場所の一部を読み取れません。何も変えていません。",
            cure="管理者に、フォルダーの権限を確かめるよう依頼してください。",
            detail=str(error),
        ) from error


def _packed(common_dir: Path, name: str) -> str | None:
    for line in (_content(common_dir / "packed-refs") or "").splitlines():
        found, _, reference = line.partition(" ")
        if reference == name:
            return found
    return None


def _asked(repository: Repository) -> str | None:
    finished = repository.call("rev-parse", "--verify", "-q", "HEAD^{commit}")
    return finished.stdout.decode("ascii").strip() if finished.code == 0 else None


def _unknown(revision: str, detail: str = "") -> errors.UnknownRef:
    shown = "".join(letter if letter.isprintable() else "�" for letter in revision)[:80]
    return errors.UnknownRef(
        f"「{shown}」という時点は履歴にありません。",
        cure="履歴で、その時点があるかを確かめてください。",
        detail=detail,
    )
