"""The search box of every page leads to the right place of the manual, by keyboard and without scripting."""

import pytest

from conftest import SERVER


@pytest.mark.parametrize("address", ["/", f"/servers/{SERVER}/proxy", "/manual/concepts/who-connects-as-whom"])
def test_search_from_any_page(site, watched, address):
    page = watched.page(site, width=1280)
    page.goto(address)
    box = page.get_by_role("searchbox", name="Search the manual")
    box.fill("0x80072EE7")
    box.press("Enter")
    assert page.title().startswith("Search: 0x80072EE7")
    assert page.locator(".hits mark").count() > 0
    page.locator(".hits a").first.click()
    assert "/manual/" in page.url and "12007" in page.locator("main").inner_text()


def test_a_wrong_address_searches_its_words(site, watched):
    page = watched.page(site, width=320)
    assert page.goto("/manual/how-to/replace-proxies").status == 404
    box = page.get_by_role("searchbox", name="Search the manual")
    assert box.input_value() == "replace proxies"
    box.press("Enter")
    assert page.locator(".hits a").first.get_attribute("href").startswith("/manual/how-to/replace-a-proxy")


def test_the_index_jumps_to_a_letter(site, watched):
    page = watched.page(site, width=1280)
    page.goto("/manual/a-z")
    page.get_by_role("navigation", name="Letters").get_by_role("link", name="S", exact=True).click()
    assert page.url.endswith("#letter-s")
    page.get_by_role("link", name="Site name", exact=True).first.click()
    assert "/manual/fields/" in page.url
