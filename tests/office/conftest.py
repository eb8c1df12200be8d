"""A real spreadsheet program. Where it is missing these tests fail: without it they would say nothing."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

Convert = Callable[[Sequence[Path], str, Path], list[Path]]
"""`soffice(files, "xlsx", folder)` opens each file in LibreOffice, recalculates it, and saves it into the folder."""

_FILTERS = {
    "xlsx": "xlsx:Calc MS Excel 2007 XML",
    "xls": "xls:MS Excel 97",
    "ods": "ods:calc8",
    "pdf": "pdf:calc_pdf_Export",
}


@pytest.fixture(scope="session")
def soffice(tmp_path_factory: pytest.TempPathFactory) -> Convert:
    """LibreOffice without a screen, with settings of its own."""
    program = shutil.which("soffice")
    assert program is not None, "LibreOffice がありません：apt-get install libreoffice-calc fonts-noto-cjk"
    profile = tmp_path_factory.mktemp("soffice").as_uri()

    def convert(files: Sequence[Path], ending: str, folder: Path) -> list[Path]:
        folder.mkdir(parents=True, exist_ok=True)
        command = [program, f"-env:UserInstallation={profile}", "--headless", "--norestore", "--convert-to"]
        finished = subprocess.run(
            [*command, _FILTERS[ending], "--outdir", str(folder), *map(str, files)],
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        made = [folder / f"{each.stem}.{ending}" for each in files]
        assert all(each.is_file() for each in made), finished.stdout + finished.stderr
        return made

    return convert
