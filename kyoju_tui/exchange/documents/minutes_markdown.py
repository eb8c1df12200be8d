"""The minutes (会議概要) of a meeting as Markdown, and as plain text for mail and paper."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kyoju_tui.exchange.documents.markdown import as_text
from kyoju_tui.overview.minutes import NOTHING, Minutes, Section

_RULE: Final = "－" * 20


def minutes_markdown(minutes: Minutes) -> str:
    """Headings and lists; what is recorded stands in them as text, never as markup."""
    return "\n".join([f"# {as_text(minutes.title)}　会議概要（{minutes.status}）", "", *_marked(minutes), ""])


def minutes_text(minutes: Minutes) -> str:
    """The same without any marks but blanks."""
    return "\n".join([f"{minutes.title}　会議概要（{minutes.status}）", _RULE, "", *_plain(minutes), ""])


def _marked(minutes: Minutes) -> Iterator[str]:
    yield from (f"- {label}：{as_text(value) or NOTHING}" for label, value in _facts(minutes))
    for section in minutes.sections:
        yield from ("", f"## {section.heading}", "")
        if _empty(section):
            yield NOTHING
        yield from (f"- {as_text(line)}" for line in section.lines)
        for number, (heading, lines) in enumerate(section.groups):
            yield from ([""] if number else [])
            yield from (f"### {as_text(heading)}", "")
            yield from (f"- {as_text(line)}" for line in lines)


def _plain(minutes: Minutes) -> Iterator[str]:
    yield from (f"{label}：{value or NOTHING}" for label, value in _facts(minutes))
    for section in minutes.sections:
        yield from ("", f"■{section.heading}")
        if _empty(section):
            yield f"　{NOTHING}"
        yield from (f"　{line}" for line in section.lines)
        for heading, lines in section.groups:
            yield f"　［{heading}］"
            yield from (f"　・{line}" for line in lines)


def _facts(minutes: Minutes) -> Iterator[tuple[str, str]]:
    if minutes.town:
        yield "市町村", minutes.town
    yield from minutes.facts


def _empty(section: Section) -> bool:
    return not section.lines and not section.groups
