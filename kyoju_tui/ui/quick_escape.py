"""Esc is answered as soon as it is known to be one.

A terminal sends Esc as the byte with which arrows and function keys begin. Textual 8.2 looks only every 100 ms whether
such a byte stayed alone, however short `ESCDELAY` is: each Esc takes that long, and now and then twice as long.
"""

from __future__ import annotations

import os
import select
from codecs import getincrementaldecoder
from typing import Final

from textual import constants
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

# How often the thread looks whether the program ends, in seconds.
_LOOK: Final = 0.1
# How long a lone Esc is waited on, and a little more so that the parser's own clock agrees.
_ALONE: Final = constants.ESCAPE_DELAY + 0.002
_MOST: Final = 4096


class QuickEscapeDriver(LinuxDriver):
    """The terminal's driver with a reading thread of its own."""

    def run_input_thread(self) -> None:
        """Read keys; wake as soon as a lone Esc is known to be one."""
        parser = XTermParser(self._debug)
        decode = getincrementaldecoder("utf-8")("replace").decode
        pending = False
        while not self.exit_event.is_set():
            ready = select.select([self.fileno], [], [], _ALONE if pending else _LOOK)[0]
            if ready:
                data = os.read(self.fileno, _MOST)
                if not data:
                    return
                text = decode(data)
                pending = text.endswith("\x1b")
                for event in parser.feed(text):
                    self.process_message(event)
            else:
                pending = False
            for event in parser.tick():
                self.process_message(event)
