"""A save: acknowledged when it is in the history, alone in its commit, told in plain Japanese."""

from __future__ import annotations

from pathlib import Path

import pytest

from kyoju_tui.records.entry import Entry
from kyoju_tui.records.errors import BrokenRecord, Clash, InvalidValue, NoIdentity, StillReferred, UnknownRef
from kyoju_tui.records.ids import Ref
from kyoju_tui.workspace.past.undoing import undoing
from kyoju_tui.workspace.requests import Changed
from kyoju_tui.workspace.workspace import Workspace
from tests.conftest import STAFF, TODAY, Git
from tests.workspace.conftest import HOUSES, VISITS, initiative


def entry(workspace: Workspace, ref: Ref = VISITS) -> Entry:
    return workspace.snapshot.expect(ref, Entry)


def test_a_save_is_one_commit_that_the_log_tells_in_japanese(workspace: Workspace, root: Path, git: Git) -> None:
    before = git(root, "rev-parse", "HEAD").strip()

    saved = workspace.save(
        VISITS, entry(workspace).but(status="取組中", outline="月に1回。\n協力員が訪問する。")
    ).result()

    assert git(root, "rev-parse", "HEAD^").strip() == before
    assert git(root, "log", "-1", "--format=%an <%ae>").strip() == STAFF
    assert git(root, "log", "-1", "--format=%B").strip() == (
        "取組「見守り訪問」を更新（高齢福祉課・高齢者）\n"
        "\n"
        "状況: 検討中 → 取組中\n"
        "概要: 1行を変更\n"
        "\n"
        f"Kyoju-Record: {VISITS}\n"
        "Kyoju-Action: update"
    )
    assert saved.commit == git(root, "rev-parse", "HEAD").strip()
    assert git(root, "status", "--porcelain") == ""
    git(root, "fsck", "--strict")


def test_one_changed_field_is_a_diff_of_that_field_only(workspace: Workspace, root: Path, git: Git) -> None:
    workspace.save(VISITS, entry(workspace).but(status="取組中")).result()

    diff = git(root, "show", "--format=", "--unified=0")
    changed = [line for line in diff.splitlines() if line[:1] in "+-" and line[:3] not in ("+++", "---")]
    assert changed == ['-status = "検討中"', '+status = "取組中"']


def test_listeners_get_the_new_snapshot(workspace: Workspace) -> None:
    heard: list[Changed] = []
    workspace.subscribe(heard.append)

    workspace.save(VISITS, entry(workspace).but(status="取組中")).result()

    assert [changed.refs for changed in heard] == [frozenset([VISITS])]
    assert heard[0].own
    assert heard[0].snapshot is workspace.snapshot
    assert entry(workspace).status == "取組中"


def test_saving_what_is_there_already_makes_no_commit(workspace: Workspace, root: Path, git: Git) -> None:
    before = git(root, "rev-parse", "HEAD")
    assert workspace.save(VISITS, entry(workspace)).result().commit is None
    assert git(root, "rev-parse", "HEAD") == before


def test_what_others_have_staged_stays_staged_and_out_of_the_commit(workspace: Workspace, root: Path, git: Git) -> None:
    (root / "README.txt").write_text("だれかのファイル\n")
    git(root, "add", "README.txt")

    workspace.save(VISITS, entry(workspace).but(status="取組中")).result()

    assert git(root, "show", "--format=", "--name-only").split() == [VISITS.path]
    assert git(root, "status", "--porcelain").split() == ["A", "README.txt"]


def test_a_comment_and_an_unknown_key_survive(workspace: Workspace, root: Path, git: Git) -> None:
    file = root / VISITS.path
    file.write_text("# 係長に確認済み\n" + file.read_text() + 'future_key = "新しい版の項目"\n')
    git(root, "commit", "-qam", "手で直す")
    workspace.refresh()

    workspace.save(VISITS, entry(workspace).but(status="取組中")).result()

    text = file.read_text()
    assert text.startswith("# 係長に確認済み\n")
    assert 'future_key = "新しい版の項目"' in text
    assert 'status = "取組中"' in text


def test_different_fields_changed_by_two_people_are_merged(workspace: Workspace, root: Path) -> None:
    mine, base = entry(workspace), workspace.base(VISITS)
    colleague = Workspace.open(root, author="高齢福祉課 担当 <korei@example.jp>")
    colleague.save(VISITS, entry(colleague).but(target_group="ひとり暮らしの高齢者")).result()

    saved = workspace.save(VISITS, mine.but(status="取組中"), base=base).result()

    assert saved.merged
    merged = entry(workspace)
    assert (merged.status, merged.target_group) == ("取組中", "ひとり暮らしの高齢者")
    colleague.close()


def test_the_same_field_changed_by_two_people_is_never_overwritten(workspace: Workspace, root: Path) -> None:
    mine, base = entry(workspace), workspace.base(VISITS)
    colleague = Workspace.open(root, author="高齢福祉課 担当 <korei@example.jp>")
    colleague.save(VISITS, entry(colleague).but(title="あんしん見守り訪問")).result()

    with pytest.raises(Clash) as caught:
        workspace.save(VISITS, mine.but(title="見守り訪問事業"), base=base).result()

    assert caught.value.fields == ("title",)
    assert 'title = "あんしん見守り訪問"' in (root / VISITS.path).read_text()
    draft = workspace.drafts.get(VISITS)
    assert draft is not None
    assert draft.plain["title"] == "見守り訪問事業"
    colleague.close()


