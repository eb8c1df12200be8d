"""The door to git: clean environment, hardened settings, nothing run from a repository, an end in time."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from kyoju_tui.history import awaiting, commits, log, process
from kyoju_tui.history.failures import ForeignOwner
from kyoju_tui.history.git import Repository
from kyoju_tui.history.identity import Author
from kyoju_tui.history.trust import Consent
from kyoju_tui.records import errors
from tests.conftest import Git
from tests.history.conftest import RECORD, TEXT, program, write


def use_everything(repository: Repository, author: Author) -> None:
    """Read, save and read again: everything that could make git run something."""
    commits.dirty_paths(repository)
    commits.tracked(repository)
    write(repository, RECORD, TEXT + 'outline = "変更"\n')
    write(repository, "entries/korei/new.toml", TEXT)
    commits.commit_paths(repository, [RECORD, "entries/korei/new.toml"], ["entries/korei/new.toml"], "更新\n", author)
    commits.commit_paths(repository, [RECORD], [], "同じ内容\n", author)
    commits.files_at(repository, "HEAD")
    found = log.commits(repository)
    log.changes(repository, [(found[0].commit, RECORD)])
    write(repository, RECORD, TEXT)
    commits.dirty_paths(repository)


def test_discover_tells_where_the_store_lies(repository: Repository, inner: Repository) -> None:
    assert (repository.top, repository.prefix) == (repository.store, "")
    assert repository.git_dir == repository.common_dir == repository.store / ".git"
    assert repository.object_format == "sha1"
    assert repository.state_dir() == repository.store / ".git" / "kyoju" / "root"
    assert (inner.prefix, inner.top) == ("docs/store", inner.store.parent.parent)
    assert inner.state_dir().parent == inner.git_dir / "kyoju"
    assert inner.state_dir().name != "root"


def test_paths_with_dollar_tilde_and_spaces(tmp_path: Path, author: Author) -> None:
    made = commits.init(tmp_path / "~ $HOME 保管")
    write(made, "store.toml", "format = 1\n")
    commits.commit_paths(made, ["store.toml"], ["store.toml"], "始め\n", author)
    assert commits.files_at(made, "HEAD") == {"store.toml": b"format = 1\n"}


def test_a_linked_worktree_has_its_own_state_and_the_common_lock_place(
    repository: Repository, tmp_path: Path, git: Git, author: Author
) -> None:
    git(repository.top, "worktree", "add", "-q", "-b", "second", str(tmp_path / "second"))
    second = Repository.discover(tmp_path / "second")
    assert (second.store / ".git").is_file()
    assert second.common_dir == repository.common_dir
    assert second.git_dir.parent == repository.common_dir / "worktrees"
    assert second.state_dir().is_relative_to(second.git_dir)
    write(second, RECORD, TEXT + "# 2\n")
    made = commits.commit_paths(second, [RECORD], [], "別の作業場所\n", author)
    assert commits.head(second) == made != commits.head(repository)


@pytest.mark.parametrize("where", ["", "nowhere"])
def test_a_folder_outside_git(tmp_path: Path, where: str) -> None:
    with pytest.raises(errors.NotARepository) as caught:
        Repository.discover(tmp_path / where)
    assert caught.value.exit_code == 3
    assert caught.value.cure


def test_a_bare_repository_is_no_store(tmp_path: Path, git: Git) -> None:
    git(tmp_path, "init", "-q", "--bare", "bare")
    with pytest.raises(errors.NotARepository):
        Repository.discover(tmp_path / "bare")


def test_the_git_folder_itself_is_no_store(repository: Repository) -> None:
    with pytest.raises(errors.NotARepository):
        Repository.discover(repository.git_dir)


def test_a_broken_config_is_a_failure_of_git(repository: Repository) -> None:
    with (repository.git_dir / "config").open("a") as config:
        config.write("[core\n")
    with pytest.raises(errors.GitFailed) as caught:
        Repository.discover(repository.store)
    assert "bad config" in caught.value.detail


def test_no_git_on_the_path(tmp_path: Path, repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(errors.GitUnavailable):
        Repository.discover(repository.store)


def test_no_git_at_the_very_first_import(tmp_path: Path) -> None:
    code = (
        "from pathlib import Path\n"
        "from kyoju_tui.history.git import Repository\n"
        "from kyoju_tui.records import errors\n"
        "try:\n    Repository.discover(Path('.'))\n"
        "except errors.GitUnavailable as error:\n    print(error.code)\n"
    )
    environment = {**os.environ, "PATH": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("git-unavailable\n", "")


def test_an_old_git_is_refused(tmp_path: Path, repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    program(tmp_path / "bin" / "git", "echo git version 2.34.1")
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{os.environ['PATH']}")
    with pytest.raises(errors.GitUnavailable) as caught:
        Repository.discover(repository.store)
    assert "2.34.1" in caught.value.detail


def test_a_git_in_the_current_folder_is_not_run(
    tmp_path: Path, repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(repository.store / "git", f"touch {tmp_path}/canary", 'exec /usr/bin/env -i git "$@"')
    monkeypatch.chdir(repository.store)
    monkeypatch.setenv("PATH", f".::{os.environ['PATH']}")
    assert Repository.discover(repository.store).run("version").startswith(b"git version")
    assert not (tmp_path / "canary").exists()


def test_git_variables_of_the_environment_are_ignored(
    repository: Repository, tmp_path: Path, git: Git, author: Author, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "elsewhere"
    other.mkdir()
    git(other, "init", "-q")
    index = tmp_path / "foreign-index"
    canary = tmp_path / "canary"
    runs = program(tmp_path / "runs", f"touch '{canary}'")
    for name, value in {
        "GIT_DIR": str(other / ".git"),
        "GIT_WORK_TREE": str(other),
        "GIT_INDEX_FILE": str(index),
        "GIT_OBJECT_DIRECTORY": str(tmp_path / "objects"),
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": "core.fsmonitor",
        "GIT_CONFIG_VALUE_0": str(runs),
        "GIT_CONFIG_KEY_99": "core.hooksPath",
        "GIT_CONFIG_PARAMETERS": f"'core.fsmonitor={runs}'",
        "GIT_EXTERNAL_DIFF": str(runs),
        "GIT_EDITOR": str(runs),
        "GIT_AUTHOR_NAME": "別人",
        "GIT_COMMITTER_DATE": "@0 +0000",
        "GIT_LITERAL_PATHSPECS": "0",
        "GIT_OPTIONAL_LOCKS": "1",
        "GIT_CEILING_DIRECTORIES": "/",
    }.items():
        monkeypatch.setenv(name, value)
    found = Repository.discover(repository.store)
    assert found.place == repository.place
    use_everything(found, author)
    assert not canary.exists()
    assert not index.exists()
    assert git(repository.top, "log", "-1", "--format=%an %cn").strip() == "住宅課 担当 住宅課 担当"
    assert int(git(repository.top, "log", "-1", "--format=%ct")) > 1_000_000_000


def test_git_sees_no_foreign_variable_but_the_kept_ones(
    repository: Repository, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = home / "own-config"
    settings.write_text("[alias]\n  seen = !env\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
    monkeypatch.setenv("GIT_SSH_COMMAND", "ssh -F none")
    monkeypatch.setenv("GIT_TRACE", str(home / "trace"))
    monkeypatch.setenv("PATH", f".::bin:{os.environ['PATH']}")
    monkeypatch.setenv("GIT_AUTHOR_EMAIL", "x@example.jp")
    lines = repository.run("seen").decode().splitlines()
    names = {line.partition("=")[0]: line.partition("=")[2] for line in lines}
    assert names["GIT_CONFIG_GLOBAL"] == str(settings)
    assert names["GIT_SSH_COMMAND"] == "ssh -F none"
    assert names["GIT_TERMINAL_PROMPT"] == "0"
    assert names["LC_ALL"] == "C.UTF-8"
    assert all(entry.startswith("/") for entry in names["PATH"].split(":"))
    assert not {"GIT_TRACE", "GIT_AUTHOR_EMAIL"} & names.keys()
    assert not (home / "trace").exists()


def test_an_index_of_a_hook_is_used_only_where_asked_for(repository: Repository, tmp_path: Path, git: Git) -> None:
    other = tmp_path / "next-index"
    shutil.copy(repository.git_dir / "index", other)
    write(repository, "staged.toml", "a = 1\n")
    git(repository.top, "add", "staged.toml")
    assert "staged.toml" in commits.tracked(repository)
    assert "staged.toml" not in commits.tracked(Repository.discover(repository.store, index_file=other))


@pytest.mark.parametrize("scope", ["global", "consented"])
def test_no_program_named_in_a_configuration_runs(
    repository: Repository, tmp_path: Path, git: Git, author: Author, scope: str
) -> None:
    """Not even those that the user has in their own settings, or has agreed to in the repository's."""
    canary = tmp_path / "canary"
    runs = program(tmp_path / "runs", f"echo ran $0 $@ >> '{canary}'", "cat")
    hooks = tmp_path / "hooks"
    for hook in (
        "pre-commit",
        "post-commit",
        "prepare-commit-msg",
        "commit-msg",
        "post-index-change",
        "reference-transaction",
    ):
        program(hooks / hook, f"echo hook {hook} >> '{canary}'")
        shutil.copy(program(repository.git_dir / "hooks" / hook, f"echo hook {hook} >> '{canary}'"), hooks)
    where = "--global" if scope == "global" else "--local"
    for key, value in {
        "core.fsmonitor": str(runs),
        "core.hooksPath": str(hooks),
        "core.pager": str(runs),
        "core.editor": str(runs),
        "core.askPass": str(runs),
        "filter.canary.clean": str(runs),
        "filter.canary.smudge": str(runs),
        "filter.canary.required": "true",
        "filter.od=d.process": str(runs),
        "filter.od=d.required": "true",
        "diff.canary.textconv": str(runs),
        "diff.canary.command": str(runs),
        "diff.external": str(runs),
        "merge.canary.driver": str(runs),
        "alias.status": f"!{runs}",
        "alias.log": f"!{runs}",
        "pager.log": str(runs),
        "gc.auto": "1",
        "core.attributesFile": str(tmp_path / "attributes"),
    }.items():
        git(repository.top, "config", where, key, value)
    (tmp_path / "attributes").write_text("*.toml filter=canary diff=canary\n")
    (repository.store / ".gitattributes").write_text(
        "*.toml filter=canary diff=canary merge=canary\nnew* filter=od=d\n"
    )
    if scope == "consented":
        with pytest.raises(errors.HostileConfig) as caught:
            Repository.discover(repository.store)
        Consent().give(repository.store, caught.value.digest)
    use_everything(Repository.discover(repository.store), author)
    assert not canary.exists(), canary.read_text()
    assert git(repository.top, "cat-file", "blob", "HEAD:entries/korei/new.toml", ok=(0, 128)) == TEXT


