"""Proxies in use, each proxy's page, and replacing a proxy: by keyboard, without scripting, and examined in every state."""

import pytest

from conftest import SERVER
from forms import control, form, press_to_go, retype, save, tab_to
from test_accessibility import MODES, examine, mode, open_page  # noqa: F401

PROXY = "proxy04.contoso.com:80"  # SERVER uses it, as an account
ADDRESS = f"/proxies/{PROXY}"
REPLACE = f"/proxies/replace?proxy={PROXY}"
PREVIEW = "button[name=preview]"
ALERT = "[role=alert]"


def press_button(page, selector):
    with page.expect_navigation() as navigation:
        page.locator(selector).first.click()
    return navigation.value


def to_preview(page, server="proxy09.contoso.com", port="3128"):
    page.locator(control("proxy.server")).fill(server)
    page.locator(control("proxy.port")).fill(port)
    return press_button(page, PREVIEW)


def users(portal, address):
    name, port = address.rsplit(":", 1)
    return [server["name"] for server in portal.exported()["servers"]
            if server["proxy"] and (server["proxy"]["server"], server["proxy"]["port"]) == (name, int(port))]


def test_a_proxy_is_replaced_with_the_keyboard_alone(own_site, watched):
    before = users(own_site, PROXY)
    assert SERVER in before
    page = watched.page(own_site, scripting=False)
    page.goto("/")
    tab_to(page, "nav.sections a[href='/proxies']")
    press_to_go(page)
    tab_to(page, f"main th a[href='{ADDRESS}']")
    press_to_go(page)
    assert page.locator("h1").inner_text() == PROXY
    tab_to(page, "main a.button")
    press_to_go(page)

    tab_to(page, control("proxy.server"))
    retype(page, "proxy09.contoso.com")
    tab_to(page, control("proxy.port"))
    retype(page, "3128")
    answer = press_to_go(page)
    assert answer.status == 200
    assert page.title().startswith("Preview: ")
    assert users(own_site, PROXY) == before, "a preview stores nothing"
    rows = page.locator("main table tbody tr")
    assert rows.count() == len(before)
    assert "proxy09.contoso.com:3128" in rows.first.inner_text()

    tab_to(page, "#reason")
    retype(page, "proxy04 goes")
    tab_to(page, "form[method=post i] button:not([name])")
    answer = press_to_go(page)
    assert answer.status == 200
    assert "/changes/" in page.url and "?saved=" in page.url
    assert page.locator(ALERT).is_visible()
    assert "proxy04 goes" in page.locator("main").inner_text()
    assert users(own_site, "proxy09.contoso.com:3128") == before
    assert users(own_site, PROXY) == []


def test_servers_that_are_ticked_stay_as_they_are(own_site, watched):
    before = users(own_site, PROXY)
    page = watched.page(own_site, scripting=False)
    page.goto(REPLACE)
    assert to_preview(page).status == 200
    box = page.get_by_label(f"Leave out {SERVER}")
    box.focus()
    page.keyboard.press("Space")
    if len(before) > 1:
        assert press_button(page, PREVIEW).status == 200
        assert "Left out by hand" in page.locator("main").inner_text()
        assert save(page).status == 200
        assert users(own_site, PROXY) == [SERVER]
    else:
        assert press_button(page, PREVIEW).status == 422, "nobody is left"


def test_going_back_from_the_preview_loses_nothing(site, watched):
    page = watched.page(site, scripting=False)
    page.goto(REPLACE)
    page.locator("#contains").fill("ss")
    to_preview(page)
    press_button(page, "button[name=edit]")
    assert page.locator(control("proxy.server")).input_value() == "proxy09.contoso.com"
    assert page.locator(control("proxy.port")).input_value() == "3128"
    assert page.locator("#contains").input_value() == "ss"


def test_pages(site, open_page, mode):  # noqa: F811
    for name, address in [("proxies", "/proxies"), ("proxy", ADDRESS), ("proxy-choose", "/proxies/replace"),
                          ("proxy-replace", REPLACE)]:
        examine(open_page(site, address), name, mode)
    examine(open_page(site, "/proxies/nobody:1", 404), "proxy-not-found", mode)


def test_pages_of_an_empty_portal(empty, open_page, mode):  # noqa: F811
    examine(open_page(empty, "/proxies"), "proxies-empty", mode)
    examine(open_page(empty, "/proxies/replace"), "proxy-choose-empty", mode)


def test_a_proxy_of_many_servers(sample, open_page, mode):  # noqa: F811
    page = open_page(sample, "/proxies")
    link = page.locator("main th a").first.get_attribute("href")
    page = open_page(sample, link)
    examine(page, "sample-proxy", mode)
    press_button(page, "main a.button")
    examine(page, "sample-proxy-replace", mode)
    assert to_preview(page).status == 200
    examine(page, "sample-proxy-preview", mode)


def test_refused_values(site, open_page, mode):  # noqa: F811
    page = open_page(site, REPLACE)
    page.locator("#leaveOut").fill("nobody.contoso.com")
    assert to_preview(page, "http://proxy09", "70000").status == 422
    assert page.title().startswith("Error: ")
    assert page.locator(control("proxy.port")).input_value() == "70000"
    examine(page, "proxy-replace-refused", mode)
    page.locator(control("proxy.server")).fill("proxy09.contoso.com")
    page.locator(control("proxy.port")).fill("3128")
    assert press_button(page, PREVIEW).status == 422
    assert "nobody.contoso.com is not among" in page.locator("main").inner_text()
    examine(page, "proxy-replace-stranger", mode)


def test_conflict_and_what_came_of_it(own_site, open_page, mode):  # noqa: F811
    page = open_page(own_site, REPLACE)
    assert to_preview(page).status == 200
    examine(page, "proxy-preview", mode)
    other = open_page(own_site, f"/servers/{SERVER}/proxy")
    other.locator(control("proxy.account")).fill("CONTOSO\\svc-other")
    assert save(other).status == 200
    assert save(page).status == 409
    assert SERVER in page.locator(ALERT).inner_text()
    examine(page, "proxy-preview-conflict", mode)
    assert save(page).status == 200
    examine(page, "proxy-replaced", mode)


def test_nothing_left_to_change(site, open_page, mode):  # noqa: F811
    page = open_page(site, REPLACE)
    assert press_button(page, PREVIEW).status == 200
    assert form(page).locator("button:not([name])").count() == 0
    examine(page, "proxy-preview-unchanged", mode)


@pytest.mark.parametrize("address", [ADDRESS, REPLACE])
def test_every_tab_stop_is_seen(site, watched, address):
    from test_accessibility import test_every_tab_stop_is_seen as look

    look(site, watched, address)
