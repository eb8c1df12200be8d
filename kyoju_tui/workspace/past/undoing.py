"""Saves taken back: what every file held before, field by field, so that what others changed since stays.

Taking back is a save of its own. For each record the state after the commit is the base, the present state one side and
the state before the commit the other; what both changed is a person's to decide, and nothing is done before that.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pydantic import ValidationError

from kyoju_tui.files import codec
from kyoju_tui.files.layout import is_figures, owner
from kyoju_tui.history import log
from kyoju_tui.history.commits import head, resolve
from kyoju_tui.history.moments import contains
from kyoju_tui.records.base import Record
from kyoju_tui.records.errors import BrokenRecord, Clash, InvalidValue, UnknownRef
from kyoju_tui.records.explain import faults
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.kinds import kind_of
from kyoju_tui.records.merge import Conflicts, merge
from kyoju_tui.records.placing import DEPARTMENT
from kyoju_tui.records.plain import Plain, to_plain
from kyoju_tui.records.problems import Problem
from kyoju_tui.workspace.past.recorded import Turn, read_turns
from kyoju_tui.workspace.requests import Base, Change, Put, PutBack, PutFigures, Remove, Request
from kyoju_tui.workspace.saving.contest import Contest, Contested
from kyoju_tui.workspace.saving.rules import refuse_dangling, refuse_loss

if TYPE_CHECKING:
    from kyoju_tui.workspace.workspace import Workspace

UNDO: Final = "元に戻す："
REDO: Final = "やり直す："
_LOG_CURE: Final = "履歴で確かめてください。"


def undoing(workspace: Workspace) -> Request:
    """What takes one's own last save back that has not been taken back.

    Errors: `NoIdentity`; `UnknownRef` where there is none; those of `taking_back`.
    """
    commit = _last_save(workspace)
    if commit is None:
        raise UnknownRef("元に戻せる自分の記録はありません。", cure=_LOG_CURE)
    return taking_back(workspace, commit)


def redoing(workspace: Workspace) -> Request:
    """What takes one's own last undo back, as long as one has not saved anything else since.

    Errors: `NoIdentity`; `UnknownRef` where there is none; those of `taking_back`.
    """
    commit = _last_undo(workspace)
    if commit is None:
        raise UnknownRef(
            "やり直せる「元に戻す」はありません。",
            cure="元に戻したあとに新しく記録すると、やり直しはできなくなります。" + _LOG_CURE,
        )
    return taking_back(workspace, commit)


def taking_back(workspace: Workspace, commit: str) -> Request:
    """What takes any save back, whoever made it and whatever came after it.

    Errors: `UnknownRef` for a commit that is not in the history, `InvalidValue` for one that cannot be taken back,
    `Contested` where the same field was changed since, `Clash` where there is nothing to choose, `StillReferred` where
    others would then refer to nothing, `BrokenRecord`.
    """
    repository = workspace.repository
    full = resolve(repository, commit)
    start = head(repository)
    if start is None or not contains(repository, start, full):
        raise UnknownRef("その記録は、この保管場所の履歴にはありません。", cure=_LOG_CURE)
    found = next(iter(log.named(repository, [full])), None)
    if found is None:
        raise _nothing()
    if found.merge:
        raise InvalidValue(
            "受信は、まとめて元に戻せません。何も変えていません。",
            cure="履歴で、届いた保存を1件ずつ選んで元に戻すか、記録ごとに、受信の前の内容へ戻してください。",
        )
    (turns,) = read_turns(repository, [found])
    figures = [path for _, path in found.paths if is_figures(path)]
    versions = log.changes(repository, [(full, path) for path in figures])
    found_back = [each for turn in turns for each in _taken_back(workspace, turn)]
    contests = [each for each in found_back if isinstance(each, Contest)]
    changes: list[Change] = [each.change if isinstance(each, Contest) else each for each in found_back]
    beside = (_figures_back(workspace, owner(path), *each) for path, each in zip(figures, versions, strict=True))
    changes += [change for change in beside if change is not None]
    if not changes:
        raise _nothing()
    if any(change.ref == "store" and isinstance(change, PutBack) and change.data is None for change in changes):
        raise UnknownRef("元に戻せる自分の記録はありません（残るのは、保管場所を作った記録だけです）。", cure=_LOG_CURE)
    _refuse(changes, workspace)
    request = Request(tuple(changes), "restore", _subject(found), full)
    if contests:
        raise Contested(request, contests, workspace.snapshot.name)
    return request


def _nothing() -> InvalidValue:
    return InvalidValue("この記録には、元に戻せる変更がありません。何も変えていません。", cure=_LOG_CURE)


def _last_save(workspace: Workspace) -> str | None:
    email, undone = workspace.require_author().email, set[str]()
    for commit in workspace.past.saves():
        if not commit.ours or commit.commit in undone:
            continue
        if commit.undoes:
            undone.add(commit.undoes)
        elif commit.email == email:
            return commit.commit
    return None


def _last_undo(workspace: Workspace) -> str | None:
    email, undone = workspace.require_author().email, set[str]()
    for commit in workspace.past.saves():
        if not commit.ours or commit.commit in undone:
            continue
        undone |= {commit.undoes} - {""}
        if commit.email != email:
            continue
        if not commit.undoes:
            return None
        if not _undoes(workspace, commit.undoes):
            return commit.commit
    return None


def _undoes(workspace: Workspace, commit: str) -> bool:
    """Whether this commit took another one back, so that taking it back does that one again."""
    found = log.heads(workspace.repository, commit, limit=1)
    return bool(found and found[0].undoes)


def _subject(commit: log.Commit) -> str:
    """`元に戻す：` and the subject; an undo that is taken back is told by the save that it was of."""
    subject = commit.subject
    if commit.undoes and subject.startswith(UNDO):
        return f"{REDO}{subject.removeprefix(UNDO)}"
    return f"{UNDO}{subject.removeprefix(REDO) if commit.undoes else subject}"


@dataclass(frozen=True, slots=True)
class _Now:
    """Where a record lies now, and what its file holds; None where it is not there."""

    place: Ref
    data: bytes | None


def _taken_back(workspace: Workspace, turn: Turn) -> Iterator[Change | Contest]:
    """The changes of files that take one record's turn back, or what is contested in it."""
    now = _now(workspace, turn)
    if turn.former is None:
        if now.data is not None:
            yield PutBack(now.place, None, _unchanged(workspace, turn, now, turn.latter, turn.after))
    elif turn.latter is None:
        if now.data is None:
            yield PutBack(turn.former, turn.before, None)
        else:
            _unchanged(workspace, turn, now, turn.former, turn.before)
    elif now.data is None:
        raise _clash(workspace, turn.ref, "その後に削除されている")
    else:
        yield from _changed_back(workspace, turn, now, now.data)


