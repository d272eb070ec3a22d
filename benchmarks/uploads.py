"""An upload in the browser beside the same import on the command line, and the Proxy tab while it runs."""

import http.client
import random
import re
import shutil
import socket
import subprocess
import threading
import time
from urllib.parse import urlencode

from common import PROXYDESK, ROOT, SCRATCH, generated, median, run

#: About 100 MB in the shape of the cmdlets.
SERVERS = 15_600
BOUNDARY = "----benchmark"
#: Requests a second for the Proxy tab: people who work, not a flood.
RATE = 100


class Server:
    """A portal over a data folder of its own."""

    def __init__(self, name):
        self.data = SCRATCH / name
        shutil.rmtree(self.data, ignore_errors=True)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]

    def start(self):
        self.process = subprocess.Popen(
            [PROXYDESK, "serve", "--data", self.data, "--port", str(self.port), "--resources", ROOT],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(200):
            try:
                if self.get("/health/ready")[0] == 200:
                    return self
            except OSError:
                time.sleep(0.05)
        raise SystemExit("The portal did not start.")

    def stop(self):
        self.process.terminate()
        self.process.wait()
        shutil.rmtree(self.data, ignore_errors=True)

    def peak_megabytes(self):
        status = (f"/proc/{self.process.pid}/status")
        return int(re.search(r"VmHWM:\s+(\d+)", open(status).read()).group(1)) / 1024

    def get(self, address):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request("GET", address)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()

    def post(self, address, controls):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request("POST", address, urlencode(controls), {"Content-Type": "application/x-www-form-urlencoded"})
        answer = connection.getresponse()
        answer.read()
        return answer.status, answer.getheader("Location")

    def upload(self, file):
        """Sends a file as a browser does; returns the address of its preview."""
        head = (f"--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{file.name}\"\r\n\r\n").encode()
        tail = f"\r\n--{BOUNDARY}--\r\n".encode()
        with socket.create_connection(("127.0.0.1", self.port)) as connection, file.open("rb") as body:
            length = len(head) + file.stat().st_size + len(tail)
            connection.sendall(
                (f"POST /import HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nContent-Length: {length}\r\n"
                 f"Content-Type: multipart/form-data; boundary={BOUNDARY}\r\nConnection: close\r\n\r\n").encode() + head)
            connection.sendfile(body)
            connection.sendall(tail)
            answer = b""
            while piece := connection.recv(65536):
                answer += piece
        return re.search(rb"\r\nLocation: (\S+)", answer, re.IGNORECASE).group(1).decode()

    def wait_for(self, preview):
        """Waits as a person would who asks again: until the preview has its button."""
        while True:
            status, page = self.get(preview)
            if "<button>Import" in page:
                return re.search(r'name="revision" value="(\d+)"', page).group(1)
            if status != 200:
                raise SystemExit(f"The preview answered {status}.")
            time.sleep(0.02)


def import_by_upload(file):
    """The whole way: upload, preview, confirmation."""
    server = Server("upload").start()
    try:
        started = time.perf_counter()
        preview = server.upload(file)
        revision = server.wait_for(preview)
        status, location = server.post(preview + "/confirm", {"revision": revision})
        seconds = time.perf_counter() - started
        if status != 303 or not location.startswith("/changes/"):
            raise SystemExit(f"The confirmation answered {status}, {location}.")
        return seconds, server.peak_megabytes()
    finally:
        server.stop()


def latencies(server, address, seconds):
    """Asks at a steady rate, each at its own moment whether the one before was answered or not; the times in milliseconds."""
    times, lock = [], threading.Lock()

    def ask(start):
        # Counted from the moment it was due: what waits behind a slow answer is slow too.
        server.get(address)
        with lock:
            times.append((time.perf_counter() - start) * 1000)

    begin, threads, due = time.perf_counter(), [], 0.0
    while due < seconds:
        pause = begin + due - time.perf_counter()
        if pause > 0:
            time.sleep(pause)
        thread = threading.Thread(target=ask, args=(begin + due,))
        thread.start()
        threads.append(thread)
        due += random.expovariate(RATE)
    for thread in threads:
        thread.join()
    return sorted(times)


def percentile(times, share):
    return times[min(len(times) - 1, int(len(times) * share))]


def proxy_tab_beside_upload(file, small, seconds=8):
    """The 99th percentile of the Proxy tab, alone and while uploads follow one another, in milliseconds."""
    server = Server("beside").start()
    try:
        preview = server.upload(small)
        server.post(preview + "/confirm", {"revision": server.wait_for(preview)})
        _, page = server.get("/servers")
        address = re.search(r'href="(/servers/[^"?]+/proxy)"', page).group(1)
        latencies(server, address, 1)
        alone = latencies(server, address, seconds)
        ended = threading.Event()
        uploads = []

        def upload():
            while not ended.is_set():
                preview = server.upload(file)
                server.wait_for(preview)
                server.post(preview + "/cancel", {"cancel": "true"})
                uploads.append(preview)

        thread = threading.Thread(target=upload)
        thread.start()
        time.sleep(0.3)
        beside = latencies(server, address, seconds)
        ended.set()
        thread.join()
        return percentile(alone, 0.99), percentile(beside, 0.99), len(uploads)
    finally:
        server.stop()


def measure(report, rounds):
    file, small = generated(SERVERS), generated(50)
    report.heading(f"An upload of {file.stat().st_size / 1e6:,.0f} MB over loopback")
    command, upload, peaks = [], [], []
    for _ in range(rounds):
        data = SCRATCH / "command"
        shutil.rmtree(data, ignore_errors=True)
        command.append(run(PROXYDESK, "import", file, "--data", data).seconds)
        seconds, peak = import_by_upload(file)
        upload.append(seconds)
        peaks.append(peak)
    report.numbers("import on the command line", command)
    report.numbers("upload, preview and confirmation", upload)
    report.numbers("peak memory of the portal", peaks, "MB")
    report.ratio("upload / command line", median(upload) / median(command),
                 f"{median(upload):.3f} / {median(command):.3f} s", at_most=1.25)
    alone, beside = [], []
    for _ in range(rounds):
        one, other, uploads = proxy_tab_beside_upload(file, small)
        alone.append(one)
        beside.append(other)
    report.numbers("Proxy tab alone, 99th percentile", alone, "ms")
    report.numbers(f"while {uploads} uploads follow one another", beside, "ms")
    report.ratio("beside uploads / alone", median(beside) / median(alone),
                 f"{median(beside):.2f} / {median(alone):.2f} ms", at_most=3)
    file.unlink()
    small.unlink()
