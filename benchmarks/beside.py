"""Servers side by side: starting them, asking them, and measuring them with wrk."""

import os
import re
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request

from common import SCRATCH

CONNECTIONS = 16
#: What belongs to the transfer and not to the page.
TRANSFER_HEADERS = {"content-length", "content-type", "connection", "date", "server", "transfer-encoding", "keep-alive",
                    "etag", "last-modified", "x-request-id"}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def get(url, headers=None):
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers or {}), timeout=10) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


class Server:
    """A server process, with its log in a file, stopped at the end of the run."""

    def __init__(self, name, command, probe, environment=None):
        self.name = name
        self.log = SCRATCH / f"{name}.log"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen([str(part) for part in command], stdin=subprocess.DEVNULL, stdout=log,
                                            stderr=subprocess.STDOUT, env={**os.environ, **(environment or {})})
        for _ in range(300):
            if self.process.poll() is not None:
                break
            try:
                if get(probe)[0] == 200:
                    return
            except OSError:
                pass
            time.sleep(0.1)
        self.stop()
        raise SystemExit(f"{name} did not answer at {probe}:\n{self.log.read_text(errors='replace')[-4000:]}")

    def resident_megabytes(self):
        """Of the process and its direct children."""
        total = 0
        children = subprocess.run(["ps", "-o", "rss=", "-p", str(self.process.pid), "--ppid", str(self.process.pid)],
                                  capture_output=True, text=True, check=False)
        for line in children.stdout.split():
            total += int(line)
        return total / 1024

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


def wrk(url, seconds, *more):
    """Requests a second, and the latency that half and 99 in 100 requests stay under.

    `more` are further arguments of wrk: headers, a script.
    """
    done = subprocess.run(["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--latency", *map(str, more), url],
                          capture_output=True, text=True, timeout=seconds + 30, check=True)
    refused = re.search(r"Non-2xx or 3xx responses: (\d+)", done.stdout)
    broken = re.search(r"Socket errors: (.*)", done.stdout)
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", done.stdout).group(1))
    latency = dict(re.findall(r"^\s+(50|99)%\s+(\S+)", done.stdout, re.MULTILINE))
    return rate, latency, [part.group(0) for part in (refused, broken) if part]


def nginx_command(folder, configuration):
    return [shutil.which("nginx") or "/usr/sbin/nginx", "-e", folder / "error.log", "-c", configuration]


def nginx_configuration(folder, port, headers, more=""):
    """nginx that serves the files of `folder/root` with these headers, and writes an access log."""
    added = "\n".join(f'            add_header {name} "{value}" always;' for name, value in headers.items()
                      if '"' not in value and "$" not in value)
    return f"""\
{"user root;" if os.geteuid() == 0 else ""}
worker_processes auto;
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 256; }}
http {{
    access_log {folder}/access.log;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    sendfile on;
    tcp_nopush on;
    keepalive_requests 1000000;
    {more}
    server {{
        listen 127.0.0.1:{port};
        root {folder}/root;
        location / {{
            default_type "text/html; charset=utf-8";
{added}
        }}
    }}
}}
"""