def test_the_canary_does_sing(repository: Repository, tmp_path: Path, git: Git) -> None:
    """The counter-proof: plain git runs what the test above forbids."""
    canary = tmp_path / "canary"
    runs = program(tmp_path / "runs", f"echo ran $0 $@ >> '{canary}'", "cat")
    git(repository.top, "config", "core.fsmonitor", str(runs))
    git(repository.top, "status")
    assert canary.exists()


def test_a_submodule_with_programs_is_not_looked_into(
    repository: Repository, tmp_path: Path, git: Git, author: Author
) -> None:
    canary = tmp_path / "canary"
    runs = program(tmp_path / "runs", f"touch '{canary}'", "cat")
    part = tmp_path / "part"
    part.mkdir()
    git(part, "init", "-q")
    (part / "x").write_text("1\n")
    git(part, "add", ".")
    git(part, "commit", "-q", "-m", "x")
    git(repository.top, "-c", "protocol.file.allow=always", "submodule", "add", "-q", str(part), "part")
    git(repository.top, "commit", "-q", "-m", "part")
    git(repository.top, "config", "-f", ".gitmodules", "submodule.part.ignore", "none")
    git(repository.top, "config", "--remove-section", "submodule.part")
    git(repository.top / "part", "config", "filter.evil.clean", str(runs))
    (repository.top / "part" / ".gitattributes").write_text("* filter=evil\n")
    (repository.top / "part" / "x").write_text("2\n")
    use_everything(Repository.discover(repository.store), author)
    assert not canary.exists()
    git(repository.top, "status")
    assert canary.exists()


