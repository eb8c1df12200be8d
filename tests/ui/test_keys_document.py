from __future__ import annotations

from pathlib import Path

from kyoju_tui.ui.commands import COMMANDS
from kyoju_tui.ui.keys_document import keys_document


def test_the_document_is_what_the_table_says() -> None:
    document = Path(__file__).parents[2] / "docs" / "keys.md"
    assert document.read_text(encoding="utf-8") == keys_document(), "python docs/generate.py"


def test_every_command_is_in_it() -> None:
    text = keys_document()
    assert all(f"`{name}`" in text for name in COMMANDS)
