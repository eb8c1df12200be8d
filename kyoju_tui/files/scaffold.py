"""The fixed files of a store that are no records."""

from __future__ import annotations

from typing import Final

# No filter, encoding or line-end rule of a folder above may reach records: they are the bytes that were saved.
GITATTRIBUTES: Final = "* -text -filter -ident -working-tree-encoding -eol\n"
# The cache, temporary files: disposable.
GITIGNORE: Final = ".kyoju/\n"

SCAFFOLD: Final = {".gitattributes": GITATTRIBUTES.encode(), ".gitignore": GITIGNORE.encode()}
