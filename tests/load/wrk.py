"""Asks a server on this machine for pages as fast as it answers, with wrk, and reads what wrk tells."""

import re
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

CONNECTIONS = 4
UNITS = {"us": 0.001, "ms": 1.0, "s": 1_000.0}
SCRIPT = """
local paths = {%s}
local turn = 0
request = function()
  turn = turn %% #paths + 1
  return wrk.format("GET", paths[turn])
end
"""


@dataclass(frozen=True)
class Answered:
    """Requests a second, and in how many milliseconds half of them and all but one in a hundred were answered."""

    rate: float
    p50: float
    p99: float

    @property
    def each(self) -> float:
        """Milliseconds of the server for one request."""
        return 1_000 / self.rate


class Unanswered(Exception):
    """Something else than a page came back; says what."""


def ask(port: int, paths: Sequence[str], seconds: int) -> Answered:
    """Ask for `paths` in turn for so many seconds; raises `Unanswered` where any of them fails."""
    with TemporaryDirectory() as folder:
        script = Path(folder, "paths.lua")
        script.write_text(SCRIPT % ", ".join(f'"{path}"' for path in paths))
        arguments = ["-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--timeout", "30s", "--latency", "-s", str(script)]
        command = ["wrk", *arguments, f"http://127.0.0.1:{port}"]
        told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in told or "Socket errors" in told:
        raise Unanswered(f"{paths[0]}: {told}")
    return Answered(float(re.search(r"Requests/sec:\s+([\d.]+)", told)[1]), _latency(told, 50), _latency(told, 99))


def _latency(told: str, percent: int) -> float:
    number, unit = re.search(rf"{percent}%\s+([\d.]+)(us|ms|s)", told).groups()
    return float(number) * UNITS[unit]
