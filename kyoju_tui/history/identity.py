"""Who is saving: a name and a mail address for git, said by a person, never invented."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from kyoju_tui.history.git import Repository
from kyoju_tui.records import errors

VARIABLE: Final = "KYOJU_USER"
"""The environment variable that names the user as `氏名 <mail>`."""

_FORM: Final = re.compile(r"\s*([^<>]+?)\s*<\s*([^<>]*?)\s*>\s*")
# git drops these from both ends of a name, so they are dropped here, where the user can see it.
_CRUD: Final = " .,:;\"\\'"
_INVISIBLE: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_LONGEST: Final = 200


@dataclass(frozen=True, slots=True)
class Author:
    """A staff member as git keeps them.

    Errors: `InvalidValue` (fields `name`, `email`) for anything that git would cut, change or misread.
    """

    name: str
    email: str

    def __post_init__(self) -> None:
        if not self.name or self.name != self.name.strip(_CRUD) or not _plain(self.name):
            raise _invalid("氏名が空か、使えない文字（改行・制御文字・<>など）を含んでいます。", "name")
        if not self.email or not _plain(self.email) or any(letter.isspace() for letter in self.email):
            raise _invalid("メールアドレスが空か、使えない文字（空白・制御文字・<>など）を含んでいます。", "email")

    def __str__(self) -> str:
        return f"{self.name} <{self.email}>"


def parse_author(text: str) -> Author:
    """Return the author that `氏名 <mail>` names. Errors: `InvalidValue`."""
    found = _FORM.fullmatch(unicodedata.normalize("NFC", text))
    if found is None or not _plain(text, but="<>"):
        raise _invalid("だれの記録かを読み取れません。「氏名 <メールアドレス>」の形で指定してください。", "author")
    return Author(found[1].strip(_CRUD), found[2])


def find_author(explicit: str | None, environment: Mapping[str, str], repository: Repository) -> Author | None:
    """Return who is saving: `explicit` (from `--as`), else `KYOJU_USER`, else the user's git settings, else None.

    From git's settings both `user.name` and `user.email` are needed. Errors: `InvalidValue` for the first that is set
    and cannot be used: a mistyped name is not silently replaced by another person's.
    """
    if explicit is not None:
        return parse_author(explicit)
    if environment.get(VARIABLE, "").strip():
        return parse_author(environment[VARIABLE])
    repository.recheck()
    name, email = repository.setting("user.name", "").strip(), repository.setting("user.email", "").strip()
    if not name or not email:
        return None
    return Author(unicodedata.normalize("NFC", name).strip(_CRUD), email)


def require_author(explicit: str | None, environment: Mapping[str, str], repository: Repository) -> Author:
    """Return what `find_author` finds. Errors: `NoIdentity` where that is nobody."""
    author = find_author(explicit, environment, repository)
    if author is None:
        raise errors.NoIdentity(
            "だれの記録かが分からないため、記録しませんでした。何も変えていません。",
            cure=f'--as "氏名 <メールアドレス>" を付けるか、環境変数 {VARIABLE} に同じ形で設定してください。',
        )
    return author


def _plain(text: str, but: str = "") -> bool:
    """Tell whether a text is short and holds neither invisible characters nor `<` and `>` (unless in `but`)."""
    return len(text) <= _LONGEST and not any(
        (letter in "<>" and letter not in but) or unicodedata.category(letter) in _INVISIBLE for letter in text
    )


def _invalid(message: str, field: str) -> errors.InvalidValue:
    return errors.InvalidValue(message, field=field, cure='例: --as "住宅課 担当 <jutaku@city.example.jp>"')
