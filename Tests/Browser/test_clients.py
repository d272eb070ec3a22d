"""The plan of a site's clients, in a browser without scripting."""

import json

import pytest

from conftest import SITE
from forms import control, press_to_go, retype, save, tab_to

PAGE = f"/sites/{SITE}/clients"


@pytest.fixture
def page(own_site, watched):
    return watched.page(own_site, scripting=False)


def exported_plan(own_site):
    sites = json.loads(own_site.command("export", "--format", "json"))["sites"]
    return next(site for site in sites if site["code"] == SITE).get("clients")


def choose(page, text):
    """Chooses what begins with a text, by keyboard."""
    page.keyboard.type(text)


def test_a_plan_is_told_with_the_keyboard_alone_and_exported(own_site, page):
    assert exported_plan(own_site) is None
    page.goto(f"/sites/{SITE}")
    tab_to(page, f"a[href='{PAGE}']")
    press_to_go(page)

    tab_to(page, control("clients.winHTTP"))
    choose(page, "This")
    tab_to(page, control("clients.winHTTPServer"))
    retype(page, "proxy09.contoso.com")
    tab_to(page, control("clients.winHTTPPort"))
    retype(page, "3128")
    tab_to(page, control("clients.winHTTPBypass"))
    retype(page, "*.contoso.com;<local>")
    tab_to(page, control("clients.system"))
    choose(page, "Automatic")
    tab_to(page, control("clients.pac"))
    retype(page, "http://pac.contoso.com/proxy.pac")
    tab_to(page, "form[method=post i] button:not([name])")
    answer = press_to_go(page)

    assert answer.status == 200
    assert "?saved=" in page.url
    text = page.locator("#steps").inner_text()
    assert 'netsh winhttp set proxy proxy-server="proxy09.contoso.com:3128" bypass-list="*.contoso.com;<local>"' in text
    assert 'bitsadmin /util /setieproxy localsystem AUTOSCRIPT "http://pac.contoso.com/proxy.pac"' in text
    plan = exported_plan(own_site)
    assert plan["winHTTP"] == "proxy" and plan["winHTTPBypass"] == ["*.contoso.com", "<local>"]
    assert plan["pac"] == "http://pac.contoso.com/proxy.pac" and plan["userProxyForScans"] is None


def test_a_refused_plan_keeps_what_was_typed_and_leads_to_the_control(own_site, page):
    page.goto(PAGE)
    page.locator(control("clients.system")).select_option("script")
    page.locator(control("clients.pac")).fill("http://pac/$(calc).pac")
    assert save(page).status == 422
    assert page.locator(control("clients.pac")).input_value() == "http://pac/$(calc).pac"
    assert page.locator(control("clients.system")).input_value() == "script"
    page.locator("a[href='#clients-pac']").first.click()
    assert page.locator(control("clients.pac")).and_(page.locator(":focus")).count() == 1
    assert exported_plan(own_site) is None
