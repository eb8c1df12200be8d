"""Whose answer a form is: the target that it was made for, or that it names, if the survey asks it."""

from __future__ import annotations

from collections.abc import Collection

from kyoju_tui.exchange.books.gate import shown_name
from kyoju_tui.exchange.inquiries.answer_values import nearest, shorten
from kyoju_tui.exchange.surveys import survey_layout as layout
from kyoju_tui.exchange.surveys.survey_returned import NotASurveyForm, Returned
from kyoju_tui.exchange.surveys.survey_words import ANSWERING
from kyoju_tui.records.folding import fold
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.records.survey import Survey


def target_of(snapshot: Snapshot, roots: Collection[str], ref: Ref, survey: Survey, form: Returned) -> str:
    """The REF of the target. `roots` are those of the store's history.

    Errors: `NotASurveyForm` for a form of another store or survey, or of nobody asked.
    """
    if form.id is not None:
        _require_ours(snapshot, roots, ref, form)
        if form.id.target:
            return _require_asked(snapshot, survey, form, form.id.target)
    return named(snapshot, survey, form)


def names_of(snapshot: Snapshot, survey: Survey) -> dict[str, str]:
    """The targets by their folded names; a name that two of them have stands for neither."""
    found: dict[str, str] = {}
    twice: set[str] = set()
    for target in survey.targets:
        name = fold(snapshot.title(Ref(target.ref)))
        twice |= {name} & found.keys()
        found[name] = target.ref
    return {name: ref for name, ref in found.items() if name and name not in twice}


def named(snapshot: Snapshot, survey: Survey, form: Returned) -> str:
    """The target whose name stands on the form. Errors: `NotASurveyForm`."""
    known = names_of(snapshot, survey)
    said = [str(each.cell.value) for each in form.given if each.question == layout.WHO and each.cell.value]
    head = fold(ANSWERING)
    said += [fold(text).removeprefix(head) for text in form.words if fold(text).startswith(head)]
    for text in said:
        if fold(text) in known:
            return known[fold(text)]
    file = shown_name(form.file)
    if not said:
        raise NotASurveyForm(
            f"「{file}」は、だれの回答か分かりません。何も取り込んでいません。",
            cure=f"「{layout.WHO_ASKED}」の欄に相手の名前を書いて、取り込み直してください。",
        )
    like = nearest(said[0], [snapshot.title(Ref(target.ref)) for target in survey.targets])
    raise NotASurveyForm(
        f"「{file}」の「{shorten(said[0])}」は、相手の中に見つかりません。何も取り込んでいません。",
        cure=f"「{like}」のことでしょうか。相手の名前と同じに書き直してください。"
        if like
        else "先に、相手に加えてください。",
    )


def _require_ours(snapshot: Snapshot, roots: Collection[str], ref: Ref, form: Returned) -> None:
    if form.id is None:
        return
    file = shown_name(form.file)
    if form.id.store not in roots:
        raise NotASurveyForm(
            f"「{file}」は、別の保管場所で作った様式です。何も取り込んでいません。",
            cure="様式を作った保管場所を開いて取り込んでください。",
        )
    if form.id.survey != ref:
        other = snapshot.get(form.id.survey)
        title = f"「{other.heading}」" if other is not None else "別のアンケート・ヒアリング"
        raise NotASurveyForm(
            f"「{file}」は、{title}の様式です。何も取り込んでいません。",
            cure="そのアンケート・ヒアリングで取り込んでください。",
        )


def _require_asked(snapshot: Snapshot, survey: Survey, form: Returned, target: str) -> str:
    if any(each.ref == target for each in survey.targets):
        return target
    raise NotASurveyForm(
        f"「{shown_name(form.file)}」は「{snapshot.title(Ref(target))}」の様式ですが、いまは相手にありません。"
        "何も取り込んでいません。",
        cure="正しい様式なら、先に相手に加えてください。",
    )
