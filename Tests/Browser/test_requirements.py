"""Network requirements as a person meets them: by keyboard, without scripting, wide and at 320 CSS pixels."""

import pytest

from forms import press_to_go, tab_to
from test_accessibility import examine, mode, open_page  # noqa: F401 (fixtures)

SERVER = "cas-sup01.corp.contoso.com"


@pytest.mark.parametrize("name, address", [
    ("requirements", "/requirements"),
    ("requirements-server", f"/requirements?server={SERVER}"),
    ("requirements-site", "/requirements?site=P01"),
    ("requirements-hierarchy", "/requirements?scope=hierarchy"),
    ("requirements-role", "/requirements?role=cmg_connection_point&cmg=a%20b"),
    ("manual-endpoints", "/manual/reference/internet-endpoints"),
    ("manual-ports", "/manual/reference/ports"),
])
def test_requirements_of_the_sample(sample, open_page, mode, name, address):
    examine(open_page(sample, address), name, mode)


def test_a_role_is_chosen_by_keyboard_and_leads_to_the_manual_and_back(sample, watched):
    page = watched.page(sample, scripting=False)
    page.goto("/requirements")
    tab_to(page, "#role")
    page.keyboard.type("Service connection")
    tab_to(page, "button:has-text('Show the role’s')")
    assert press_to_go(page, "Space").status == 200
    assert "role=service_connection_point" in page.url
    tab_to(page, "a[href$='#scp-updates-servicing']")
    press_to_go(page)
    assert page.locator("#scp-updates-servicing").is_visible()
    page.locator("a[href='/requirements?role=service_connection_point']").first.click()
    assert page.locator("h1").inner_text() == "Network requirements: Service connection point"
