"""A portal that serves a data folder while something is measured."""

import socket
import subprocess
import time
import urllib.request

from common import PROXYDESK, ROOT, SCRATCH


class PortalProcess:
    """`proxydesk serve` on a free port of loopback, stopped at the end of the block."""

    def __init__(self, data):
        self.data = data

    def __enter__(self):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        self.log = (SCRATCH / "serve.log").open("wb")
        self.process = subprocess.Popen(
            [str(PROXYDESK), "serve", "--port", str(port), "--data", str(self.data), "--resources", str(ROOT)],
            stdin=subprocess.DEVNULL, stdout=self.log, stderr=subprocess.STDOUT)
        for _ in range(300):
            try:
                urllib.request.urlopen(self.url + "/health/ready", timeout=5).read()
                return self
            except OSError:
                if self.process.poll() is not None:
                    break
                time.sleep(0.1)
        self.__exit__()
        raise SystemExit(f"The portal did not start; see {self.log.name}.")

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()
        self.log.close()