def _now(workspace: Workspace, turn: Turn) -> _Now:
    """Where the record lies now: an entry may be with another department since."""
    place = turn.ref
    if place.department is not None:
        place = workspace.snapshot.by_id("entry", place.id) or place
    return _Now(place, workspace.base(place).data)


def _unchanged(workspace: Workspace, turn: Turn, now: _Now, place: Ref | None, data: bytes | None) -> bytes | None:
    """What the file holds, provided that it is just this. Errors: `Clash`: a deletion against a change."""
    if (now.place, now.data) != (place, data):
        raise _clash(workspace, turn.ref, "その後に変更されている")
    return data


def _changed_back(workspace: Workspace, turn: Turn, now: _Now, data: bytes) -> Iterator[Change | Contest]:
    """A record that was there before, is after, and is now: its place and its fields, each by itself."""
    place, goal = _place(workspace, turn, now), _data(workspace, turn, data, now.place)
    if isinstance(goal, Contest):
        if place != now.place:
            labels = "、".join(conflict.label for conflict in goal.conflicts)
            fields = tuple(conflict.field for conflict in goal.conflicts)
            raise _clash(workspace, now.place, f"その後に同じ項目が変更されている（{labels}）", fields)
        yield goal
    elif place != now.place:
        yield PutBack(now.place, None, data)
        yield PutBack(place, goal if isinstance(goal, bytes) else _rendered(goal, data), None)
    elif isinstance(goal, Record):
        yield Put(place, goal, Base(place, data))
    elif goal != data:
        yield PutBack(place, goal, data)


def _place(workspace: Workspace, turn: Turn, now: _Now) -> Ref:
    former = turn.former or now.place
    if now.place in (turn.latter, former):
        return former
    if former == turn.latter:
        return now.place
    raise _clash(workspace, turn.ref, "その後にほかの部署へ移されている", (DEPARTMENT.name,))


