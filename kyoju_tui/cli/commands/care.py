"""`care`: integrated care by daily living area."""

from __future__ import annotations

from argparse import ArgumentParser

from kyoju_tui.cli.answers import print_json, shown
from kyoju_tui.cli.context import Context
from kyoju_tui.exchange.care_json import care_json
from kyoju_tui.overview.care import ELEMENTS, bodies, care


def add_arguments(parser: ArgumentParser) -> None:
    """Nothing is asked."""


def run(context: Context) -> int:
    """Print each living area with its elements, and whom to contact."""
    workspace = context.open()
    try:
        snapshot = workspace.snapshot
        found = care(snapshot)
        if context.json:
            print_json(care_json(found, snapshot), context.out)
            return 0
        for column in found.columns:
            context.say(shown(column))
            for element in ELEMENTS:
                cell = found.cell(element, column)
                counts = (("取組", cell.initiatives), ("課題", cell.issues), ("地域", cell.areas))
                told = "・".join(f"{word}{len(refs)}" for word, refs in counts if refs)
                cover = found.cover(element, column)
                context.say(f"　{element}　{told or '－'}{'' if cover == 'あり' else f'（{cover}）'}")
            contacts = bodies(snapshot, found.areas.get(column, ()))
            if contacts:
                context.say(shown(f"　相談する団体　{'、'.join(map(snapshot.title, contacts))}"))
        return 0
    finally:
        workspace.close()
