"""Traffic flows as a person meets them: by keyboard, without scripting, wide and at 320 CSS pixels."""

import pytest

from conftest import SERVER, SITE
from forms import control, press_to_go, retype, save, tab_to
from test_accessibility import examine, mode, open_page  # noqa: F401 (fixtures)

PREVIEW = "form[method=post i] button[name=preview]"
SAMPLE_SERVERS = ["cas-sup01.corp.contoso.com", "p01-sup01.emea.contoso.com", "cm-p01.emea.contoso.com"]


@pytest.mark.parametrize("server", SAMPLE_SERVERS)
def test_connections_of_the_sample(sample, open_page, mode, server):
    examine(open_page(sample, f"/servers/{server}/connections"), f"connections-{server.split('.')[0]}", mode)


@pytest.mark.parametrize("name, address", [
    ("flows", "/flows"), ("flows-unknown", "/flows?route=unknown"), ("flows-none-found", "/flows?q=no-such-server"),
    ("flows-site", "/sites/P01"),
])
def test_flows_of_the_sample(sample, open_page, mode, name, address):
    examine(open_page(sample, address), name, mode)


def test_connections_without_flows(site, open_page, mode):
    page = open_page(site, f"/servers/{SERVER}/connections")
    examine(page, "connections", mode)


def test_preview(site, open_page, mode):
    page = open_page(site, f"/servers/{SERVER}/proxy")
    page.locator(control("proxy.server")).fill("proxy09.contoso.com")
    with page.expect_navigation() as navigation:
        page.locator(PREVIEW).click()
    assert navigation.value.status == 200
    examine(page, "server-proxy-preview", mode)


def test_what_changes_is_shown_by_keyboard_before_and_after_saving(own_site, watched):
    page = watched.page(own_site, scripting=False)
    page.goto(f"/servers/{SERVER}/proxy")
    before = own_site.exported_server(SERVER)
    tab_to(page, control("proxy.server"))
    retype(page, "proxy09.contoso.com")
    tab_to(page, PREVIEW)
    assert press_to_go(page, "Space").status == 200
    preview = page.locator("#what-changes")
    assert preview.is_visible()
    assert page.evaluate("document.activeElement.id") == "what-changes"
    assert "proxy09.contoso.com" in preview.inner_text()
    assert page.locator(control("proxy.server")).input_value() == "proxy09.contoso.com"
    assert own_site.exported_server(SERVER) == before, "nothing is stored"

    tab_to(page, control("proxy.server"))
    assert press_to_go(page, "Enter").status == 200
    assert "?saved=" in page.url, "Enter in a text box saves"
    changed = page.get_by_role("region", name="Traffic flows that this save changed")
    assert "proxy09.contoso.com" in changed.inner_text()
    proxies = {flow["proxy"] for flow in own_site.exported_server(SERVER)["flows"] if flow["route"] == "proxy"}
    assert proxies == {"proxy09.contoso.com:80"}


def test_flows_are_found_by_keyboard(sample, watched):
    page = watched.page(sample, scripting=False)
    page.goto("/")
    tab_to(page, "a[href='/flows']")
    press_to_go(page)
    tab_to(page, "a[href='/flows?flow=service-connection']")
    press_to_go(page)
    assert "2 traffic flows found." in page.locator("main").inner_text()
    tab_to(page, ".found a[href$='/connections#service-connection']")
    press_to_go(page)
    card = page.locator("#service-connection")
    assert "Through a proxy" in card.inner_text()
    assert card.locator("ol li a").count() > 0, "each reason leads into the manual"
    for link in card.locator("ol li a").all():
        assert link.get_attribute("href").startswith("/manual/")


def test_a_refused_preview_says_what_a_refused_save_says(site, watched):
    page = watched.page(site, scripting=False)
    said = []
    for button in ("preview", "save"):
        page.goto(f"/servers/{SERVER}/proxy")
        page.locator(control("proxy.port")).fill("70000")
        if button == "save":
            assert save(page).status == 422
        else:
            with page.expect_navigation() as navigation:
                page.locator(PREVIEW).click()
            assert navigation.value.status == 422
        said.append(page.locator("main").inner_text())
    assert said[0] == said[1]


def test_a_site_leads_to_its_flows(site, watched):
    page = watched.page(site, scripting=False)
    page.goto(f"/sites/{SITE}")
    page.get_by_role("link", name="List them all").click()
    assert page.locator("#site").input_value() == SITE
