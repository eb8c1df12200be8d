"""The app that a widget or screen lives in, with its own type."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual.dom import DOMNode

if TYPE_CHECKING:
    from kyoju_tui.ui.app import KyojuApp


def kyoju(node: DOMNode) -> KyojuApp:
    """`node.app`, which Textual leaves without a type."""
    return cast("KyojuApp", node.app)  # pyright: ignore[reportUnknownMemberType]
