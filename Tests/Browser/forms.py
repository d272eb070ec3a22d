"""How a person handles the portal's forms, in the words the tests use."""

#: The entity's form is the first one of the page that is sent by POST.
FORM = "form[method=post i] >> nth=0"

#: The button that saves carries no name; other buttons do.
SAVE = "button:not([name]):not([type=button]), input[type=submit]:not([name])"


def control(key):
    """The selector of a field's control: its key with - for the dots is the id."""
    return "#" + key.replace(".", "-")


def form(page):
    return page.locator(FORM)


def save(page):
    """Sends the entity's form; returns the answer that the browser ended on."""
    with page.expect_navigation() as navigation:
        form(page).locator(SAVE).first.click()
    return navigation.value


def tab_to(page, selector, limit=150):
    """Presses Tab until the focus is on what the selector names; fails when it cannot be reached."""
    for _ in range(limit):
        page.keyboard.press("Tab")
        if page.locator(selector).and_(page.locator(":focus")).count():
            return
    raise AssertionError(f"{selector} was not reached with {limit} presses of Tab on {page.url}")


def press_to_go(page, key="Enter"):
    """Presses a key that leads to another page; returns the answer that the browser ended on."""
    with page.expect_navigation() as navigation:
        page.keyboard.press(key)
    return navigation.value


def retype(page, text):
    """Replaces what the focused text box holds, by keyboard."""
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")
    page.keyboard.type(text)
