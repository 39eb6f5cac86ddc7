"""The Nu HTML checker, asked about many pages at once because starting Java takes longer than checking."""

import json
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

JAR = Path(__file__).parent / "node_modules/vnu-jar/build/dist/vnu.jar"


def vnu(pages: str | Mapping[str, str]) -> list[str]:
    """The errors and warnings of one page, or of several by name, as `name:line: error: message`."""
    named = {"page": pages} if isinstance(pages, str) else pages
    with tempfile.TemporaryDirectory(prefix="vnu-") as folder:
        for number, html in enumerate(named.values()):
            Path(folder, f"{number}.html").write_text(html, encoding="utf-8")
        names = list(named)
        return [_sentence(message, names) for message in _messages(folder) if _is_serious(message)]


def _messages(folder: str) -> list[dict]:
    java = shutil.which("java")
    if not java or not JAR.exists():
        raise RuntimeError("The HTML checker needs Java and `npm ci` in tests/; `make test` installs both.")
    command = [java, "-jar", JAR, "--format", "json", "--exit-zero-always", "--stdout", folder]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    try:
        return json.loads(done.stdout)["messages"]
    except ValueError as error:
        raise RuntimeError(f"The HTML checker gave no report: {done.stderr or done.stdout}") from error


def _is_serious(message: dict) -> bool:
    return message["type"] != "info" or message.get("subType") == "warning"


def _sentence(message: dict, names: list[str]) -> str:
    name = names[int(Path(message["url"]).stem)]
    kind = message.get("subType", message["type"])
    return f"{name}:{message.get('lastLine', 0)}: {kind}: {message['message']}"
