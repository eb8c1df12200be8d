"""Which department or category a sheet's word stands for: as written here, as it was settled, or nobody's.

Nothing is guessed: a word that is only like a name comes back with that name as a suggestion.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal, TypeAlias

from kyoju_tui.records.folding import fold
from kyoju_tui.records.snapshot import Snapshot

Named: TypeAlias = Literal["department", "category"]
LEFT_OUT: Final = ""
"""What a word means that is to be left out."""

_ENDINGS: Final = ("課", "室", "局", "部", "係")
_BRACKETS: Final = re.compile(r"[（(].*?[）)]")
_SEPARATORS: Final = re.compile(r"[、，,・/／\n;；]+")
_SECTION: Final = re.compile(r"[^\s　]{1,20}(?:係|班|グループ|担当|チーム)")
_NUMBERED: Final = re.compile(
    r"^(?:[\s　]*(?:[①-⑳Ⅰ-Ⅻ]|[(（]?[0-9０-９]{1,2}[)）.．、:：]|[0-9０-９]{1,2}(?=[\s　])|[■●○◆◇※＊*]))+[\s　]*(?=\S)"
)
_BUREAUS: Final = ("部", "局")
_LIKE: Final = 70


@dataclass(frozen=True, slots=True)
class Created:
    """A department or category that does not exist yet and is to be made in the same save."""

    kind: Named
    id: str
    name: str
    reading: str = ""


@dataclass(frozen=True, slots=True)
class Decisions:
    """What a person settled: `means` by kind and folded word (`LEFT_OUT`: is left out), what is to be `created`, and
    the department and category of what names none.
    """  # noqa: D205

    means: Mapping[tuple[Named, str], str] = field(default_factory=dict[tuple[Named, str], str])
    created: tuple[Created, ...] = ()
    department: str = ""
    category: str = ""

    def meaning(self, kind: Named, word: str, record_id: str) -> Decisions:
        """With one word settled."""
        return Decisions({**self.means, (kind, fold(word)): record_id}, self.created, self.department, self.category)

    def making(self, made: Created, word: str) -> Decisions:
        """With a word that stands for something to be made."""
        after = self.meaning(made.kind, word, made.id)
        kept = tuple(each for each in self.created if (each.kind, each.id) != (made.kind, made.id))
        return Decisions(after.means, (*kept, made), after.department, after.category)


@dataclass(frozen=True, slots=True)
class Meant:
    """A word understood: the id (None: nobody's, `LEFT_OUT`: to be left out), further departments that it names, the
    section, and what of it was not taken (to be kept as a note).
    """  # noqa: D205

    id: str | None
    others: tuple[str, ...] = ()
    section: str = ""
    rest: str = ""


def unnumbered(word: str) -> str:
    """A name without the number or bullet that a sheet puts before it: 「１　住まい」「(2)子育て」."""
    return _NUMBERED.sub("", word)


class Names:
    """The departments and categories of one moment by what people call them."""

    def __init__(self, snapshot: Snapshot, today: date, decisions: Decisions) -> None:
        self.decisions = decisions
        self._departments = _departments(snapshot, today)
        self._categories = _categories(snapshot)
        for each in decisions.created:
            known = self._departments if each.kind == "department" else self._categories
            known.setdefault(fold(each.name), each.id)
        self._bureaus = {fold(each.bureau) for each in snapshot.departments.values() if each.bureau}
        self._called = {
            "department": [each.name for each in snapshot.departments_in_use(today).values()],
            "category": [each.name for each in snapshot.categories_in_use.values()],
        }
        # Words that were taken for a department though they are not quite its name: told, never kept silent.
        self.loosely: dict[str, str] = {}
        self.titles: dict[tuple[str, str], str] = {
            **{("department", key): each.name for key, each in snapshot.departments.items()},
            **{("category", key): each.name for key, each in snapshot.categories.items()},
            **{(each.kind, each.id): each.name for each in decisions.created},
        }

    def title(self, kind: Named, record_id: str) -> str:
        """What the record is called."""
        return self.titles.get((kind, record_id), record_id)

    def find(self, kind: Named, word: str) -> str | None:
        """The id that a word stands for; `LEFT_OUT` where somebody settled that; None where it is nobody's."""
        folded = fold(word)
        settled = self.decisions.means.get((kind, folded))
        if settled is not None:
            return settled
        known = self._departments if kind == "department" else self._categories
        bare_word = unnumbered(word)
        found = known.get(folded) or known.get(fold(_BRACKETS.sub("", word))) or known.get(fold(bare_word))
        found = found or known.get(fold(_BRACKETS.sub("", bare_word)))
        if found or kind == "category":
            return found
        bare = fold(word).strip("■●○◆【】[]<>")
        if bare in known:
            return known[bare]
        # A bureau has several departments: none of them is meant by its name.
        stem = None if bare.endswith(_BUREAUS) else known.get(_stem(bare))
        if stem is not None:
            self.loosely[" ".join(word.split())] = stem
        return stem

    def department(self, word: str) -> Meant:
        """The department that a cell names, with its bureau, section and others beside it."""
        whole = self.find("department", word)
        if whole is not None:
            return Meant(whole)
        found: list[str] = []
        section, rest = "", ""
        for part in (each.strip() for each in _SEPARATORS.split(word) if each.strip()):
            one, its_section, more = self._within(part)
            if one is None:
                return Meant(None)
            if one != LEFT_OUT:
                found.append(one)
            section, rest = section or its_section, "・".join(filter(None, (rest, more)))
        if not found:
            return Meant(None)
        return Meant(found[0], tuple(dict.fromkeys(found[1:])), section, rest)

    def suggestion(self, kind: Named, word: str) -> str:
        """The name that is most like a word; empty where none is."""
        from rapidfuzz import fuzz, process

        names = self._called[kind]
        found = process.extractOne(
            fold(word)[:100], [fold(each) for each in names], scorer=fuzz.WRatio, score_cutoff=_LIKE
        )
        return names[found[2]] if found is not None else ""

    def _within(self, part: str) -> tuple[str | None, str, str]:
        """A department's name with other words around it: 福祉部 高齢福祉課 介護予防係."""
        whole = self.find("department", part)
        if whole is not None:
            return whole, "", ""
        brackets = "".join(_BRACKETS.findall(part))
        words = _BRACKETS.sub(" ", part).split()
        joined = fold("".join(words))
        names = [name for name in self._departments if len(name) >= 2 and name in joined]
        if not names:
            return None, "", ""
        name = max(names, key=len)
        before, _, after = joined.partition(name)
        if before and before not in self._bureaus and not before.endswith(("部", "局", "市", "町", "村", "区", "本部")):
            return None, "", ""
        tail = next((word for word in words if _SECTION.fullmatch(word) and fold(word) in after), "")
        known = not after or fold(tail) == after
        if not known and not after.startswith(tuple("ァ-")) and not _SECTION.fullmatch(after):
            return None, "", ""
        rest = "" if known and before in ("", *self._bureaus) and not brackets else part
        return self._departments[name], tail or (after or ""), rest


def _departments(snapshot: Snapshot, today: date) -> dict[str, str]:
    """Ids by folded name, short name and name without its ending; a department that is gone stands for its heir."""
    in_use = snapshot.departments_in_use(today)
    exact: dict[str, str | None] = {}
    stems: dict[str, str | None] = {}
    for key, each in snapshot.departments.items():
        heir, seen = key, {key}
        while heir not in in_use and (after := snapshot.departments[heir].successor) in snapshot.departments:
            if after is None or after in seen:
                break
            heir = after
            seen.add(heir)
        for name in filter(None, (each.name, each.short, key)):
            exact[fold(name)] = heir if exact.get(fold(name), heir) == heir else None
        for name in filter(None, (each.name, each.short)):
            stem = _stem(fold(name))
            stems[stem] = heir if stems.get(stem, heir) == heir else None
    found = {name: key for name, key in stems.items() if key is not None and len(name) > 1 and name not in exact}
    return {**found, **{name: key for name, key in exact.items() if key is not None}}


def _categories(snapshot: Snapshot) -> dict[str, str]:
    found: dict[str, str | None] = {}
    for key, each in snapshot.categories.items():
        heir, seen = key, {key}
        while (after := snapshot.categories[heir].merged_into) in snapshot.categories and after not in seen:
            if after is None:
                break
            heir = after
            seen.add(heir)
        if heir not in snapshot.categories_in_use:
            continue
        for name in filter(None, (each.name, each.short, key)):
            folded = fold(name)
            found[folded] = heir if found.get(folded, heir) == heir else None
            plain = folded.replace("・", "").replace("/", "")
            found[plain] = heir if found.get(plain, heir) == heir else None
    return {name: key for name, key in found.items() if key is not None}


def _stem(name: str) -> str:
    for ending in _ENDINGS:
        if name.endswith(ending) and len(name) > len(ending) + 1:
            return name.removesuffix(ending)
    return name
