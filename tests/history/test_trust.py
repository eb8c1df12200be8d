"""Which settings are harmless, and how consent to the others is kept."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from kyoju_tui.history import commits
from kyoju_tui.history.git import Repository
from kyoju_tui.history.trust import Consent, Setting, digest, parse_settings, untrusted
from kyoju_tui.records import errors
from tests.conftest import Git
from tests.history.conftest import RECORD, program


def local(key: str, value: str = "x") -> Setting:
    return Setting("local", key, value)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("core.repositoryformatversion", "0"),
        ("core.filemode", "true"),
        ("core.bare", "false"),
        ("core.logallrefupdates", "true"),
        ("core.sharedrepository", "group"),
        ("core.ignorecase", "true"),
        ("core.symlinks", "false"),
        ("core.autocrlf", "true"),
        ("core.eol", "crlf"),
        ("core.compression", "1"),
        ("core.quotepath", "false"),
        ("core.untrackedcache", "true"),
        ("core.precomposeunicode", "true"),
        ("user.name", "山田"),
        ("user.email", "a@b"),
        ("user.signingkey", "ABC"),
        ("remote.origin.url", "ssh://git@host/store.git"),
        ("remote.origin.url", "git@host:store.git"),
        ("remote.origin.url", "/share/store.git"),
        ("remote.共有.pushurl", "https://host/store.git"),
        ("remote.origin.fetch", "+refs/heads/*:refs/remotes/origin/*"),
        ("remote.origin.tagopt", "--no-tags"),
        ("remote.origin.prune", "true"),
        ("branch.main.remote", "origin"),
        ("branch.a.b.merge", "refs/heads/main"),
        ("branch.main.rebase", "true"),
        ("branch.main.description", "x"),
        ("extensions.objectformat", "sha256"),
        ("extensions.worktreeconfig", "true"),
        ("receive.denycurrentbranch", "refuse"),
        ("gc.auto", "0"),
        ("gc.refs/x.reflogexpire", "never"),
        ("pack.threads", "1"),
        ("index.version", "4"),
        ("fetch.prune", "true"),
        ("push.default", "simple"),
        ("pull.rebase", "true"),
        ("pull.ff", "only"),
        ("lfs.repositoryformatversion", "0"),
        ("CORE.Bare", "false"),
    ],
)
def test_harmless(key: str, value: str) -> None:
    assert untrusted([local(key, value)]) == ()


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("core.fsmonitor", "/bin/x"),
        ("core.hookspath", "h"),
        ("core.sshcommand", "x"),
        ("core.pager", "x"),
        ("core.editor", "x"),
        ("core.gitproxy", "x"),
        ("core.askpass", "x"),
        ("core.worktree", "/"),
        ("core.attributesfile", "x"),
        ("core.alternaterefscommand", "x"),
        ("core.bare.x", "true"),
        ("alias.status", "!x"),
        ("filter.lfs.clean", "x"),
        ("diff.x.textconv", "x"),
        ("diff.external", "x"),
        ("merge.x.driver", "x"),
        ("include.path", "x"),
        ("includeif.gitdir:/.path", "x"),
        ("credential.helper", "x"),
        ("credential.https://host.helper", "x"),
        ("url.ext::x.insteadof", "https"),
        ("gpg.program", "x"),
        ("commit.gpgsign", "true"),
        ("extensions.partialclone", "origin"),
        ("submodule.x.update", "!x"),
        ("uploadpack.packobjectshook", "x"),
        ("remote.origin.uploadpack", "x"),
        ("remote.origin.receivepack", "x"),
        ("remote.origin.vcs", "x"),
        ("remote.origin.proxy", "x"),
        ("remote.pushdefault", "x"),
        ("remote.origin.url", "ext::sh -c x"),
        ("remote.origin.url", "::x"),
        ("remote.origin.url", "ext://x"),
        ("remote.origin.url", "EXT::x"),
        ("remote.origin.url", "--upload-pack=x"),
        ("remote.origin.pushurl", "fd::7"),
        ("remote.-x.url", "https://host"),
        ("branch.main.remote", "ext::sh -c x"),
        ("branch.main.mergeoptions", "-s x"),
        ("receive.procreceiverefs", "x"),
        ("receive.x.denyall", "x"),
        ("gc.recentobjectshook", "x"),
        ("fetch.bundleuri", "https://host"),
        ("pull.twohead", "x"),
        ("user.usesomething", "x"),
        ("http.proxy", "x"),
        ("", ""),
    ],
)
@pytest.mark.parametrize("scope", ["local", "worktree", "unknown"])
def test_doubtful(scope: str, key: str, value: str) -> None:
    assert [each.key for each in untrusted([Setting(scope, key, value)])] == [key]


def test_the_users_own_settings_are_the_users_affair() -> None:
    assert untrusted([Setting(scope, "core.pager", "less") for scope in ("system", "global", "command")]) == ()


def test_comments_in_the_attributes_file_are_harmless() -> None:
    assert untrusted([], b"# nothing\n\n  # more\n") == ()
    assert [each.key for each in untrusted([], b"# x\n*.toml filter=x\n")] == ["info/attributes"]


def test_the_digest_hangs_on_keys_and_values_and_not_on_their_order() -> None:
    one, two = local("alias.a", "1"), local("alias.b", "2")
    assert digest([one, two]) == digest([two, one])
    assert len({digest([one]), digest([two]), digest([local("alias.a", "2")]), digest([one, two])}) == 4
    assert digest(untrusted([], b"a b\n")) != digest(untrusted([], b"a c\n"))


def test_settings_as_git_prints_them() -> None:
    listing = b"global\0user.name\n\xe5\xb1\xb1\0local\0core.bare\0worktree\0filter.A.b=c.clean\nx\ny=\xff\0"
    assert parse_settings(listing) == (
        Setting("global", "user.name", "山"),
        Setting("local", "core.bare", ""),
        Setting("worktree", "filter.A.b=c.clean", "x\ny=\udcff"),
    )
    assert parse_settings(listing)[2].parts == ("filter", "A.b=c", "clean")


def test_a_fresh_repository_and_a_clone_are_trusted(repository: Repository, tmp_path: Path, git: Git) -> None:
    git(tmp_path, "clone", "-q", str(repository.top), "clone")
    assert commits.head(Repository.discover(tmp_path / "clone")) == commits.head(repository)


def test_refused_until_agreed_to_and_again_when_it_changes(repository: Repository, tmp_path: Path, git: Git) -> None:
    canary = tmp_path / "canary"
    runs = program(tmp_path / "runs", f"touch '{canary}'")
    git(repository.top, "config", "core.sshCommand", str(runs))
    git(repository.top, "config", "alias.evil", "!x")
    with pytest.raises(errors.HostileConfig) as caught:
        Repository.discover(repository.store)
    refusal = caught.value
    assert refusal.keys == ("alias.evil", "core.sshcommand")
    assert refusal.exit_code == 3
    assert "core.sshcommand" in refusal.message
    assert "git config --local --unset-all alias.evil" in refusal.cure
    consent = Consent(tmp_path / "own" / "consent.json")
    consent.give(repository.store, refusal.digest)
    found = Repository.discover(repository.store, consent=consent)
    assert found.run("status", "--porcelain") == b""
    with pytest.raises(errors.HostileConfig):
        Repository.discover(repository.store)
    git(repository.top, "config", "alias.evil", "!y")
    with pytest.raises(errors.HostileConfig):
        found.run("status")
    assert not canary.exists()


def test_an_included_file_is_named(repository: Repository, tmp_path: Path, git: Git) -> None:
    (tmp_path / "more").write_text("[core]\n  pager = x\n")
    git(repository.top, "config", "include.path", str(tmp_path / "more"))
    with pytest.raises(errors.HostileConfig) as caught:
        Repository.discover(repository.store)
    assert caught.value.keys == ("core.pager", "include.path")


def test_the_settings_of_a_worktree_count(repository: Repository, tmp_path: Path, git: Git) -> None:
    git(repository.top, "config", "extensions.worktreeConfig", "true")
    git(repository.top, "worktree", "add", "-q", "-b", "second", str(tmp_path / "second"))
    git(tmp_path / "second", "config", "--worktree", "core.fsmonitor", "x")
    assert Repository.discover(repository.store).prefix == ""
    with pytest.raises(errors.HostileConfig) as caught:
        Repository.discover(tmp_path / "second")
    assert "git config --worktree --unset-all core.fsmonitor" in caught.value.cure


@pytest.mark.parametrize("kind", ["file", "fifo", "link"])
def test_private_attributes_are_named(repository: Repository, tmp_path: Path, kind: str) -> None:
    file = repository.common_dir / "info" / "attributes"
    file.parent.mkdir(exist_ok=True)
    if kind == "file":
        file.write_text("*.toml diff=x\n")
    elif kind == "fifo":
        os.mkfifo(file)
    else:
        file.symlink_to(tmp_path)
    with pytest.raises(errors.HostileConfig) as caught:
        Repository.discover(repository.store)
    assert caught.value.keys == ("info/attributes",)
    file.unlink()
    assert commits.tracked(Repository.discover(repository.store)) == {RECORD}


def test_a_git_file_that_leads_to_a_hostile_folder(tmp_path: Path, git: Git) -> None:
    git(tmp_path, "init", "-q", "evil")
    git(tmp_path / "evil", "config", "core.fsmonitor", "x")
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / ".git").write_text(f"gitdir: {tmp_path}/evil/.git\n")
    with pytest.raises(errors.HostileConfig):
        Repository.discover(tmp_path / "store")


def test_names_on_the_screen_steer_no_terminal(repository: Repository) -> None:
    with (repository.git_dir / "config").open("a", encoding="utf-8") as config:
        config.write('[alias "\x1b]52;c;eA==\x07"]\n  x = "!y"\n')
    with pytest.raises(errors.HostileConfig) as caught:
        Repository.discover(repository.store)
    assert all(letter.isprintable() for letter in caught.value.message + caught.value.cure + "".join(caught.value.keys))


def test_consent_is_kept_by_path_in_the_users_folder(tmp_path: Path, home: Path) -> None:
    Consent().give(tmp_path, "a" * 64)
    assert json.loads((home / ".config/kyoju-tui/consent.json").read_text())["schema"] == 1
    assert Consent().given(tmp_path, "a" * 64)
    assert not Consent().given(tmp_path, "b" * 64)
    assert not Consent().given(tmp_path / "other", "a" * 64)
    Consent().give(tmp_path, "b" * 64)
    assert not Consent().given(tmp_path, "a" * 64)


@pytest.mark.parametrize("content", ["", "[]", '{"consents": []}', '{"consents": {"/": 1}}', "\udcff{"])
def test_a_broken_consent_file_is_no_consent(tmp_path: Path, content: str) -> None:
    consent = Consent(tmp_path / "consent.json")
    consent.file.write_bytes(content.encode("utf-8", "surrogateescape"))
    assert not consent.given(Path("/"), "1")
    consent.give(tmp_path, "1")
    assert consent.given(tmp_path, "1")


def test_a_consent_that_cannot_be_kept_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(errors.ReadOnly):
        Consent(tmp_path / "file" / "consent.json").give(tmp_path, "1")
