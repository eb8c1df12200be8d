"""H 10: an inquiry from composing it to a compilation and the answer that came too late for it."""

from __future__ import annotations

from pathlib import Path

from kyoju_tui.records.ids import Ref
from kyoju_tui.records.inquiry import Inquiry, Target
from kyoju_tui.records.meeting import Meeting
from kyoju_tui.ui.widgets.record_table import RecordTable
from tests.handbook.work import TODAY, Work, at_work
from tests.ui.at_work import until

TITLE = "取組課題データの照会その1"


def asked(work: Work) -> tuple[Ref, Inquiry]:
    """The inquiry of this row."""
    return next((ref, each) for ref, each in work.snapshot.inquiries.items() if each.title == TITLE)


def target(work: Work, department: str) -> Target:
    """A department's part of it."""
    return next(each for each in asked(work)[1].targets if each.department == department)


async def on(work: Work, department: str) -> None:
    """Put the cursor on a department's line."""
    table = work.app.screen.query_one(RecordTable)
    assert table.move_to(department), work.shown
    await work.pilot.pause()


async def asks(work: Work, text: str, *keys: str) -> None:
    """Press keys, and wait until a window says something: nothing rests while it is open."""
    await work.pilot.press(*keys)
    await work.sees(text)


async def do_h10(work: Work) -> None:
    """Compose, brief, send, receive, ask again, note 該当なし, compile, receive a late answer."""
    await work.open("inquiries")
    await work.press("f4")
    await work.sees("今日から10開庁日")
    await work.press("end", "ctrl+u")
    await work.type(TITLE)
    await work.saved()

    ref, _ = asked(work)
    # The cursor is on the new one.
    await work.press("enter")
    await work.sees("まだ発出していません")
    forms = work.workspace.root.parent / "様式一式.zip"
    await asks(work, "様式を書き出すフォルダー", "f12")
    await work.pilot.press("ctrl+u")
    await work.type(str(forms))
    await work.pilot.press("enter")
    await until(work.pilot, forms.is_file)
    await work.sees("様式を書き出しました")
    await asks(work, "部署への発出を記録します", "ctrl+y")
    await asks(work, "事前説明の会議が決まっていません", "enter")
    await work.press("escape")

    await asks(work, "新しい会議を作る", "ctrl+b")
    await asks(work, "事前説明をいつ開きますか", "enter")
    await asks(work, "事前説明に出席した部署", "enter")
    # Everybody is marked as present; the one under the cursor was not there.
    await work.saved("space", "enter")
    await asks(work, "部署への発出を記録します", "ctrl+y")
    await asks(work, "欠席し、資料も送っていない部署：地域協働課", "enter")
    await work.saved("left", "enter")
    await work.sees("回答 0/")

    await on(work, "jutaku")
    await asks(work, "所管課の確認", "f4")
    await work.saved("enter")
    await on(work, "jutaku")
    await asks(work, "と回答したカテゴリー", "ctrl+g")
    await work.type("商店街")
    await asks(work, "種別を選ぶと", "enter")
    await work.saved("right", "enter")
    await on(work, "korei")
    await asks(work, "への再依頼", "ctrl+r")
    await work.pilot.press("tab", "tab")
    await work.type("来週中に送る")
    await work.saved()
    await on(work, "korei")
    await asks(work, "いつまで延ばしますか", "ctrl+e")
    await work.saved("enter")

    await asks(work, "まだ届いていない部署", "ctrl+n")
    await work.saved("left", "enter")
    await until(work.pilot, lambda: f"kyoju/{ref.id}/1" in work.git("tag", "--list"))
    await on(work, "korei")
    await asks(work, "所管課の確認", "f4")
    await work.saved("right", "enter")
    await on(work, "jutaku")
    await asks(work, "所管課の確認", "f4")
    await asks(work, "差替の理由", "enter")
    await work.type("件数の訂正")
    await work.saved("enter")
    await work.press("ctrl+l")
    await work.sees("遅れて受付")


async def test_h10_an_inquiry_from_composing_to_compilation(store: Path, tmp_path: Path) -> None:
    async with at_work(store, tmp_path, (100, 30)) as work:
        await do_h10(work)
        assert "差替" in work.shown and "件数の訂正" in work.shown
        ref, inquiry = asked(work)
        assert work.subject() == f"照会「{TITLE}」：住宅課の差替の受付を記録"
        assert work.clean()

        assert inquiry.form == "照会" and inquiry.issued_on == TODAY
        assert [each.label for each in inquiry.sections] == ["高齢者", "子育て", "住まい", "商店街", "住民活動"]
        assert {each.department for each in inquiry.targets} == {"chiiki-kyodo", "jutaku", "korei", "kosodate"}
        assert all(each.sent_on == TODAY for each in inquiry.targets)

        briefing = work.snapshot.expect(f"meetings/{inquiry.briefing}", Meeting)
        assert briefing.kind == "事前説明" and briefing.held_on == TODAY
        statuses = {each.department: each.status for each in briefing.attendance}
        assert statuses.pop("chiiki-kyodo") == "欠席" and set(statuses.values()) == {"出席"}

        receipts = target(work, "jutaku").receipts
        assert [(each.version, each.confirmed, each.reason) for each in receipts] == [
            (1, "課長確認済", None),
            (2, "課長確認済", "件数の訂正"),
        ]
        assert target(work, "korei").receipts[0].confirmed == "担当者案"
        reminder = target(work, "korei").reminders[0]
        assert (reminder.on, reminder.how, reminder.reply) == (TODAY, "電話", "来週中に送る")
        extended = target(work, "korei").extended_due
        assert extended is not None and inquiry.due_on is not None and extended > inquiry.due_on
        nothing = [(each.department, each.category, each.kind) for each in inquiry.nothing_to_report]
        assert nothing == [("jutaku", "shotengai", "取組")]

        (compiled,) = inquiry.compilations
        assert (compiled.number, compiled.as_of) == (1, TODAY)
        assert set(compiled.late) == {"chiiki-kyodo", "korei", "kosodate"}
        tag = f"kyoju/{ref.id}/1"
        assert work.git("rev-parse", f"{tag}^{{commit}}").strip() == compiled.commit
        assert work.git("cat-file", "-t", tag).strip() == "tag"
        assert "地域協働課 担当 <kyodo@city.example.jp>" in work.git("cat-file", "-p", tag)
        frozen = work.git("show", f"{tag}:inquiries/{ref.id}.toml")
        assert "来週中に送る" in frozen and "件数の訂正" not in frozen
