"""The harness of the browser tests: the real program on a real data folder, driven by Debian's Chromium.

Environment: PROXYDESK_BINARY names the program (the debug build by default), CHROMIUM the browser.
"""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[2]
BINARY = Path(os.environ.get("PROXYDESK_BINARY", ROOT / ".build/debug/proxydesk")).resolve()
SCREENSHOTS = ROOT / ".build/screenshots"
LOGS = ROOT / ".build/test-logs"

#: What stands in the fixture; the names the tests speak of.
WHOLE_SITE = ROOT / "Tests/XMLExchangeTests/Fixtures/whole-site.xml"
SERVER = "cas-ss01.corp.contoso.com"  # uses proxy04.contoso.com:80 as CONTOSO\svc-proxy2
SERVER_WITHOUT_PROXY = "p01-ss01.corp.contoso.com"  # told to use none
STALE_SERVER = "p01-ss02.corp.contoso.com"  # what the newer export of aged_site lacks
SITE = "CAS"

START_SECONDS = 30
STOP_SECONDS = 15


class Portal:
    """A running portal over a data folder of its own."""

    def __init__(self, data, log):
        self.data = Path(data)
        self.log = Path(log)
        self.port = None
        self.process = None

    @property
    def address(self):
        return f"http://127.0.0.1:{self.port}"

    def command(self, *arguments, expect=0):
        """Runs a command of the program on the same data folder and returns its standard output."""
        done = subprocess.run(
            [BINARY, *map(str, arguments), "--data", self.data, "--resources", ROOT],
            capture_output=True, text=True, timeout=120, check=False)
        assert done.returncode == expect, (
            f"proxydesk {' '.join(map(str, arguments))} ended with {done.returncode}\n{done.stdout}\n{done.stderr}")
        return done.stdout

    def exported(self):
        """The stored configuration, as the JSON export has it."""
        return json.loads(self.command("export", "--format", "json"))

    def exported_server(self, name):
        return next(server for server in self.exported()["servers"] if server["name"] == name)

    def start(self):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [BINARY, "serve", "--data", self.data, "--port", str(self.port), "--resources", ROOT],
                stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT)
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                pytest.fail(f"the portal ended with {self.process.returncode} at start:\n{self.log_tail()}")
            try:
                with urllib.request.urlopen(f"{self.address}/health/ready", timeout=2) as answer:
                    if answer.status == 200:
                        return self
            except (urllib.error.URLError, OSError):
                pass
            time.sleep(0.05)
        self.process.kill()
        self.process.wait()
        pytest.fail(f"the portal was not ready within {START_SECONDS} s:\n{self.log_tail()}")

    def stop(self):
        """Asks the portal to stop, as an init system would, and holds it to a clean end."""
        self.process.send_signal(signal.SIGTERM)
        try:
            code = self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            pytest.fail(f"the portal did not stop within {STOP_SECONDS} s of SIGTERM:\n{self.log_tail()}")
        assert code == 0, f"the portal ended with {code} on SIGTERM:\n{self.log_tail()}"

    def log_tail(self):
        return self.log.read_text(errors="replace")[-4000:]


@pytest.fixture(scope="session", autouse=True)
def program():
    assert BINARY.is_file(), f"{BINARY} is missing: build it first (swift build), or name it in PROXYDESK_BINARY"
    return BINARY


def _portal(tmp_path_factory, name, files=()):
    portal = Portal(tmp_path_factory.mktemp(name) / "data", LOGS / f"portal-{name}.log")
    for file in files:
        portal.command("import", file)
    portal.start()
    return portal


@pytest.fixture(scope="session")
def empty(tmp_path_factory):
    """A portal as it is at its first start. Tests only read it."""
    portal = _portal(tmp_path_factory, "empty")
    yield portal
    portal.stop()


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """A portal that has imported the small hierarchy. Tests only read it; refusals and conflicts change nothing there
    that another test looks at."""
    portal = _portal(tmp_path_factory, "site", [WHOLE_SITE])
    yield portal
    portal.stop()


