"""JupyterLab opens the same notebooks, and nbgrader's buttons work there."""

import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from seat.publishing.workspace import fill_workspace
from tests.publishing.test_book import FLAGS

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("lab")]
TOKEN = "for-this-test-alone"


@pytest.fixture(scope="module")
def course(tmp_path_factory, root):
    folder = tmp_path_factory.mktemp("lab-course")
    for name in ("solutions", "exercises", "notebooks"):
        shutil.copytree(root / name, folder / name)
    shutil.copy(root / "nbgrader_config.py", folder)
    list(fill_workspace(folder))
    return folder


@pytest.fixture(scope="module")
def lab(course):
    """JupyterLab on loopback; its address."""
    runtime = course / "runtime"
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "JUPYTER_RUNTIME_DIR": str(runtime),
        "JUPYTER_CONFIG_DIR": str(course / "config"),
    }
    command = [sys.executable, "-m", "jupyterlab", "--ip=127.0.0.1", "--no-browser", "--port=0"]
    command += [f"--IdentityProvider.token={TOKEN}", "--allow-root"]
    log = (course / "lab.log").open("w")
    server = subprocess.Popen(
        command, cwd=course, env=environment, stdout=log, stderr=log, start_new_session=True
    )
    try:
        yield _address(runtime, server, course / "lab.log")
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(timeout=30)
        log.close()


def _address(runtime, server, log):
    import json

    for _ in range(240):
        for path in runtime.glob("jpserver-*.json"):
            try:
                address = json.loads(path.read_text())["url"].rstrip("/")
                urllib.request.urlopen(f"{address}/api?token={TOKEN}", timeout=2)
                return address
            except (OSError, ValueError, urllib.error.URLError):
                pass
        assert server.poll() is None, log.read_text()[-2000:]
        time.sleep(0.25)
    raise AssertionError(f"JupyterLab did not start: {log.read_text()[-2000:]}")


@pytest.fixture(scope="module")
def page(lab):
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("Chromium is not installed (apt-get install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        page = browser.new_page(viewport={"width": 1400, "height": 900})
        page.set_default_timeout(90_000)
        yield page
        browser.close()


def test_the_validate_button_names_the_questions_that_are_not_answered(lab, page):
    path = "my-work/exercises/05-read-a-pl/05-read-a-pl.ipynb"
    page.goto(f"{lab}/lab/tree/{path}?token={TOKEN}")
    page.get_by_role("button", name="Validate").first.click()
    dialog = page.locator(".jp-Dialog", has_text="Validation Results")
    dialog.wait_for()
    assert 'check("margins")' in dialog.inner_text()


def test_formgrader_lists_the_assignment_with_release_and_collect(lab, page):
    page.goto(f"{lab}/formgrader?token={TOKEN}")
    page.get_by_role("link", name="05-read-a-pl").first.wait_for()
    assert "could not be created" not in page.inner_text("body")


def test_working_in_lab_leaves_the_committed_exercise_as_it_was(lab, page, course, root):
    released = Path("exercises/05-read-a-pl/05-read-a-pl.ipynb")
    assert (course / released).read_bytes() == (root / released).read_bytes()


def test_a_workspace_keeps_what_a_learner_wrote(course):
    mine = course / "my-work" / "exercises" / "05-read-a-pl" / "checks.json"
    mine.write_text("mine")
    assert list(fill_workspace(course)) == []
    assert mine.read_text() == "mine"
