"""Every page, wide, at 320 CSS pixels and dark: axe finds nothing, nothing scrolls sideways, one screenshot each."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from conftest import SCREENSHOTS, SERVER, SITE, STALE_SERVER
from forms import control, save

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
MODES = {"wide": (1280, "light"), "narrow": (320, "light"), "dark": (1280, "dark")}

#: Page → (address, status). All on the portal with data.
ADDRESSES = {
    "overview": ("/", 200),
    "servers": ("/servers", 200),
    "servers-filtered": ("/servers?q=ss01", 200),
    "servers-none-found": ("/servers?q=no-such-server", 200),
    "server-new": ("/servers/new", 200),
    "server-general": (f"/servers/{SERVER}", 200),
    "server-proxy": (f"/servers/{SERVER}/proxy", 200),
    "server-roles": (f"/servers/{SERVER}/roles", 200),
    "server-compare": (f"/servers/{SERVER}/compare", 200),
    "server-history": (f"/servers/{SERVER}/history", 200),
    "server-remove": (f"/servers/{SERVER}/remove", 200),
    "sites": ("/sites", 200),
    "site": (f"/sites/{SITE}", 200),
    "site-remove": (f"/sites/{SITE}/remove", 200),
    "site-clients": (f"/sites/{SITE}/clients", 200),
    "site-component": (f"/sites/{SITE}/component", 200),
    "site-component-source": (f"/sites/{SITE}/component/synchronization-source", 200),
    "site-component-schedule": (f"/sites/{SITE}/component/synchronization-schedule", 200),
    "site-component-classifications": (f"/sites/{SITE}/component/classifications", 200),
    "site-component-languages": (f"/sites/{SITE}/component/languages", 200),
    "changes": ("/changes", 200),
    "change-set": ("/changes/1", 200),
    "export": ("/export", 200),
    "export-script": (f"/export/script?server={SERVER}", 200),
    "manual": ("/manual", 200),
    "manual-a-z": ("/manual/a-z", 200),
    "search": ("/search?q=proxy+account", 200),
    "search-empty": ("/search", 200),
    "search-misspelt": ("/search?q=proxy+acount", 200),
    "search-nothing": ("/search?q=zzzyqx", 200),
    "not-found": ("/no/such/page", 404),
    "server-not-found": ("/servers/no-such-server.contoso.com", 404),
}


def examine(page, name, mode, **options):
    """The screenshot first, so that there is one to look at when the rest fails. `options` are further ones of axe."""
    page.screenshot(path=SCREENSHOTS / f"{name}-{mode}.png", full_page=True)
    scroll, client = page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert scroll <= client, f"{name} is {scroll} px wide in a window of {client} px"
    results = Axe().run(page, options={
        "runOnly": {"type": "tag", "values": TAGS},
        # Off by default, and part of what WCAG 2.5.3 asks for.
        "rules": {"label-content-name-mismatch": {"enabled": True}},
        **options,
    })
    # An empty answer would look like a clean one.
    assert len(results.response["passes"]) > 10, "axe did not look at the page"
    assert results.violations_count == 0, f"{name}, {mode}:\n{describe(results.response['violations'])}"
    assert page.locator("h1").count() == 1, "a page has one h1"


def describe(violations):
    lines = []
    for violation in violations:
        lines.append(f"{violation['id']} ({violation['impact']}): {violation['help']}")
        for node in violation["nodes"]:
            lines.append(f"    {' '.join(map(str, node['target']))}: {node['html']}")
    return "\n".join(lines)


@pytest.fixture(params=MODES)
def mode(request):
    return request.param


@pytest.fixture
def open_page(watched, mode):
    """Opens an address of a portal in the mode's window and holds the answer to a status."""
    width, scheme = MODES[mode]

    def open_page(portal, address, status=200):
        page = watched.page(portal, width=width, scheme=scheme)
        assert page.goto(address).status == status
        return page

    return open_page


@pytest.mark.parametrize("name", ADDRESSES)
def test_page(site, open_page, mode, name):
    address, status = ADDRESSES[name]
    examine(open_page(site, address, status), name, mode)


