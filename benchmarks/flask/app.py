"""The Proxy tab as a Flask program would have it: the same rows from the same database, Jinja2, the same headers.

Started by benchmarks/pages, which passes the database, the headers and the size of the page in the environment.
"""

import json
import os
import sqlite3
import threading

from flask import Flask, Response, abort, render_template

DATABASE = os.environ["PAGES_DATABASE"]
HEADERS = json.loads(os.environ["PAGES_HEADERS"])
WANTED_BYTES = int(os.environ["PAGES_BYTES"])

#: The reads of the tab, as SQLiteStore makes them: the server, its roles, its findings.
SERVER = "SELECT * FROM server WHERE key = ?"
ROLES = "SELECT * FROM role WHERE server = ? ORDER BY key"
FINDINGS = "SELECT * FROM finding WHERE entity = 'site system server' AND key = ?"

application = Flask(__name__)
local = threading.local()

#: Fixed text that brings the page to the size of ours; Jinja2 only copies it, which speaks for Flask.
filler = ""


def database():
    """One connection a thread, kept open."""
    if not hasattr(local, "database"):
        local.database = sqlite3.connect(f"file:{DATABASE}?mode=ro", uri=True)
        local.database.row_factory = sqlite3.Row
    return local.database


def page(name):
    rows = database()
    server = rows.execute(SERVER, (name.lower(),)).fetchone()
    if server is None:
        abort(404)
    roles = rows.execute(ROLES, (server["id"],)).fetchall()
    findings = rows.execute(FINDINGS, (server["key"],)).fetchall()
    return render_template("proxy.html", server=server, roles=roles, findings=findings, filler=filler)


@application.get("/servers/<name>/proxy")
def proxy_tab(name):
    global filler
    html = page(name)
    lacking = WANTED_BYTES - len(html.encode())
    if not filler and lacking > 0:
        line = "<p>Hints and explanations, which stand in the page as they are.</p>\n"
        filler = (line * (lacking // len(line) + 1))[:lacking]
        html = page(name)
    answer = Response(html, content_type="text/html; charset=utf-8")
    for header, value in HEADERS.items():
        answer.headers[header] = value
    return answer
