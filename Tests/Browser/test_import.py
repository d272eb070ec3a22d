"""Imports in the browser, without scripting: by keyboard through a large broken file, and every state looked at by axe."""

import socket

import pytest

from conftest import SCREENSHOTS, SERVER, WHOLE_SITE
from forms import control, press_to_go, save, tab_to
from import_files import broken_site, clixml, item
from test_accessibility import examine, mode, open_page  # noqa: F401 (fixtures)


def choose(page, tmp_path, files, address="/import"):
    """Chooses files, as the file dialog would, and leaves the focus on the control."""
    paths = []
    for name, text in files.items():
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        paths.append(path)
    page.goto(address)
    page.locator("#file").set_input_files(paths)
    page.locator("#file").focus()


def send(page):
    tab_to(page, "form.upload button")
    return press_to_go(page)


def test_a_large_broken_file_by_keyboard_without_scripting(own_site, watched, tmp_path):
    page = watched.page(own_site, scripting=False)
    choose(page, tmp_path, {"broken.xml": broken_site()})
    assert send(page).status == 200
    assert "/imports/" in page.url
    preview = page.url
    assert page.locator("h1").inner_text() == "Import of broken.xml"
    page.screenshot(path=SCREENSHOTS / "import-broken.png", full_page=True)

    tab_to(page, "a:has-text('See them by file and line')")
    press_to_go(page)
    assert page.locator(".placed > li").count() == 50
    page.select_option("#code", "proxy.port.range")
    tab_to(page, "form.filters button")
    press_to_go(page)
    assert page.locator(".placed > li").count() == 50
    assert "Port must be between 1 and 65535. This one is 70000." in page.locator(".placed > li").first.inner_text()
    page.screenshot(path=SCREENSHOTS / "import-broken-ports.png", full_page=True)
    tab_to(page, "nav.pages a:has-text('Next')")
    press_to_go(page)
    assert page.locator(".placed > li").count() == 50

    page.goto(preview)
    tab_to(page, "#leaveOutRefused")
    page.keyboard.press("Space")
    tab_to(page, "button[name=preview]")
    press_to_go(page)
    assert "The preview was made anew" in page.locator("main").inner_text()
    tab_to(page, "form.decide button:not([name])")
    assert press_to_go(page).status == 200
    assert "/changes/" in page.url
    assert len(own_site.exported()["servers"]) > 4800


def test_nothing_chosen(own_site, open_page, mode):  # noqa: F811
    page = open_page(own_site, "/import")
    with page.expect_navigation() as navigation:
        page.locator("form.upload button").click()
    assert navigation.value.status == 422
    page.wait_for_function("document.activeElement.className === 'summary'")
    examine(page, "import-nothing-chosen", mode)


def test_states_of_a_preview(own_site, open_page, mode, tmp_path):  # noqa: F811
    """Clean, with problems, with choices, each list, cancelled."""
    page = open_page(own_site, f"/servers/{SERVER}/proxy")
    page.locator(control("proxy.port")).fill("3128")
    assert save(page).status == 200
    site = WHOLE_SITE.read_bytes()
    more = clixml([
        item("new01.contoso.com", site="CAS"), item("bad01.contoso.com", site="CAS", port=70000),
        item("lost01.contoso.com", site=""), item("odd_01.contoso.com", site="CAS"),
    ])
    choose(page, tmp_path, {"site.xml": site, "more.xml": more})
    send(page)
    preview = page.url
    examine(page, "import-preview", mode)
    for show in ["problems", "added", "changed", "kept", "left-out", "unchanged", "without-site"]:
        page.goto(f"{preview}?show={show}")
        examine(page, f"import-{show}", mode)
    page.goto(preview)
    page.locator(control("server.site")).fill("P")
    page.locator("button[name=preview]").click()
    examine(page, "import-preview-refused", mode)
    page.locator(control("server.site")).fill("CAS")
    page.locator("#leaveOutRefused").check()
    page.locator("#takeOver").check()
    page.locator("button[name=preview]").click()
    examine(page, "import-preview-chosen", mode)
    page.goto("/import")
    examine(page, "import-open", mode)
    page.goto(preview)
    page.locator("button[name=cancel]").click()
    examine(page, "import-cancelled", mode)
    assert page.goto(preview).status == 404


def test_conflict(own_site, open_page, mode, tmp_path):  # noqa: F811
    page = open_page(own_site, "/import")
    choose(page, tmp_path, {"site.xml": WHOLE_SITE.read_bytes()})
    send(page)
    preview = page.url
    page.goto(f"/servers/{SERVER}/proxy")
    page.locator(control("proxy.port")).fill("3128")
    assert save(page).status == 200
    page.goto(preview)
    with page.expect_navigation() as navigation:
        page.locator("form.decide button:not([name])").click()
    assert navigation.value.status == 409
    assert SERVER in page.locator("main").inner_text()
    examine(page, "import-conflict", mode)


def test_a_file_of_something_else(own_site, open_page, mode, tmp_path):  # noqa: F811
    page = open_page(own_site, "/import")
    choose(page, tmp_path, {"roles.xml": "<SMS_Roles/>"})
    send(page)
    assert "security roles" in page.locator("main").inner_text()
    examine(page, "import-other-file", mode)


def test_an_upload_beside_another_is_told_so_in_the_browser(own_site, watched, tmp_path):
    """Browsers read an answer only when they have sent everything: the refused upload is passed over to its end."""
    boundary = "held"
    with socket.create_connection(("127.0.0.1", own_site.port)) as held:
        held.sendall((f"POST /import HTTP/1.1\r\nHost: 127.0.0.1:{own_site.port}\r\nContent-Length: 1000000\r\n"
                      f"Content-Type: multipart/form-data; boundary={boundary}\r\n\r\n--{boundary}\r\n"
                      "Content-Disposition: form-data; name=\"file\"; filename=\"held.xml\"\r\n\r\n<Objs").encode())
        page = watched.page(own_site, scripting=False)
        page.goto("/import")
        for _ in range(50):
            if page.locator("a[href^='/imports/']").count():
                break
            page.reload()
        page.locator("a[href^='/imports/']").first.click()
        assert "Being read" in page.locator("h1").inner_text()
        page.screenshot(path=SCREENSHOTS / "import-progress.png", full_page=True)
        choose(page, tmp_path, {"large.xml": b"<Objs>" + b" " * 20_000_000 + b"</Objs>"})
        answer = send(page)
        assert answer.status == 503
        assert answer.headers["retry-after"] == "10"
        assert page.locator("h1").inner_text() == "Another import is being read"
        page.screenshot(path=SCREENSHOTS / "import-running.png", full_page=True)
        page.locator("main a[href='/import']").click()
    assert page.locator("#file").count() == 1
