"""Issues that chain: which issue stands behind which, as a tree from causes to effects (handbook 1-1(2)).

An issue may have several causes and so stand in several places; below the first place its effects are not repeated.
A ring of causes is shown and named, never followed twice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from kyoju_tui.records.ids import Ref
from kyoju_tui.records.snapshot import Snapshot

Mark = Literal["", "再掲", "循環"]


@dataclass(frozen=True, slots=True)
class Branch:
    """One place of an issue in the tree.

    `cause` is the issue above it (None for a root), `mark` tells that its effects stand elsewhere (再掲) or that it
    is its own cause by way of others (循環; then `ring` are the issues of the ring, from cause to effect).
    """

    ref: Ref
    depth: int
    cause: Ref | None = None
    mark: Mark = ""
    ring: tuple[Ref, ...] = ()


@dataclass(frozen=True)
class Causes:
    """All issues with what stands behind them (`behind`) and what they lead to (`effects`)."""

    issues: tuple[Ref, ...]
    behind: Mapping[Ref, tuple[Ref, ...]]
    effects: Mapping[Ref, tuple[Ref, ...]]

    @property
    def linked(self) -> frozenset[Ref]:
        """Those with a cause or an effect."""
        return frozenset(self.behind) | frozenset(self.effects)

    def tree(self, within: Collection[Ref] | None = None) -> tuple[Branch, ...]:
        """Every issue (of those `within`) under its causes; chains first, the longest-reaching first, then the rest."""
        issues = self.issues if within is None else tuple(ref for ref in self.issues if ref in within)
        kept = frozenset(issues)
        seen: set[Ref] = set()
        roots = [ref for ref in issues if not any(cause in kept for cause in self.behind.get(ref, ()))]
        chained = [ref for ref in roots if any(effect in kept for effect in self.effects.get(ref, ()))]
        first = frozenset(chained)
        alone = dict.fromkeys(ref for ref in roots if ref not in first)
        found: list[Branch] = []
        for root in sorted(chained, key=lambda ref: -len(self.effects[ref])):
            found += self._below(root, kept, seen)
        # What is left hangs in rings without a beginning.
        for ref in issues:
            if ref not in seen and ref not in alone:
                found += self._below(ref, kept, seen)
        return (*found, *(Branch(ref, 0) for ref in alone))

    def _below(self, root: Ref, kept: Collection[Ref], seen: set[Ref]) -> Iterator[Branch]:
        path: list[Ref] = []
        waiting: list[tuple[Ref, int, Ref | None]] = [(root, 0, None)]
        while waiting:
            ref, depth, cause = waiting.pop()
            del path[depth:]
            if ref in path:
                yield Branch(ref, depth, cause, "循環", tuple(path[path.index(ref) :]))
                continue
            effects = [effect for effect in self.effects.get(ref, ()) if effect in kept]
            if ref in seen:
                yield Branch(ref, depth, cause, "再掲" if effects else "")
                continue
            seen.add(ref)
            yield Branch(ref, depth, cause)
            path.append(ref)
            waiting += [(effect, depth + 1, ref) for effect in reversed(effects)]

    def around(self, refs: Iterable[Ref]) -> frozenset[Ref]:
        """These issues with everything behind them and everything they lead to, so that chains are read whole."""
        start = tuple(refs)
        return frozenset(start) | _reached(start, self.behind) | _reached(start, self.effects)

    def led_to(self, ref: Ref) -> frozenset[Ref]:
        """Everything that follows from an issue."""
        return _reached((ref,), self.effects)

    def led_from(self, ref: Ref) -> frozenset[Ref]:
        """Everything that stands behind an issue, near and far."""
        return _reached((ref,), self.behind)


def causes(snapshot: Snapshot) -> Causes:
    """The issues of a store across departments, in the order of their paths."""
    behind: dict[Ref, tuple[Ref, ...]] = {}
    effects: dict[Ref, list[Ref]] = defaultdict(list)
    named: set[Ref] = set()
    for ref, entry in snapshot.entries.items():
        known = dict.fromkeys(snapshot.by_id("entry", cause) for cause in entry.causes)
        found = tuple(cause for cause in known if cause is not None)
        if found:
            behind[ref] = found
            named.update((ref, *found))
            for cause in found:
                effects[cause].append(ref)
    issues = tuple(ref for ref, entry in snapshot.entries.items() if entry.kind == "課題" or ref in named)
    return Causes(issues, behind, {ref: tuple(found) for ref, found in effects.items()})


def of_area(snapshot: Snapshot, area: str) -> tuple[Ref, ...]:
    """The issues that name an area."""
    return tuple(ref for ref, entry in snapshot.entries.items() if entry.kind == "課題" and area in entry.areas)


def _reached(start: Iterable[Ref], steps: Mapping[Ref, tuple[Ref, ...]]) -> frozenset[Ref]:
    found: set[Ref] = set()
    waiting = list(start)
    while waiting:
        for following in steps.get(waiting.pop(), ()):
            if following not in found:
                found.add(following)
                waiting.append(following)
    return frozenset(found)
