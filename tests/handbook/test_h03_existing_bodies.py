"""H 3: bodies that already work across departments, and the view that is added to them (handbook 1-1(1))."""

from __future__ import annotations

from pathlib import Path

from kyoju_tui.records.policy import Policy
from tests.handbook.sheets import to_line
from tests.handbook.work import Work, at_work

BODY, VIEW = "居住支援協議会", "入居したあとの近所づきあいも話し合う"


async def do_h03(work: Work) -> None:
    """Register a body with its departments and the added view."""
    await work.open("policy")
    await to_line(work, "existing_bodies")
    await work.press("f4")
    await work.type(BODY)
    await work.press("tab")
    await work.type("korei")
    await work.press("enter", "tab")
    await work.type(VIEW)
    await work.saved()
    await work.sees(BODY)


async def test_h03_a_body_that_exists_gets_a_view(store: Path, tmp_path: Path) -> None:
    async with at_work(store, tmp_path) as work:
        await do_h03(work)
        body = work.snapshot.expect("policy", Policy).existing_bodies[-1]
        assert (body.name, body.departments, body.added_view) == (BODY, ("korei",), VIEW)
        assert work.subject().startswith("居住コミュニティ政策を")
        assert work.clean()
