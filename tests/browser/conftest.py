"""JupyterLab on a free port of this machine, with folders of its own, and Chromium to look at it.

Both are large, so they are an extra and no part of the usual run: without them the tests are skipped.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any, Final

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CHROMIUM: Final = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
SECONDS: Final = 60

# What asks for news and updates would look beyond this machine; all cells are drawn, seen or not.
SETTINGS: Final = {
    "@jupyterlab/apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
    "@jupyterlab/notebook-extension/tracker": {"windowingMode": "none"},
}


class Lab:
    """A running JupyterLab.

    Attributes:
        root: The folder of its notebooks.
        environment: What a process needs to share its folders.
    """

    def __init__(self, folder: Path) -> None:
        self.root = folder / "notebooks"
        self.root.mkdir()
        self._settings, self._runtime = folder / "settings", folder / "runtime"
        names = ("CONFIG_DIR", "DATA_DIR", "RUNTIME_DIR")
        self.environment = {
            **os.environ,
            **{f"JUPYTER_{name}": str(folder / name.partition("_")[0].lower()) for name in names},
            "JUPYTERLAB_SETTINGS_DIR": str(self._settings),
            "JUPYTERLAB_WORKSPACES_DIR": str(folder / "workspaces"),
            "IPYTHONDIR": str(folder / "ipython"),
            "JUPYTER_PREFER_ENV_PATH": "1",
        }

    def start(self) -> subprocess.Popen[bytes]:
        """Start it, and wait until it says where it listens."""
        options = ("--no-browser", "--allow-root", "--ip=127.0.0.1", "--port=0", "--expose-app-in-browser")
        command = [sys.executable, "-m", "jupyterlab", *options, f"--ServerApp.root_dir={self.root}"]
        quiet = subprocess.DEVNULL
        process = subprocess.Popen(command, env=self.environment, stdout=quiet, stderr=quiet)  # noqa: S603  # ours
        until = time.monotonic() + SECONDS
        while not self._files():
            assert process.poll() is None, "JupyterLab ended before it listened"
            assert time.monotonic() < until, "JupyterLab does not listen"
            time.sleep(0.1)
        return process

    def _files(self) -> list[Path]:
        return list(self._runtime.glob("jpserver-*.json"))

    def address(self, notebook: str) -> str:
        """Give the address of a notebook, with the key that opens it."""
        (file,) = self._files()
        server = json.loads(file.read_text(encoding="utf-8"))
        return f"{server['url']}lab/tree/{notebook}?token={server['token']}&reset"

    def settle(self, theme: str) -> None:
        """Choose a theme for pages that are opened from now on."""
        for name, value in {**SETTINGS, "@jupyterlab/apputils-extension/themes": {"theme": theme}}.items():
            file = self._settings / f"{name}.jupyterlab-settings"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(json.dumps(value), encoding="utf-8")

    def trust(self, notebook: str) -> None:
        """Sign a notebook, as someone who trusts it does."""
        command = [sys.executable, "-m", "jupyter", "trust", str(self.root / notebook)]
        subprocess.run(command, env=self.environment, check=True, capture_output=True)  # noqa: S603  # ours


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """A JupyterLab for all tests."""
    pytest.importorskip("jupyterlab", reason="the extra 'browser' is not installed")
    pytest.importorskip("ipykernel", reason="the extra 'browser' is not installed")
    running = Lab(tmp_path_factory.mktemp("lab"))
    process = running.start()
    yield running
    process.terminate()
    process.wait(SECONDS)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A Chromium without a window."""
    reason = "the extra 'browser' is not installed"
    playwright = pytest.importorskip("playwright.sync_api", reason=reason)
    pytest.importorskip("PIL.Image", reason=reason)
    if CHROMIUM is None:
        pytest.skip("there is no Chromium on this machine")
    with playwright.sync_playwright() as driver:
        # as root, as in a container, Chromium has no sandbox; it opens nothing but our own pages
        chromium = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()