def _data(workspace: Workspace, turn: Turn, data: bytes, ref: Ref) -> bytes | Record | Contest:
    """What the file is to hold: the very bytes where nobody changed them since, else both changes as a record."""
    if data == turn.after and turn.before is not None:
        return turn.before
    if turn.before in (turn.after, data):
        return data
    after, before, ours = (_plain(each, ref, turn.model) for each in (turn.after, turn.before, data))
    merged = merge(after, ours, before, turn.model, name=workspace.snapshot.name)
    if isinstance(merged, Conflicts):
        return _contest(workspace, turn, data, ref)
    try:
        return turn.model.model_validate(merged.plain)
    except ValidationError as error:
        fault = faults(error, turn.model)[0]
        why = f"その後の変更と合わせると規則に合わなくなる（{fault.label or '全体'}：{fault.message}）"
        raise _clash(workspace, ref, why, (fault.field,)) from error


def _contest(workspace: Workspace, turn: Turn, data: bytes, ref: Ref) -> Contest:
    """A person's question: what is saved would be the record before the commit, against the one that stands now.

    Errors: `BrokenRecord` for a version that is none by today's rules: there is nothing to choose between then.
    """
    after, before, now = (_record(each, ref, turn.model) for each in (turn.after, turn.before, data))
    base, ours, theirs = (to_plain(each) for each in (after, before, now))
    merged = merge(base, ours, theirs, turn.model, name=workspace.snapshot.name)
    if not isinstance(merged, Conflicts):
        raise _clash(workspace, ref, "その後に変更されている")
    return Contest(Put(ref, before, Base(ref, turn.after)), data, base, ours, theirs, merged.fields)


def _record(data: bytes | None, ref: Ref, model: type[Record]) -> Record:
    read = codec.read_record(data or b"", ref.path, model)
    if read.record is None:
        raise _unreadable(ref, read.problems)
    return read.record


def _plain(data: bytes | None, ref: Ref, model: type[Record]) -> Plain | None:
    if data is None:
        return None
    read = codec.read_record(data, ref.path, model)
    if read.plain is None:
        raise _unreadable(ref, read.problems)
    return read.plain


def _unreadable(ref: Ref, problems: Sequence[Problem]) -> BrokenRecord:
    return BrokenRecord(
        f"「{ref}」に読み取れない版があるため、その後の変更と合わせられません。何も変えていません。",
        cure="点検で場所を確かめ、ファイルを直してからもう一度試してください。",
        detail=problems[0].message if problems else "",
    )


def _figures_back(workspace: Workspace, ref: Ref, before: bytes | None, after: bytes | None) -> PutFigures | None:
    """The figures beside a data set have no fields: they go back as a whole, or not at all."""
    now = workspace.figures(ref)
    if now == before:
        return None
    if now != after:
        raise _clash(workspace, ref, "その後に数値が変更されている")
    return PutFigures(ref, before, after)


def _refuse(changes: Sequence[Change], workspace: Workspace) -> None:
    """Refuse what would leave references without a target, of others or of what comes back."""
    files = [_as_bytes(change) for change in changes if isinstance(change, Put | PutBack)]
    refuse_loss(files, workspace.snapshot)
    refuse_dangling([_as_record(change) for change in files], workspace.snapshot)


def _as_bytes(change: Put | PutBack) -> PutBack:
    if isinstance(change, PutBack):
        return change
    return PutBack(change.ref, _rendered(change.record, change.base.data), change.base.data)


def _as_record(change: PutBack) -> Change:
    base = Base(change.ref, change.expected)
    if change.data is None:
        return Remove(change.ref, base)
    read = codec.read_record(change.data, change.ref.path, kind_of(change.ref).model)
    # What was recorded in a form that is refused today goes back as it was.
    return change if read.record is None else Put(change.ref, read.record, base)


def _rendered(record: Record, previous: bytes | None) -> bytes:
    return codec.render(to_plain(record), previous, type(record))


def _clash(workspace: Workspace, ref: Ref, why: str, fields: tuple[str, ...] = ()) -> Clash:
    return Clash(
        f"「{workspace.snapshot.title(ref)}」は{why}ため、元に戻していません。何も変えていません。",
        fields=fields,
        cure="今の内容を確かめ、必要なところだけ直してください。",
    )
