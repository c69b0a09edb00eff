"""The site and a report's page, built once, and a browser that notes all that a page says and asks for."""

import os
import shutil

import pytest
from playwright.sync_api import sync_playwright

from lgsco.cli import main


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """Build the site of the shipped figures, and beside it a page of ``lgsco report``."""
    folder = tmp_path_factory.mktemp("built")
    assert main(["site", "-o", str(folder / "site")]) == 0
    report = str(folder / "site" / "report.html")
    assert main(["report", "Kent County Council", "--year", "2023-24", "-o", report]) == 0
    return folder / "site"


@pytest.fixture(scope="session")
def browser():
    """Start Debian's Chromium; CHROMIUM names another."""
    found = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    assert found, "these tests need Chromium: apt-get install chromium"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found)
        yield started
        started.close()


class Visit:
    """A page in a window of its own, with what it said on its console and what it asked for."""

    def __init__(self, browser, **options):
        self.context = browser.new_context(**options)
        self.page = self.context.new_page()
        self.said = []
        self.asked = []
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("dialog", lambda dialog: (self.said.append(dialog.message), dialog.dismiss()))
        self.page.on("request", lambda request: self.asked.append(request.url))

    def go(self, file):
        """Open a file, and give the page."""
        self.asked.clear()
        self.page.goto(file.as_uri())
        return self.page


@pytest.fixture
def visit(browser):
    """Give a function that opens a file in a window of its own; what it says or asks for besides fails the test."""
    begun = []

    def opened(file, **options):
        visit = Visit(browser, **options)
        begun.append(visit)
        return visit.go(file)

    yield opened
    for each in begun:
        assert [] == each.said
        assert {"file"} == {address.partition(":")[0] for address in each.asked}
        each.context.close()
