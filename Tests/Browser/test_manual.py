"""Every page of the manual: valid HTML, and axe finds nothing wide and at 320 CSS pixels, light and dark."""

import re
import urllib.request

import html5lib
import pytest
from axe_playwright_python.sync_playwright import Axe

from test_accessibility import TAGS, describe

#: What is looked for in each mode. Where only the colours differ, only they are looked at again.
MODES = {
    "wide": (1280, "light", {"type": "tag", "values": TAGS}),
    "narrow": (320, "light", {"type": "tag", "values": TAGS}),
    "wide-dark": (1280, "dark", {"type": "rule", "values": ["color-contrast"]}),
    "narrow-dark": (320, "dark", {"type": "rule", "values": ["color-contrast"]}),
}


def read(portal, address):
    with urllib.request.urlopen(portal.address + address, timeout=30) as answer:
        return answer.read().decode()


@pytest.fixture(scope="module")
def pages(site):
    """The addresses of all pages, as the manual's own index names them."""
    found = re.findall(r'href="(/manual/[^"#?]+)"', read(site, "/manual"))
    addresses = sorted({"/manual"} | set(found) - {"/manual/all"})
    assert len(addresses) > 100, "the index names every page"
    return addresses


def test_every_page_is_valid_html(site, pages):
    faults = []
    for address in [*pages, "/manual/all", "/search?q=12007", "/requirements?role=service_connection_point"]:
        parser = html5lib.HTMLParser()
        parser.parse(read(site, address))
        faults += [f"{address}: {fault}" for fault in parser.errors]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("mode", MODES)
def test_axe_finds_nothing_on_any_page(site, pages, watched, mode):
    width, scheme, rules = MODES[mode]
    page = watched.page(site, width=width, scheme=scheme)
    faults = []
    for address in pages:
        page.goto(site.address + address)
        scroll, client = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        if scroll > client:
            faults.append(f"{address} is {scroll} px wide in a window of {client} px")
        results = Axe().run(page, options={"runOnly": rules})
        assert results.response["passes"], f"axe did not look at {address}"
        if results.violations_count:
            faults.append(f"{address}:\n{describe(results.response['violations'])}")
    assert not faults, "\n".join(faults)