def without(text, server, role=None):
    """An export's text without the items of a server, or without that of one of its roles."""
    def item(match):
        found = match.group(0)
        is_of_server = f">\\\\{server}</S>" in found
        return "" if is_of_server and (role is None or f">{role}</S>" in found) else found

    return re.sub(r"^  <Obj RefId=.*?^  </Obj>\r?\n", item, text, flags=re.DOTALL | re.MULTILINE)


@pytest.fixture(scope="session")
def sample(tmp_path_factory):
    """A portal that holds the sample hierarchy. Tests only read it."""
    portal = _portal(tmp_path_factory, "sample")
    urllib.request.urlopen(f"{portal.address}/import/sample", data=b"")
    yield portal
    portal.stop()


@pytest.fixture(scope="session")
def aged_site(tmp_path_factory):
    """The same, with a port that waits to be applied, and a newer export that lacks a server and a role."""
    folder = tmp_path_factory.mktemp("aged-site-files")
    newer, wanted = folder / "newer.xml", folder / "wanted.xml"
    text = without(WHOLE_SITE.read_text(encoding="utf-16"), STALE_SERVER)
    newer.write_text(without(text, SERVER, "SMS Fallback Status Point"), encoding="utf-16")
    wanted.write_text(
        f'<configuration xmlns="urn:proxydesk:configuration:1"><siteSystemServer name="{SERVER}" site="{SITE}">'
        '<proxy use="true" server="proxy04.contoso.com" port="8080" account="CONTOSO\\svc-proxy2"/>'
        "</siteSystemServer></configuration>")
    portal = _portal(tmp_path_factory, "aged-site", [WHOLE_SITE, newer, wanted])
    yield portal
    portal.stop()


@pytest.fixture
def own_site(tmp_path_factory):
    """The same, for a test that saves: nobody else sees it."""
    portal = _portal(tmp_path_factory, "own-site", [WHOLE_SITE])
    yield portal
    portal.stop()


@pytest.fixture(scope="session")
def browser():
    executable = os.environ.get("CHROMIUM") or shutil.which("chromium")
    assert executable, "Chromium is missing: scripts/install-packages test installs it"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, headless=True)
        yield browser
        browser.close()


class Watched:
    """Opens pages and notes what must not happen on any of them."""

    def __init__(self, browser):
        self.browser = browser
        self.contexts = []
        self.complaints = []

    def page(self, portal, *, width=1280, height=900, scripting=True, scheme="light"):
        context = self.browser.new_context(
            base_url=portal.address, viewport={"width": width, "height": height},
            java_script_enabled=scripting, color_scheme=scheme, reduced_motion="reduce", locale="en-GB")
        context.set_default_timeout(15_000)
        self.contexts.append(context)
        page = context.new_page()
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.complaints.append(f"script error: {error}"))
        page.on("request", lambda request: self._request(portal, request))
        return page

    def _console(self, message):
        # Chromium reports the status of a refused form and of an unknown page here; tests look at those themselves.
        status = re.search(r"status of (\d+)", message.text)
        if message.type == "error" and not (status and status.group(1) in ("404", "409", "422", "503")):
            self.complaints.append(f"console: {message.text}")

    def _request(self, portal, request):
        if not request.url.startswith((portal.address + "/", "data:")):
            self.complaints.append(f"asked for something elsewhere: {request.url}")

    def close(self):
        for context in self.contexts:
            context.close()


@pytest.fixture
def watched(browser):
    """Pages on which nothing may be loaded from elsewhere, and nothing may be blocked or fail in the console."""
    watched = Watched(browser)
    yield watched
    watched.close()
    assert not watched.complaints, "\n".join(watched.complaints)


@pytest.fixture(scope="session", autouse=True)
def screenshots():
    shutil.rmtree(SCREENSHOTS, ignore_errors=True)
    SCREENSHOTS.mkdir(parents=True)
    return SCREENSHOTS