def test_a_setting_that_appears_while_the_program_is_open(repository: Repository, tmp_path: Path, git: Git) -> None:
    commits.dirty_paths(repository)
    git(repository.top, "config", "core.sshCommand", str(tmp_path / "runs"))
    for _ in range(2):
        with pytest.raises(errors.HostileConfig) as caught:
            commits.dirty_paths(repository)
        assert caught.value.keys == ("core.sshcommand",)
    git(repository.top, "config", "--unset", "core.sshCommand")
    assert commits.dirty_paths(repository) == []


def test_a_filter_that_appears_in_the_users_settings_is_switched_off(
    repository: Repository, tmp_path: Path, git: Git
) -> None:
    canary = tmp_path / "canary"
    runs = program(tmp_path / "runs", f"touch '{canary}'", "cat")
    (repository.store / ".gitattributes").write_text("*.toml filter=late\n")
    commits.dirty_paths(repository)
    git(repository.top, "config", "--global", "filter.late.clean", str(runs))
    write(repository, RECORD, TEXT.replace("見", "三"))
    assert (" M", RECORD) in commits.dirty_paths(repository)
    assert not canary.exists()


def test_another_owner_is_refused_with_the_line_for_the_administrator(repository: Repository) -> None:
    if os.geteuid() != 0:
        pytest.skip("needs root to give a repository to another user")
    for file in (repository.store, repository.git_dir):
        os.chown(file, 12345, 12345)
    with pytest.raises(ForeignOwner) as caught:
        Repository.discover(repository.store)
    assert caught.value.exit_code == 3
    assert "git config --global --add safe.directory" in caught.value.cure
    assert "保管 場所" in caught.value.cure
    assert "*" not in caught.value.cure


