"""What the measurements share: installing, building, running a command with its time and peak memory, printing."""

import filecmp
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HERE = ROOT / "benchmarks"
SCRATCH = ROOT / ".build/benchmarks"
#: A folder with release executables that are there already; without it they are built here.
BUILT = os.environ.get("PROXYDESK_RELEASE")
RELEASE = Path(BUILT) if BUILT else ROOT / ".build/release"
VENV = ROOT / ".build/venv-bench"
PYTHON = VENV / "bin/python"
PROXYDESK = RELEASE / "proxydesk"
#: In a data folder.
DATABASE = "proxydesk.sqlite"


def prepare():
    """Installs what the measurements need and builds the release executables. Slow once, seconds later."""
    subprocess.run([ROOT / "scripts/install-packages", "benchmark"], check=True)
    wanted, installed = HERE / "requirements.txt", VENV / "requirements.txt"
    if not installed.exists() or not filecmp.cmp(wanted, installed, shallow=False):
        shutil.rmtree(VENV, ignore_errors=True)
        subprocess.run(["/usr/bin/python3", "-m", "venv", VENV], check=True)
        subprocess.run([PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
                        "--requirement", wanted], check=True)
        shutil.copy(wanted, installed)
    for product in () if BUILT else ("proxydesk", "benchmark-data"):
        subprocess.run(["swift", "build", "--configuration", "release", "--product", product,
                        "--package-path", ROOT, "--scratch-path", ROOT / ".build"], check=True)
    SCRATCH.mkdir(parents=True, exist_ok=True)


def generated(servers, shape="iresult"):
    """An export file of that many servers, in the shape of the ConfigMgr cmdlets unless another one is named."""
    file = SCRATCH / f"{shape}-{servers}.xml"
    with file.open("wb") as output:
        subprocess.run([RELEASE / "benchmark-data", "export", "--servers", str(servers), "--shape", shape],
                       stdout=output, check=True)
    return file


@dataclass
class Run:
    seconds: float
    peak_megabytes: float
    errors: str

    def timing(self, name):
        """A line that the program prints on standard error: "timing read-to-staging 3.21 s"."""
        for line in self.errors.splitlines():
            words = line.split()
            if words[:2] == ["timing", name] and len(words) >= 3:
                return float(words[2])
        raise SystemExit(f"The program printed no line \"timing {name} …\". It printed:\n{self.errors}")


def run(*command, environment=None):
    """Runs a command to its end; wall-clock time and the peak of that process's resident memory."""
    with tempfile.TemporaryFile() as errors:
        started = time.perf_counter()
        process = subprocess.Popen([str(part) for part in command], stdin=subprocess.DEVNULL,
                                   stdout=subprocess.DEVNULL, stderr=errors,
                                   env={**os.environ, **(environment or {})})
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        errors.seek(0)
        text = errors.read().decode(errors="replace")
    if process.returncode != 0:
        raise SystemExit(f"{' '.join(map(str, command))} ended with {process.returncode}:\n{text[-4000:]}")
    return Run(seconds, usage.ru_maxrss / 1024, text)


def median(values):
    return statistics.median(values)


def raw(values, unit="s"):
    return ", ".join(f"{value:.3f}" if value < 10 else f"{value:,.1f}" for value in values) + f" {unit}"


class Report:
    """Figures as ratios, each beside the numbers it was made from."""

    def __init__(self):
        self.missed = 0

    def heading(self, text):
        print(f"\n{text}\n{'-' * len(text)}", flush=True)

    def numbers(self, name, values, unit="s"):
        print(f"  {name:<46} {raw(values, unit)}", flush=True)

    def ratio(self, name, value, made_of, at_least=None, at_most=None):
        verdict = ""
        if at_least is not None:
            verdict = f"  (aim: at least {at_least}: {'met' if value >= at_least else 'MISSED'})"
            self.missed += value < at_least
        if at_most is not None:
            verdict = f"  (aim: at most {at_most}: {'met' if value <= at_most else 'MISSED'})"
            self.missed += value > at_most
        print(f"  {name:<46} {value:7.3f}  = {made_of}{verdict}", flush=True)

    def end(self):
        print(f"\nAims missed: {self.missed}. Timings on a shared machine are noisy: trust the ratios, and repeat.")
        sys.exit(0)
