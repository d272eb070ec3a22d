"""What an admin does, in a browser without scripting."""

import xml.etree.ElementTree as ElementTree

import pytest

from conftest import SERVER, SERVER_WITHOUT_PROXY
from forms import control, form, press_to_go, retype, save, tab_to

NAMESPACE = "{urn:proxydesk:configuration:1}"
ALERT = "[role=alert], [role=status]"
SUMMARY = "[tabindex='-1'][autofocus]"


@pytest.fixture
def page(own_site, watched):
    return watched.page(own_site, scripting=False)


def open_proxy_tab(page, server=SERVER):
    assert page.goto(f"/servers/{server}/proxy").status == 200
    return page


def test_proxy_is_set_with_the_keyboard_alone_and_exported(own_site, page):
    page.goto("/")
    tab_to(page, "a[href='/servers']")
    press_to_go(page)
    tab_to(page, f"main a[href^='/servers/{SERVER_WITHOUT_PROXY}']")
    press_to_go(page)
    if not page.url.endswith("/proxy"):
        tab_to(page, f"a[href='/servers/{SERVER_WITHOUT_PROXY}/proxy']")
        press_to_go(page)

    tab_to(page, control("proxy.use"))
    assert not page.locator(control("proxy.use")).is_checked()
    page.keyboard.press("Space")
    tab_to(page, control("proxy.server"))
    retype(page, "proxy09.contoso.com")
    tab_to(page, control("proxy.port"))
    retype(page, "3128")
    tab_to(page, control("proxy.useCredentials"))
    page.keyboard.press("Space")
    tab_to(page, control("proxy.account"))
    retype(page, "CONTOSO\\svc-proxy9")
    tab_to(page, "form[method=post i] button:not([name])")
    answer = press_to_go(page)

    assert answer.status == 200
    assert "?saved=" in page.url
    assert page.locator(ALERT).first.is_visible()
    assert page.locator(control("proxy.server")).input_value() == "proxy09.contoso.com"
    expected = {"server": "proxy09.contoso.com", "port": 3128, "account": "CONTOSO\\svc-proxy9"}
    assert own_site.exported_server(SERVER_WITHOUT_PROXY)["proxy"] == expected

    document = ElementTree.fromstring(own_site.command("export", "--format", "xml").encode())
    server = document.find(f"{NAMESPACE}siteSystemServer[@name='{SERVER_WITHOUT_PROXY}']")
    assert server.find(f"{NAMESPACE}proxy").attrib == {
        "use": "true", "server": "proxy09.contoso.com", "port": "3128", "account": "CONTOSO\\svc-proxy9"}


def test_going_to_the_page_again_saves_nothing_twice(own_site, page):
    open_proxy_tab(page)
    page.locator(control("proxy.port")).fill("8081")
    save(page)
    revision = own_site.exported_server(SERVER)["revision"]
    page.reload()
    assert own_site.exported_server(SERVER)["revision"] == revision


def test_saved_notice_is_gone_on_the_next_page(page):
    open_proxy_tab(page)
    before = page.locator(ALERT).count()
    page.locator(control("proxy.port")).fill("8081")
    save(page)
    assert page.locator(ALERT).count() > before
    open_proxy_tab(page)
    assert page.locator(ALERT).count() == before


def test_refused_form_keeps_what_was_typed_and_leads_to_the_control(own_site, page):
    before = own_site.exported_server(SERVER)
    open_proxy_tab(page)
    page.locator(control("proxy.server")).fill("proxy05.contoso.com")
    page.locator(control("proxy.port")).fill("70000")
    answer = save(page)

    assert answer.status == 422
    assert page.title().startswith("Error: ")
    assert page.locator(control("proxy.server")).input_value() == "proxy05.contoso.com"
    assert page.locator(control("proxy.port")).input_value() == "70000"

    summary = page.locator(SUMMARY)
    assert summary.count() == 1
    assert summary.and_(page.locator(":focus")).count() == 1, "the focus is on the summary"
    assert summary.evaluate(
        "(summary) => !!(summary.compareDocumentPosition(document.querySelector('h1'))"
        " & Node.DOCUMENT_POSITION_FOLLOWING)"), "the summary stands above the heading"
    link = summary.locator("a[href='#proxy-port']")
    sentence = link.inner_text().strip()
    link.click()
    port = page.locator(control("proxy.port"))
    assert port.and_(page.locator(":focus")).count() == 1, "the link leads to the control"
    described = (port.get_attribute("aria-describedby") or "").split()
    beside = " ".join(page.locator(f"[id='{identifier}']").inner_text() for identifier in described)
    assert sentence in beside, "the same words stand beside the control"

    assert own_site.exported_server(SERVER) == before

    port.fill("8082")
    assert save(page).status == 200
    assert own_site.exported_server(SERVER)["proxy"]["port"] == 8082
    assert own_site.exported_server(SERVER)["proxy"]["server"] == "proxy05.contoso.com"


