"""Diagnose: by keyboard, without scripting, and looked at by axe before and after a paste."""

from conftest import SERVER
from forms import press_to_go, tab_to
from test_accessibility import examine, mode, open_page  # noqa: F401 (fixtures)

LINES = f"""<![LOG[Failed to download the update from internet. Error = 12007.]LOG]!><time="08:51:08.954-570" date="08-01-2026" component="SMS_RULE_ENGINE" context="" type="3" thread="2308" file="engine.cpp:3520">
<![LOG[Sync failed: UssCommunicationError: WebException: Unable to connect to the remote server from {SERVER}]LOG]!><time="08:52:08.954-570" date="08-01-2026" component="SMS_WSUS_SYNC_MANAGER" context="" type="3" thread="2308" file="sync.cpp:35">
<b>markup</b> hr=0x{"8024401b"} {"x" * 300}
"""


def send(page):
    with page.expect_navigation() as navigation:
        page.locator("form.upload button").click()
    return navigation.value


def test_form(site, open_page, mode):
    examine(open_page(site, "/diagnose"), "diagnose", mode)


def test_answer(site, open_page, mode):
    page = open_page(site, "/diagnose")
    page.locator("#lines").fill(LINES)
    assert send(page).status == 200
    assert page.locator("article.met").count() >= 4
    examine(page, "diagnose-answer", mode)


def test_refused(site, open_page, mode):
    page = open_page(site, "/diagnose")
    assert send(page).status == 422
    examine(page, "diagnose-refused", mode)


def test_with_the_keyboard_alone(site, watched):
    page = watched.page(site, scripting=False)
    page.goto("/")
    tab_to(page, "nav.sections a[href='/diagnose']")
    press_to_go(page)
    tab_to(page, "#lines")
    page.keyboard.insert_text("error 12029")
    tab_to(page, "form.upload button")
    answer = press_to_go(page)
    assert answer.status == 200
    assert page.locator("article.met h3").inner_text() == "12029: No connection"
