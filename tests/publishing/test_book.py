"""The book builds without a warning, and reads well in a browser."""

import itertools
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from seat.publishing.serve import NoFreePort, NotBuilt, make_server

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("book")]

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}


@pytest.fixture(scope="module")
def book(tmp_path_factory, root) -> Path:
    """The book, built as strictly as `make book` builds it."""
    out = tmp_path_factory.mktemp("book")
    command = [str(Path(sys.executable).with_name("jupyter-book")), "build", str(root)]
    command += ["--toc", str(root / "book" / "_toc.yml"), "--config", str(root / "_config.yml")]
    command += ["--path-output", str(out), "-n", "-W", "--keep-going"]
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, cwd=root)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return out / "_build" / "html"


@pytest.fixture(scope="module")
def address(book):
    server = make_server(book, port=0)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("Chromium is not installed (apt-get install chromium)")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def pages(book):
    """The pages that people read."""
    folders = ("book", "notebooks", "exercises")
    found = [path for folder in folders for path in (book / folder).rglob("*.html")]
    assert len(found) >= 3
    return [path.relative_to(book).as_posix() for path in sorted(found)]


def visited(browser, address, pages, viewport, scheme="light"):
    """Open each page in turn, with what went wrong while it loaded."""
    context = browser.new_context(viewport=viewport, color_scheme=scheme)
    for path in pages:
        page = context.new_page()
        faults: list[str] = []
        page.on("pageerror", lambda error, faults=faults: faults.append(f"error {error}"))
        page.on(
            "console",
            lambda message, faults=faults: (
                faults.append(message.text) if message.type == "error" else None
            ),
        )
        page.on(
            "request",
            lambda request, faults=faults: (
                None
                if request.url.startswith((address, "data:", "blob:"))
                else faults.append(f"asks {request.url}")
            ),
        )
        page.goto(f"{address}/{path}")
        yield path, page, faults
        page.close()
    context.close()


def test_no_page_throws_or_asks_another_host(browser, address, pages):
    found = {path: faults for path, _, faults in visited(browser, address, pages, DESK) if faults}
    assert found == {}


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_no_page_scrolls_sideways(browser, address, pages, viewport):
    for path, page, _ in visited(browser, address, pages, viewport):
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0, path


def test_every_picture_says_what_it_shows(browser, address, pages):
    count = 0
    for path, page, _ in visited(browser, address, pages, DESK):
        for alt, src in page.eval_on_selector_all(
            "article img", "images => images.map(image => [image.alt, image.src])"
        ):
            count += 1
            assert len(alt.split()) >= 8, f"{path}: {src} has the alt text {alt!r}"
    assert count >= 3


def test_headings_step_down_one_level_at_a_time(browser, address, pages):
    for path, page, _ in visited(browser, address, pages, DESK):
        levels = page.eval_on_selector_all(
            "article h1, article h2, article h3, article h4",
            "headings => headings.map(heading => Number(heading.tagName[1]))",
        )
        assert levels[0] == 1, path
        assert levels.count(1) == 1, path
        for before, after in itertools.pairwise(levels):
            assert after <= before + 1, path


def test_no_value_failed_to_reach_the_prose(browser, address, pages):
    for path, page, _ in visited(browser, address, pages, DESK):
        text = page.inner_text("article")
        assert "glue:" not in text, path
        assert "Traceback" not in text, path
        assert "We could not check" not in text, path


def test_the_chapter_is_legible_in_the_dark(browser, address, pages):
    for path, page, _ in visited(browser, address, pages, DESK, scheme="dark"):
        colours = page.evaluate(
            "() => [getComputedStyle(document.body).backgroundColor,"
            " getComputedStyle(document.querySelector('article p')).color]"
        )
        background, text = (_brightness(colour) for colour in colours)
        assert text - background > 120, (path, colours)


def _brightness(colour: str) -> float:
    numbers = colour[colour.index("(") + 1 : -1].replace(",", " ").split()[:3]
    return sum(float(number) for number in numbers) / 3


def test_the_assignment_page_is_the_released_notebook(browser, address):
    page = browser.new_page()
    page.goto(f"{address}/exercises/05-read-a-pl/05-read-a-pl.html")
    text = page.inner_text("article")
    assert "3 points · about 10 minutes · core" in text
    assert "BEGIN" not in text
    page.close()


def test_a_book_that_is_not_built_is_named(tmp_path):
    with pytest.raises(NotBuilt, match="Run make book first"):
        make_server(tmp_path)


def test_a_taken_port_is_named(tmp_path):
    (tmp_path / "index.html").write_text("")
    first = make_server(tmp_path, port=0)
    try:
        with pytest.raises(NoFreePort, match="Choose another: seat serve --port N"):
            make_server(tmp_path, port=first.server_port)
    finally:
        first.server_close()


def test_the_book_is_served_on_this_machine_alone(tmp_path):
    (tmp_path / "index.html").write_text("")
    server = make_server(tmp_path, port=0)
    assert server.server_address[0] == "127.0.0.1"
    server.server_close()