@pytest.mark.parametrize("name, address", [("overview-empty", "/"), ("servers-empty", "/servers")])
def test_page_of_an_empty_portal(empty, open_page, mode, name, address):
    examine(open_page(empty, address), name, mode)


@pytest.mark.parametrize("name, address", [
    ("overview-stale", "/"), ("servers-stale", "/servers?stale=true"), ("servers-pending", "/servers?pending=true"),
    ("server-compare-pending", f"/servers/{SERVER}/compare"), ("server-roles-stale", f"/servers/{SERVER}/roles"),
    ("server-compare-stale", f"/servers/{STALE_SERVER}/compare"),
])
def test_page_of_a_site_that_moved_on(aged_site, open_page, mode, name, address):
    page = open_page(aged_site, address)
    assert page.get_by_text("stale").count() + page.get_by_text("pending").count() > 0
    examine(page, name, mode)


@pytest.mark.parametrize("name, address", [
    ("sample-overview", "/"), ("sample-servers", "/servers"), ("sample-sites", "/sites"), ("sample-site-remove", "/sites/L02/remove"), ("sample-import", "/import"), ("sample-remove", "/import/sample/remove"),
    ("sample-compare", "/servers/p02-dp01.amer.contoso.com/compare"), ("sample-clients", "/sites/P02/clients"), ("sample-clients-proxy", "/sites/P01/clients"),
    ("sample-not-found", "/no/such/page"),
])
def test_page_of_the_sample(sample, open_page, mode, name, address):
    page = open_page(sample, address, 404 if name.endswith("found") else 200)
    assert page.get_by_role("link", name="Remove the sample data").is_visible()
    examine(page, name, mode)


def test_refused_form(site, open_page, mode):
    page = open_page(site, f"/servers/{SERVER}/proxy")
    page.locator(control("proxy.port")).fill("70000")
    assert save(page).status == 422
    examine(page, "server-proxy-refused", mode)


def test_saved_notice(own_site, open_page, mode):
    page = open_page(own_site, f"/servers/{SERVER}/proxy")
    page.locator(control("proxy.port")).fill("8081")
    assert save(page).status == 200
    examine(page, "server-proxy-saved", mode)


def test_stale_edit(own_site, open_page, mode):
    first = open_page(own_site, f"/servers/{SERVER}/proxy")
    second = open_page(own_site, f"/servers/{SERVER}/proxy")
    first.locator(control("proxy.port")).fill("8081")
    assert save(first).status == 200
    second.locator(control("proxy.port")).fill("8082")
    assert save(second).status == 409
    examine(second, "server-proxy-conflict", mode)


@pytest.mark.parametrize("address", ["/", "/servers", f"/servers/{SERVER}/proxy", f"/servers/{SERVER}/compare",
                                     f"/servers/{SERVER}/connections", "/flows", f"/servers/{SERVER}/remove"])
def test_every_tab_stop_is_seen(site, watched, address):
    """The focus is marked, inside the window, and nothing lies over it (WCAG 2.4.7 and 2.4.11)."""
    page = watched.page(site, width=1280, height=700)
    page.goto(address)
    stops = 0
    for _ in range(200):
        page.keyboard.press("Tab")
        stop = page.evaluate(
            """() => {
                const at = document.activeElement;
                if (!at || at === document.body) return null;
                const style = getComputedStyle(at);
                const box = at.getClientRects()[0] ?? at.getBoundingClientRect();
                const x = box.left + box.width / 2, y = box.top + box.height / 2;
                const hit = document.elementFromPoint(x, y);
                return {
                    html: at.outerHTML.slice(0, 200),
                    marked: (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0)
                        || style.boxShadow !== "none",
                    inside: x >= 0 && y >= 0 && x <= innerWidth && y <= innerHeight,
                    free: !!hit && (hit === at || at.contains(hit) || hit.contains(at)
                        || [...(at.labels ?? [])].some(label => label.contains(hit))),
                };
            }""")
        if stop is None:
            break
        stops += 1
        assert stop["marked"] and stop["inside"] and stop["free"], stop
    assert stops > 3, f"only {stops} stops on {address}"
