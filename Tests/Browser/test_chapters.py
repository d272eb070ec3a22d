"""The chapters of the manual on a narrow screen: folded away, opened and left by keyboard, without scripting, in the plain files too."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from test_accessibility import TAGS, describe
from test_static_manual import copy  # noqa: F401, a fixture

PAGE = "concepts/one-proxy-per-computer"
PAGES = {"portal": f"/manual/{PAGE}", "files": f"/{PAGE}.html"}


@pytest.fixture(params=PAGES)
def narrow(request, watched):
    """A page of the manual, 320 CSS pixels wide, from the portal and from the disk."""
    edition = request.getfixturevalue("site" if request.param == "portal" else "copy")
    page = watched.page(edition, width=320, height=700, scripting=False)
    page.goto(edition.address + PAGES[request.param])
    return page


def focused(page):
    return page.evaluate("document.activeElement.innerText.trim()")


def step_to(page, text, most=60):
    """Presses Tab until the focus is on something with that text."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if focused(page) == text:
            return
    raise AssertionError(f"Tab does not reach “{text}”")


def test_the_chapters_are_opened_followed_and_closed_by_keyboard(narrow):
    chapters = narrow.locator("nav.chapters")
    assert not chapters.is_visible()
    step_to(narrow, "Chapters of the manual")
    narrow.keyboard.press("Enter")
    assert chapters.is_visible()
    # What is seen next is reached next.
    narrow.keyboard.press("Tab")
    assert focused(narrow) == "Close the chapters"
    narrow.keyboard.press("Tab")
    assert focused(narrow) == "Concepts"
    narrow.keyboard.press("Shift+Tab")
    narrow.keyboard.press("Enter")
    assert not chapters.is_visible()
    # Closing leads on to the page.
    step_to(narrow, "Chapters of the manual", most=1)


def test_a_chapter_leads_to_its_page_where_all_is_folded_again(narrow):
    narrow.get_by_role("link", name="Chapters of the manual").click()
    narrow.get_by_role("navigation", name="Manual", exact=True).get_by_role("link", name="Who connects as whom").click()
    assert narrow.locator("h1").inner_text() == "Who connects as whom"
    assert not narrow.locator("nav.chapters").is_visible()


def test_paper_shows_the_page_and_no_chapters_even_where_they_are_open(narrow):
    narrow.get_by_role("link", name="Chapters of the manual").click()
    assert narrow.locator("nav.chapters").is_visible()
    narrow.emulate_media(media="print")
    assert not narrow.locator("nav.chapters").is_visible()
    assert narrow.locator("h1").is_visible()


def test_open_chapters_stay_within_the_window(narrow):
    narrow.get_by_role("link", name="Chapters of the manual").click()
    scroll, client = narrow.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert scroll <= client
    sections = narrow.locator("nav.chapters summary")
    for number in range(sections.count()):
        box = sections.nth(number).bounding_box()
        assert box["height"] >= 24 and box["x"] + box["width"] <= 320


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_with_the_chapters_open(site, watched, scheme):
    page = watched.page(site, width=320, scheme=scheme)
    page.goto(site.address + PAGES["portal"] + "#chapters-of-the-manual")
    assert page.locator("nav.chapters").is_visible()
    results = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}})
    assert results.response["passes"], "axe did not look at the page"
    assert results.violations_count == 0, describe(results.response["violations"])


def test_a_wide_page_shows_the_chapters_and_no_link_to_them(site, watched):
    page = watched.page(site, width=1280)
    page.goto(site.address + PAGES["portal"])
    assert page.locator("nav.chapters").is_visible()
    assert not page.get_by_text("Chapters of the manual").is_visible()
    assert not page.get_by_text("Close the chapters").is_visible()


def test_the_index_leads_to_help_before_it_lists_the_pages(site, watched):
    page = watched.page(site, width=320, scripting=False)
    page.goto(site.address + "/manual")
    help_links = page.locator("section.first-aid a")
    assert [link.split("/")[-1] for link in help_links.evaluate_all("all => all.map(one => one.getAttribute('href'))")] == [
        "by-symptom", "error-codes", "log-signatures", "first-five-minutes"]
    page.get_by_role("navigation", name="Sections").get_by_role("link", name="Troubleshooting").click()
    assert page.evaluate("document.querySelector(':target').textContent") == "Troubleshooting"