def test_every_problem_is_named_at_once(page):
    open_proxy_tab(page)
    page.locator(control("proxy.server")).fill("http://proxy05.contoso.com:8080")
    page.locator(control("proxy.port")).fill("0x50")
    page.locator(control("proxy.account")).fill("svc@contoso.com")
    assert save(page).status == 422
    links = page.locator(f"{SUMMARY} >> a")
    targets = {links.nth(index).get_attribute("href") for index in range(links.count())}
    assert {"#proxy-server", "#proxy-port", "#proxy-account"} <= targets


def test_what_was_typed_under_a_box_that_is_off_is_not_judged(own_site, page):
    open_proxy_tab(page)
    page.locator(control("proxy.port")).fill("nonsense")
    page.locator(control("proxy.use")).uncheck()
    assert save(page).status == 200
    assert own_site.exported_server(SERVER)["proxy"] is None
    assert own_site.exported_server(SERVER)["told"]["proxy"] is True


def test_stale_edit_shows_both_versions_and_a_way_on(own_site, watched):
    mine = open_proxy_tab(watched.page(own_site, scripting=False))
    theirs = open_proxy_tab(watched.page(own_site, scripting=False))
    theirs.locator(control("proxy.port")).fill("8081")
    assert save(theirs).status == 200

    mine.locator(control("proxy.server")).fill("proxy06.contoso.com")
    assert save(mine).status == 409
    text = mine.locator("main").inner_text()
    assert "8081" in text, "what is stored"
    typed = text + " ".join(
        box.input_value() for box in mine.locator("main input:not([type=hidden])").all() if box.is_visible())
    assert "proxy06.contoso.com" in typed, "what was typed"
    assert own_site.exported_server(SERVER)["proxy"]["server"] == "proxy04.contoso.com", "nothing was saved"
    assert mine.locator("main a, main button").count() >= 2, "a way to go on from each"

    assert form(mine).locator("input[name=revision]").count() == 1
    assert save(mine).status == 200, "saving again, now knowing both, is taken"
    assert own_site.exported_server(SERVER)["proxy"]["server"] == "proxy06.contoso.com"


def test_first_start_says_what_to_do(empty, watched):
    page = watched.page(empty, scripting=False)
    assert page.goto("/").status == 200
    text = page.locator("main").inner_text()
    assert "Get-CMSite" in text, "the export script, to copy"
    assert "Read and show a preview" in text, "and what to do with its file"
    assert page.locator("main a[download], main a[href*='script']").count() >= 1, "the export script, to download"


def test_skip_link_leads_to_the_main_part(site, watched):
    page = watched.page(site, scripting=False)
    page.goto("/servers")
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    target = skip.get_attribute("href")
    assert target and target.startswith("#"), "the first stop is the skip link"
    page.keyboard.press("Enter")
    assert page.locator(f"main{target}, main {target}").count() == 1


def test_servers_are_found_through_the_address(site, watched):
    page = watched.page(site, scripting=False)
    page.goto("/servers?q=p01-ss")
    names = page.locator("main table a[href^='/servers/']")
    shown = {names.nth(index).inner_text().strip() for index in range(names.count())}
    assert {"p01-ss01.corp.contoso.com", "p01-ss02.corp.contoso.com", "p01-ss03.corp.contoso.com"} <= shown
    assert SERVER not in shown