def test_a_hung_git_is_ended_by_sigterm_in_time(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = shutil.which("git")
    program(
        tmp_path / "bin" / "git",
        f'case "$*" in *status*) ;; *) exec {real} "$@";; esac',
        f"trap 'echo term > {tmp_path}/ended; exit 1' TERM",
        f"echo $$ > {tmp_path}/pid",
        "sleep 60 & wait",
    )
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{os.environ['PATH']}")
    begun = time.monotonic()
    with pytest.raises(errors.GitTimeout) as caught:
        repository.run("status", timeout=0.5)
    assert time.monotonic() - begun < 5
    assert caught.value.exit_code == 3
    assert (tmp_path / "ended").read_text() == "term\n"
    assert not Path(f"/proc/{(tmp_path / 'pid').read_text().strip()}").exists()


def test_a_commit_that_hangs_while_signing_leaves_no_lock(
    repository: Repository, tmp_path: Path, git: Git, author: Author, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A real git that waits for a signing program holds index.lock; SIGTERM lets it clean up."""
    program(tmp_path / "sign", f"ls '{repository.git_dir}' > {tmp_path}/seen; sleep 60")
    git(repository.top, "config", "--global", "commit.gpgSign", "true")
    git(repository.top, "config", "--global", "gpg.program", str(tmp_path / "sign"))
    monkeypatch.setattr(commits, "TIMEOUT", 0.5)
    before = commits.head(repository)
    write(repository, RECORD, TEXT + "# x\n")
    with pytest.raises(errors.GitTimeout):
        commits.commit_paths(repository, [RECORD], [], "署名\n", author)
    assert "index.lock" in (tmp_path / "seen").read_text()
    assert [file.name for file in repository.git_dir.iterdir() if file.name.endswith(".lock")] == []
    assert commits.head(repository) == before
    git(repository.top, "config", "--global", "--unset", "commit.gpgSign")
    assert commits.commit_paths(repository, [RECORD], [], "署名なし\n", author) != before


def test_a_git_that_ignores_sigterm_meets_the_end_after_the_grace(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = shutil.which("git")
    program(
        tmp_path / "bin" / "git",
        f'case "$*" in *status*) ;; *) exec {real} "$@";; esac',
        "trap '' TERM",
        "sleep 60",
    )
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{os.environ['PATH']}")
    monkeypatch.setattr(awaiting, "GRACE", 0.3)
    begun = time.monotonic()
    with pytest.raises(errors.GitTimeout):
        repository.run("status", timeout=0.2)
    assert time.monotonic() - begun < 5


def test_git_has_no_terminal_and_a_session_of_its_own(repository: Repository, home: Path) -> None:
    (home / ".gitconfig").write_text("[alias]\n  where = \"!sh -c 'ps -o sid=,tty= -p $$'\"\n")
    session, terminal = repository.run("where").decode().split()
    assert int(session) != os.getsid(0)
    assert terminal == "?"


def test_failures_carry_what_git_said_without_control_characters_and_credentials(repository: Repository) -> None:
    with pytest.raises(errors.GitFailed) as caught:
        repository.run("cat-file", "blob", "\x1b]52;c;eA==\x07")
    assert "\x1b" not in caught.value.detail
    assert "Not a valid object name" in caught.value.detail
    assert process.said(b"fatal: https://me:secret@host/x\x9b\xff") == "fatal: https://host/x��"


def test_large_input_and_output_at_once(repository: Repository) -> None:
    data = os.urandom(3_000_000)
    blob = repository.run("hash-object", "-w", "--stdin", data=data).decode().strip()
    assert commits.contents(repository, [blob, "0" * 40, blob]) == [data, None, data]


def test_many_threads_read_at_once(repository: Repository) -> None:
    seen: list[bytes | None] = []
    threads = [
        threading.Thread(target=lambda: seen.append(commits.blob_at(repository, "HEAD", RECORD))) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [TEXT.encode()] * 8
