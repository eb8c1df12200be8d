"""Which settings of a repository are harmless, and which a person has to agree to.

A repository's own configuration can name programs that git runs even for `git status`. Everything outside a short
allow-list is therefore named and refused, until the user has agreed to exactly these settings of this store.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from shlex import quote
from typing import Final, cast

from kyoju_tui.records import errors

_PLAIN: Final = frozenset(
    {
        *(
            f"core.{name}"
            for name in (
                "repositoryformatversion",
                "filemode",
                "bare",
                "logallrefupdates",
                "sharedrepository",
                "ignorecase",
                "symlinks",
                "autocrlf",
                "eol",
                "compression",
                "quotepath",
                "untrackedcache",
                "precomposeunicode",
            )
        ),
        "user.name",
        "user.email",
        "user.signingkey",
        "extensions.objectformat",
        "extensions.worktreeconfig",
        "pull.rebase",
        "pull.ff",
        "lfs.repositoryformatversion",
    }
)
_NAMED: Final = {
    "remote": frozenset({"url", "pushurl", "fetch", "tagopt", "prune"}),
    "branch": frozenset({"remote", "merge", "rebase", "description"}),
}
_WHOLE: Final = frozenset({"gc", "pack", "index", "fetch", "push"})
# Members of sections that are otherwise harmless: the first runs a program, the others reach a foreign address.
_EXCEPT: Final = frozenset({"gc.recentobjectshook", "fetch.bundleuri", "fetch.bundlecreationtoken"})
_ADDRESSES: Final = frozenset({("remote", "url"), ("remote", "pushurl"), ("branch", "remote")})
_HELPER: Final = re.compile(r"[A-Za-z0-9+.-]*::")
_SCHEME: Final = re.compile(r"([A-Za-z0-9+.-]+)://")
_SCHEMES: Final = frozenset({"https", "http", "ssh", "git", "git+ssh", "ssh+git", "file"})
_OWN_SCOPES: Final = frozenset({"system", "global", "command"})

ATTRIBUTES: Final = "info/attributes"
"""The key under which the repository's private attributes file is named."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One line of git's configuration. `key` is as git prints it: section and name in lower case."""

    scope: str
    key: str
    value: str

    @property
    def parts(self) -> tuple[str, str, str]:
        """Section, subsection ("" where there is none) and name."""
        section, _, rest = self.key.partition(".")
        subsection, _, name = rest.rpartition(".")
        return section.lower(), subsection, name.lower()


def parse_settings(listing: bytes) -> tuple[Setting, ...]:
    """Return what `git config --list --show-scope -z` printed, in its order."""
    words = listing.decode("utf-8", "surrogateescape").split("\0")
    settings: list[Setting] = []
    for scope, line in zip(words[0::2], words[1::2], strict=False):
        key, _, value = line.partition("\n")
        settings.append(Setting(scope, key, value))
    return tuple(settings)


def untrusted(settings: Iterable[Setting], attributes: bytes = b"") -> tuple[Setting, ...]:
    """Return the settings of the repository and the worktree that are outside the allow-list, sorted.

    `attributes` are the bytes of `info/attributes`; anything but comments in it counts as one setting.
    """
    found = [each for each in settings if each.scope not in _OWN_SCOPES and not _harmless(each)]
    lines = (line.strip() for line in attributes.splitlines())
    if any(line and not line.startswith(b"#") for line in lines):
        found.append(Setting("local", ATTRIBUTES, hashlib.sha256(attributes).hexdigest()))
    return tuple(sorted(found, key=lambda each: (each.key, each.value, each.scope)))


def digest(settings: Iterable[Setting]) -> str:
    """Return the hash that consent is bound to: sha256, in hex, over the sorted `key=value` lines."""
    lines = sorted(f"{each.key}={each.value}" for each in settings)
    return hashlib.sha256("\0".join(lines).encode("utf-8", "surrogateescape")).hexdigest()


def hostile(settings: Sequence[Setting]) -> errors.HostileConfig:
    """Return the refusal that names these settings and what an administrator does about them."""
    keys = tuple(dict.fromkeys(_shown(each.key) for each in settings))
    named = "、".join(keys[:5]) + (f" ほか{len(keys) - 5}件" if len(keys) > 5 else "")
    commands = dict.fromkeys(_removal(each) for each in settings[:5])
    return errors.HostileConfig(
        f"リポジトリの設定に、許可していない項目があります（{named}）。何も実行せず、何も書き込んでいません。",
        keys=keys,
        digest=digest(settings),
        cure=f"心当たりがなければ使わず、管理者に次の操作を依頼してください: {' ; '.join(commands)}",
    )


def _harmless(setting: Setting) -> bool:
    section, subsection, name = setting.parts
    if setting.key.lower() in _PLAIN:
        return True
    if section in _NAMED:
        if name not in _NAMED[section] or not subsection or subsection.startswith("-"):
            return False
        return (section, name) not in _ADDRESSES or _plain_address(setting.value)
    if section == "receive":
        return not subsection and name.startswith("deny")
    return section in _WHOLE and f"{section}.{name}" not in _EXCEPT


def _plain_address(address: str) -> bool:
    """Tell whether an address neither looks like an option nor names a helper program (`ext::…`, `ext://…`)."""
    scheme = _SCHEME.match(address)
    return (
        not address.startswith("-")
        and _HELPER.match(address) is None
        and (scheme is None or scheme[1].lower() in _SCHEMES)
    )


def _shown(key: str) -> str:
    return "".join(letter if letter.isprintable() else "�" for letter in key)[:120]


def _removal(setting: Setting) -> str:
    if setting.key == ATTRIBUTES:
        return f"rm .git/{ATTRIBUTES}"
    scope = "worktree" if setting.scope == "worktree" else "local"
    return f"git config --{scope} --unset-all {quote(_shown(setting.key))}"


class Consent:
    """What the user has agreed to, kept in the user's own configuration folder by store path and digest."""

    def __init__(self, file: Path | None = None) -> None:
        if file is None:
            from platformdirs import user_config_dir

            file = Path(user_config_dir("kyoju-tui")) / "consent.json"
        self.file = file

    def given(self, store: Path, digest: str) -> bool:
        """Tell whether the user has agreed to these settings (`HostileConfig.digest`) of this store."""
        return self._read().get(str(store.resolve())) == digest

    def give(self, store: Path, digest: str) -> None:
        """Remember that the user agreed. Other settings of the same store have to be agreed to again.

        Errors: `ReadOnly` where the user's configuration folder cannot be written.
        """
        kept = {**self._read(), str(store.resolve()): digest}
        text = json.dumps({"schema": 1, "consents": kept}, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            descriptor, name = tempfile.mkstemp(dir=self.file.parent, prefix=".consent-")
            with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
                stream.write(text)
            Path(name).replace(self.file)
        except OSError as error:
            raise errors.ReadOnly(
                "許可した内容を保存できませんでした。記録には影響ありません。",
                cure=f"{self.file.parent} に書き込めるか確かめてください。",
                detail=str(error),
            ) from error

    def _read(self) -> dict[str, str]:
        """Return digests by store path. A file that cannot be understood is no consent, so the user is asked again."""
        try:
            content = json.loads(self.file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        consents = cast("dict[str, object]", content).get("consents") if isinstance(content, dict) else None
        if not isinstance(consents, dict):
            return {}
        return {path: value for path, value in cast("dict[str, object]", consents).items() if isinstance(value, str)}
