"""The wizards, in a browser: by keyboard and without scripting, and what axe says of every step and every refusal."""

import pytest

from conftest import _portal
from forms import control, press_to_go, retype, save, tab_to
from test_accessibility import MODES, examine

SERVER = "cas01.corp.contoso.com"  # at a central administration site, told to use no proxy, without roles
CHILD = "ps101.corp.contoso.com"  # at a primary site below it
CONTINUE = "main form button:not([name])"
POINT = "softwareUpdatePoint"

CONFIGURATION = f"""<configuration xmlns="urn:proxydesk:configuration:1">
<site code="CAS" name="Central" type="central administration" parent="" siteServer="" version=""/>
<site code="PS1" name="Primary" type="primary" parent="CAS" siteServer="" version=""/>
<siteSystemServer name="{SERVER}" site="CAS"><proxy use="false"/></siteSystemServer>
<siteSystemServer name="{CHILD}" site="PS1"><proxy use="false"/></siteSystemServer>
</configuration>
"""

#: The steps of Add Site System Roles with a software update point and a service connection point at the top-level site.
STEPS = [
    "general", "proxy", "roles", "software-update-point", "proxy-and-accounts", "synchronization-source",
    "synchronization-schedule", "supersedence", "classifications", "products", "languages",
    "service-connection-point", "summary", "completion",
]


@pytest.fixture
def hierarchy(tmp_path_factory):
    """A portal with a central and a primary site, for a test that saves."""
    file = tmp_path_factory.mktemp("wizard-files") / "hierarchy.xml"
    file.write_text(CONFIGURATION)
    portal = _portal(tmp_path_factory, "wizard", [file])
    yield portal
    portal.stop()


@pytest.fixture
def page(hierarchy, watched):
    return watched.page(hierarchy, scripting=False)


def begin(page, server=SERVER):
    page.goto(f"/servers/{server}/roles")
    with page.expect_navigation():
        page.get_by_role("button", name="Add Site System Roles").click()


def tick(page, role):
    page.get_by_label(role, exact=True).check()


def step(page):
    return page.url.split("?")[0].rsplit("/", 1)[1]


def test_software_update_point_with_a_proxy_by_keyboard_alone(hierarchy, page):
    page.goto(f"/servers/{SERVER}")
    tab_to(page, f"a[href='/servers/{SERVER}/roles']")
    press_to_go(page)
    tab_to(page, "button:has-text('Add Site System Roles')")
    press_to_go(page)
    assert step(page) == "general"
    assert "Step 1 of" in page.title() or "step 1 of" in page.title()
    tab_to(page, CONTINUE)
    press_to_go(page)

    tab_to(page, control("proxy.use"))
    page.keyboard.press("Space")
    tab_to(page, control("proxy.server"))
    retype(page, "proxy09.contoso.com")
    tab_to(page, control("proxy.port"))
    retype(page, "3128")
    press_to_go(page)
    assert step(page) == "roles"

    tab_to(page, "input[name='role.add.SMS Software Update Point']")
    page.keyboard.press("Space")
    tab_to(page, CONTINUE)
    press_to_go(page)
    assert step(page) == "software-update-point"
    tab_to(page, CONTINUE)
    press_to_go(page)

    for option in ("useProxyForSynchronization", "useProxyForADR"):
        tab_to(page, control(f"{POINT}.{option}"))
        page.keyboard.press("Space")
    tab_to(page, CONTINUE)
    press_to_go(page)
    while step(page) != "summary":
        tab_to(page, CONTINUE)
        press_to_go(page)
    assert hierarchy.exported_server(SERVER)["roles"] == [], "nothing is stored before the Summary is confirmed"
    changes = page.get_by_role("list", name="Traffic flows that change, before and after")
    assert "Software update synchronization" in changes.inner_text()
    assert "proxy09.contoso.com:3128" in changes.inner_text()

    tab_to(page, CONTINUE)
    press_to_go(page)
    assert step(page) == "completion"
    stored = hierarchy.exported_server(SERVER)
    assert stored["proxy"] == {"server": "proxy09.contoso.com", "port": 3128, "account": None}
    details = stored["roles"][0][POINT]
    assert details["useProxyForSynchronization"] and details["useProxyForADR"]
    assert [component["site"] for component in hierarchy.exported()["components"]] == ["CAS"]

    link = page.get_by_role("link", name="take the PowerShell script of this change set")
    assert link.get_attribute("href").startswith("/export/script?set=2"), "the import was the first"
    tab_to(page, "a[href^='/export/script?set=2']")
    press_to_go(page)
    assert "Set-CMSiteSystemServer" in page.content() and "Add-CMSoftwareUpdatePoint" in page.content()


def test_without_a_proxy_the_options_are_not_there_until_it_has_one(page):
    begin(page)
    save(page)
    save(page)
    tick(page, "Software update point")
    save(page)
    save(page)
    assert step(page) == "proxy-and-accounts"
    assert page.locator(control(f"{POINT}.useProxyForADR")).count() == 0
    with page.expect_navigation():
        page.get_by_role("link", name="Set a proxy first").click()
    page.locator(control("proxy.use")).check()
    page.locator(control("proxy.server")).fill("proxy09.contoso.com")
    save(page)
    page.goto(page.url.rsplit("/", 1)[0] + "/proxy-and-accounts")
    page.locator(control(f"{POINT}.useProxyForADR")).check()
    assert save(page).status == 200