def test_a_broken_file_is_never_rewritten(workspace: Workspace, root: Path) -> None:
    mine, base = entry(workspace), workspace.base(VISITS)
    (root / VISITS.path).write_text("title = こわれた\n")
    with pytest.raises(BrokenRecord):
        workspace.save(VISITS, mine.but(status="取組中"), base=base).result()
    assert (root / VISITS.path).read_text() == "title = こわれた\n"


def test_a_hand_edit_becomes_a_commit_of_its_own(workspace: Workspace, root: Path, git: Git) -> None:
    file = root / VISITS.path
    file.write_text(file.read_text().replace("見守り訪問", "見守り声かけ"))
    workspace.refresh()

    workspace.save(VISITS, entry(workspace).but(status="取組中")).result()

    subjects = git(root, "log", "-2", "--format=%s").splitlines()
    assert subjects == [
        "取組「見守り声かけ」を更新（高齢福祉課・高齢者）",
        f"ファイルの直接編集を記録（{VISITS.path}）",
    ]
    assert "件名" not in git(root, "log", "-1", "--format=%B")


def test_a_reference_to_nothing_is_refused_before_anything_is_written(
    workspace: Workspace, root: Path, git: Git
) -> None:
    with pytest.raises(InvalidValue) as caught:
        workspace.save(VISITS, entry(workspace).but(areas=["minato"]))
    assert caught.value.field == "areas.0"
    assert git(root, "status", "--porcelain") == ""


def test_a_record_in_use_is_not_deleted_unless_forced(workspace: Workspace, root: Path) -> None:
    with pytest.raises(StillReferred) as caught:
        workspace.delete("categories/koreisha")
    assert caught.value.referrers == (VISITS,)

    workspace.delete("categories/koreisha", force=True).result()
    assert not (root / "categories/koreisha.toml").exists()


def test_a_new_record_gets_a_fresh_id(workspace: Workspace) -> None:
    from datetime import date

    saved = workspace.create(
        "entry", initiative("子ども食堂"), today=date.fromisoformat(TODAY), department="jutaku"
    ).result()
    assert saved.refs[0].startswith("entries/jutaku/20261123-")
    assert workspace.snapshot.title(saved.refs[0]) == "子ども食堂"


def test_moving_keeps_the_id_and_the_bytes(workspace: Workspace, root: Path) -> None:
    data = (root / HOUSES.path).read_bytes()
    saved = workspace.move(HOUSES, "korei").result()
    assert saved.subject == "取組「空き家相談窓口」を移動（住宅政策課 → 高齢福祉課）"
    assert not (root / HOUSES.path).exists()
    assert (root / "entries/korei/20261101-bbbbb.toml").read_bytes() == data
    assert [each.action for each in workspace.past.entries(Ref("entries/korei/20261101-bbbbb"))] == ["move", "import"]


def test_undo_takes_ones_own_saves_back_one_after_the_other(workspace: Workspace) -> None:
    workspace.save(VISITS, entry(workspace).but(status="取組中")).result()
    workspace.save(VISITS, entry(workspace).but(title="見守り声かけ")).result()

    assert (
        workspace.submit(undoing(workspace)).result().subject
        == "元に戻す：取組「見守り声かけ」を更新（高齢福祉課・高齢者）"
    )
    assert entry(workspace).title == "見守り訪問"
    workspace.submit(undoing(workspace)).result()
    assert entry(workspace).status == "検討中"


def test_undo_does_not_touch_what_somebody_changed_since(workspace: Workspace, root: Path) -> None:
    workspace.save(VISITS, entry(workspace).but(status="取組中")).result()
    colleague = Workspace.open(root, author="高齢福祉課 担当 <korei@example.jp>")
    colleague.save(VISITS, entry(colleague).but(status="終了")).result()
    workspace.refresh()

    with pytest.raises(Clash):
        workspace.submit(undoing(workspace)).result()
    assert entry(workspace).status == "終了"
    with pytest.raises(UnknownRef):
        undoing(Workspace.open(root, author="だれか <dareka@example.jp>"))
    colleague.close()


def test_nobody_is_invented_and_the_text_is_kept(root: Path) -> None:
    workspace = Workspace.open(root, environ={})
    with pytest.raises(NoIdentity):
        workspace.save(VISITS, entry(workspace).but(status="取組中"))
    draft = workspace.drafts.get(VISITS)
    assert draft is not None
    assert draft.plain["status"] == "取組中"
    workspace.set_author(STAFF)
    workspace.save(VISITS, entry(workspace).but(status="取組中")).result()
    assert workspace.drafts.all() == ()
    workspace.close()


def test_rewording_a_confirmed_entry_asks_for_confirmation_again(workspace: Workspace) -> None:
    workspace.save(VISITS, entry(workspace).but(confirmed="課長確認済")).result()
    workspace.save(VISITS, entry(workspace).but(summary="協力員による見守り")).result()
    assert entry(workspace).confirmed == "未確認"
