"""「該当なし」 turned on and off, opinions ticked for print, and what a settled point is called in the history."""

from __future__ import annotations

from datetime import date

from kyoju_tui.records.finding import Finding, finding_key
from kyoju_tui.records.inquiry import Inquiry
from kyoju_tui.records.meeting import Meeting
from kyoju_tui.workspace.changing.printing import opinions_on, ticking
from kyoju_tui.workspace.inquiring.nothing import is_nothing, turned
from kyoju_tui.workspace.workspace import Workspace
from tests.building import meeting, snapshot


def test_nothing_to_report_of_one_kind_is_an_answer_of_its_own() -> None:
    inquiry = Inquiry(title="照会")
    only = turned(inquiry, "jutaku", "sumai", "課題")
    assert is_nothing(only, "jutaku", "sumai", "課題") and not is_nothing(only, "jutaku", "sumai", None)
    both = turned(only, "jutaku", "sumai", None)
    assert len({answer.id for answer in both.nothing_to_report}) == 2
    assert turned(both, "jutaku", "sumai", None) == only
    assert turned(only, "jutaku", "sumai", "課題") == inquiry


def test_opinions_are_ticked_in_the_meetings_that_differ(workspace: Workspace) -> None:
    for number, day in ((1, date(2026, 10, 7)), (2, date(2026, 11, 18))):
        opinions = [
            {"id": "o0001", "category": "sumai", "text": f"住まいの意見{number}"},
            {"id": "o0002", "category": "koreisha", "text": "ほかの意見", "print": True},
        ]
        held = Meeting.model_validate({"title": f"第{number}回", "held_on": day, "opinions": opinions})
        workspace.save(f"meetings/2026-{number}", held).result()
    before = opinions_on(workspace.snapshot, "sumai")
    assert [(ref.id, printed) for (ref, _), printed in before.items()] == [("2026-2", False), ("2026-1", False)]
    newest = next(iter(before))
    bases = {ref: workspace.base(ref) for ref in workspace.snapshot.meetings}
    puts = ticking(workspace.snapshot, "sumai", [newest], bases)
    assert [put.ref for put in puts] == [newest[0]]
    workspace.batch(puts, action="update", subject="印刷する意見を選択（住まい）").result()
    ticked = [(each.text, each.print) for each in workspace.snapshot.meetings[newest[0]].opinions]
    assert ticked == [("住まいの意見2", True), ("ほかの意見", True)]
    assert opinions_on(workspace.snapshot, "sumai")[newest]


def test_nothing_to_tick_changes_nothing() -> None:
    held = meeting("20261118-aaaaa", date(2026, 11, 18), {"category": "sumai", "text": "意見", "print": True})
    now = snapshot(held)
    assert ticking(now, "sumai", list(opinions_on(now, "sumai")), {}) == ()


def test_a_settled_point_is_told_with_its_rule_and_its_subject(workspace: Workspace) -> None:
    point = Finding.model_validate(
        {
            "rule": "no-initiative",
            "subjects": ["categories/shotengai"],
            "verdict": "必要な取組",
            "needed": {"title": "買い物の足"},
        }
    )
    ref = f"findings/{finding_key('no-initiative', point.subjects)}"
    saved = workspace.save(ref, point).result()
    assert saved.subject == "論点の整理「取組のないカテゴリー：商店街」を追加（必要な取組）"
    gone = workspace.delete(ref, force=True).result()
    assert gone.subject == "論点の整理「取組のないカテゴリー：商店街」を削除（必要な取組）"