def test_a_closed_browser_and_a_restart_lose_nothing(hierarchy, watched):
    first = watched.page(hierarchy, scripting=False)
    begin(first)
    first.locator(control("general.forest")).fill("contoso.com")
    save(first)
    first.locator(control("proxy.use")).check()
    first.locator(control("proxy.port")).fill("70000")
    assert save(first).status == 422
    first.context.close()
    hierarchy.stop()
    hierarchy.start()

    second = watched.page(hierarchy, scripting=False)
    second.goto("/sites/CAS")
    with second.expect_navigation():
        second.get_by_role("link", name=f"Add Site System Roles: {SERVER}").click()
    assert step(second) == "proxy"
    assert second.locator(control("proxy.port")).input_value() == "70000"
    with second.expect_navigation():
        second.get_by_role("link", name="Back", exact=True).click()
    assert second.locator(control("general.forest")).input_value() == "contoso.com"


def test_a_draft_is_removed_after_asking(hierarchy, page):
    begin(page)
    with page.expect_navigation():
        page.get_by_role("link", name="Cancel the wizard").click()
    with page.expect_navigation():
        page.get_by_role("link", name="Go on with it").click()
    assert step(page) == "general"
    with page.expect_navigation():
        page.get_by_role("link", name="Cancel the wizard").click()
    assert save(page).status == 200
    assert page.get_by_text("Open drafts").count() == 0
    assert page.url.endswith(f"/servers/{SERVER}/roles")


def test_a_new_server_is_named_first(hierarchy, page):
    page.goto("/servers/new")
    page.locator(control("server.name")).fill("new.contoso.com")
    page.locator(control("server.site")).select_option("PS1")
    save(page)
    assert step(page) == "general"
    assert page.locator(control("server.name")).input_value() == "new.contoso.com"
    save(page)
    save(page)
    tick(page, "Distribution point")
    save(page)
    assert step(page) == "summary"
    save(page)
    assert [role["role"] for role in hierarchy.exported_server("new.contoso.com")["roles"]] == ["SMS Distribution Point"]


@pytest.fixture(params=MODES)
def mode(request):
    return request.param


def test_axe_on_every_step_and_every_refusal(hierarchy, watched, mode):
    width, scheme = MODES[mode]
    page = watched.page(hierarchy, width=width, scheme=scheme)
    page.goto("/servers/new")
    page.locator(control("server.name")).fill("a b")
    assert save(page).status == 422
    examine(page, "server-new-refused", mode)

    begin(page)
    wrong = {
        "general": ("general.internetFQDN", "a b"),
        "proxy": ("proxy.port", "70000"),
        "software-update-point": (f"{POINT}.httpPort", "0"),
        "proxy-and-accounts": (f"{POINT}.wsusAccount", "svc@contoso.com"),
        "supersedence": (f"{POINT}Component.featureUpdateWaitMonths", "100"),
        "languages": (f"{POINT}Component.fileLanguages", "\u202een"),
    }
    seen = []
    for _ in STEPS:
        name = step(page)
        seen.append(name)
        examine(page, f"wizard-{name}", mode)
        if name == "completion":
            break
        if name == "general":
            page.goto(page.url.rsplit("/", 1)[0] + "/cancel")
            examine(page, "wizard-cancel", mode)
            with page.expect_navigation():
                page.get_by_role("link", name="Go on with it").click()
        if name == "proxy":
            page.locator(control("proxy.use")).check()
            page.locator(control("proxy.server")).fill("proxy09.contoso.com")
        if name in wrong:
            key, text = wrong[name]
            right = page.locator(control(key)).input_value()
            page.locator(control(key)).fill(text)
            assert save(page).status == 422, name
            examine(page, f"wizard-{name}-refused", mode)
            page.locator(control(key)).fill(right)
        if name == "roles":
            assert save(page).status == 422, "no role was chosen"
            examine(page, "wizard-roles-refused", mode)
            tick(page, "Software update point")
            tick(page, "Service connection point")
        assert save(page).status == 200, name
    assert seen == STEPS


def test_axe_on_a_step_that_was_overtaken_and_on_a_changed_server(hierarchy, watched, mode):
    width, scheme = MODES[mode]
    page = watched.page(hierarchy, width=width, scheme=scheme)
    begin(page, CHILD)
    other = page.context.new_page()
    other.goto(page.url)
    save(other)
    assert save(page).status == 409
    examine(page, "wizard-conflict", mode)
    other.close()
    assert save(page).status == 200
    save(page)
    tick(page, "Distribution point")
    save(page)
    assert step(page) == "summary"
    summary = page.url
    page.goto(f"/servers/{CHILD}/proxy")
    page.locator(control("proxy.use")).check()
    page.locator(control("proxy.server")).fill("proxy09.contoso.com")
    assert save(page).status == 200
    page.goto(f"/servers/{CHILD}")
    examine(page, "server-with-draft", mode)
    page.goto(summary)
    assert page.get_by_text("was changed since this draft began").count() == 1
    examine(page, "wizard-summary-changed", mode)
