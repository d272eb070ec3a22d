"""The manual as plain files, opened from the disk: no server, no network, with scripting and without."""

import re
import subprocess
import urllib.parse
from types import SimpleNamespace

import pytest

from conftest import BINARY, ROOT
from test_accessibility import MODES, examine
from test_links import Page

#: Pages that every copy has, beside those of the manual itself.
FRAME = {"index.html", "search.html", "a-z.html", "all.html"}


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """A copy in a folder whose name has blanks in it, as file shares have."""
    folder = tmp_path_factory.mktemp("share") / "The manual"
    done = subprocess.run([BINARY, "docs", "build", "--output", folder, "--resources", ROOT],
                          capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return SimpleNamespace(folder=folder, address=folder.as_uri())


def names(copy):
    return {str(file.relative_to(copy.folder)) for file in copy.folder.rglob("*.html")}


def test_a_code_is_found_and_its_page_opened(copy, watched):
    page = watched.page(copy)
    page.goto(copy.address + "/index.html")
    page.locator("form[role=search] input[name=q]").first.fill("12007")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=12007")
    hits = page.locator("#search-results a")
    hits.first.wait_for()
    assert page.locator("#search-count").inner_text().strip()
    assert page.locator("#search-results mark").count() > 0
    address = hits.first.get_attribute("href")
    hits.first.click()
    page.wait_for_url("**/" + address)
    assert "12007" in page.locator("main").inner_text()
    fragment = address.partition("#")[2]
    assert not fragment or page.locator(f"[id='{fragment}']").count() == 1


@pytest.mark.parametrize("typed", ["0x80072EE7", "SUP", "proxy account", "<b>\"'&"])
def test_whatever_is_typed_is_searched_for_and_shown_as_text(copy, watched, typed):
    page = watched.page(copy)
    page.goto(copy.address + "/search.html")
    page.locator("#q").fill(typed)
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=*")
    page.wait_for_function("document.getElementById('search-count').textContent.trim() !== ''")
    assert page.locator("#q").input_value() == typed
    assert page.locator("main b").count() == 0


def test_every_page_is_reached_by_the_index_from_a_to_z_without_scripting(copy, watched):
    page = watched.page(copy, scripting=False)
    page.goto(copy.address + "/search.html?q=12007")
    page.locator("noscript a").click()
    page.wait_for_url("**/a-z.html")
    index = Page((copy.folder / "a-z.html").read_text())
    led_to = {link.partition("#")[0] for link in index.links}
    assert names(copy) - FRAME <= led_to
    page.locator("main li a").first.click()
    assert page.locator("h1").count() == 1


def test_every_link_leads_to_a_file_and_a_place_in_it(copy):
    pages = {name: Page((copy.folder / name).read_text()) for name in names(copy)}
    lost = []
    for name, page in pages.items():
        for link in page.links:
            if link.startswith(("https://", "mailto:")):
                continue
            path, _, fragment = link.partition("#")
            target = ((copy.folder / name).parent / path).resolve() if path else copy.folder / name
            if not target.is_file():
                lost.append(f"{link} in {name}")
            elif fragment and fragment not in pages[str(target.relative_to(copy.folder.resolve()))].ids:
                lost.append(f"{link} in {name}")
    assert not lost, "\n".join(lost)
    assert len(pages) > 20


#: What people type, in every way that the search understands.
TYPED = [
    "12007", "0x80072EE7", "-2147012889", "error12007", "407", "ERROR_WINHTTP_NAME_NOT_RESOLVED", "ruleengine", "SUP", "DP",
    "distribution point", "proxy account", "proxy.port.range", "UseProxyForADR", "port 8530", "adr keeps failing",
    "works in the browser, fails for the server", "how do i change the proxy password", "synchronisation failed",
    "syncronisation", "poxy acount", "pr\u00f3xy", "\uff30\uff32\uff2f\uff38\uff39", "\ufb01rewall", "certificates expired", "whitelist",
    "Failed to download the update from internet. Error = 12007", "tls inspection", "limits", "rollback", "zzzyqx",
    "site.system system.server", "system.server site.system", "midle", "panned", "rplaces",
]


def test_files_and_server_give_the_same_answers(copy, site, watched):
    served, page = watched.page(site, scripting=False), watched.page(copy)
    page.goto(copy.address + "/search.html")
    differ = []
    for typed in TYPED:
        served.goto("/search?q=" + urllib.parse.quote(typed))
        wanted = [re.sub("^/manual/", "", link) for link in links(served, ".hits h2 a")][:3] + marked(served)
        page.locator("#q").fill(typed)
        page.locator("#q").press("Enter")
        found = [link.replace(".html", "") for link in links(page, "#search-results h2 a")][:3] + marked(page)
        if wanted != found:
            differ.append(f"{typed}: {wanted}, and in the files {found}")
    assert not differ, "\n".join(differ)


def links(page, selector):
    return page.eval_on_selector_all(selector, "all => all.map((one) => one.getAttribute('href'))")


def marked(page):
    """What was searched for instead, and the headings and the snippets of the best answers, with their marks."""
    said = page.locator("main .inset, main .total").all_inner_texts()
    shown = page.eval_on_selector_all(".hits h2 a, .hits p:not(.small)", "all => all.slice(0, 6).map((one) => one.innerHTML)")
    return re.findall("Showing \u201c?(\\w+)", " ".join(said)) + shown


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("name, file", [
    ("files-index", "index.html"), ("files-search", "search.html?q=proxy"), ("files-a-z", "a-z.html"),
    ("files-concept", "concepts/one-proxy-per-computer.html"), ("files-fields", "fields/proxy.html"),
])
def test_page_of_the_files(copy, watched, mode, name, file):
    width, scheme = MODES[mode]
    page = watched.page(copy, width=width, scheme=scheme)
    page.goto(f"{copy.address}/{file}")
    # axe would ask for the style sheets again, which a page from the disk may not.
    examine(page, name, mode, preload=False)
