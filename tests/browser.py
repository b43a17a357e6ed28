"""Headless Chromium by the WebDriver protocol, for the test of the report.

with Browser() as browser:
    browser.open(path)
    browser.run("return document.title")

Needs the binaries of the Debian packages chromium and chromium-driver; all traffic is on the
loopback.
"""

import base64
import json
import re
import shutil
import subprocess
import time
from pathlib import Path
from urllib.request import Request, urlopen

BINARIES = ("chromium", "chromedriver")
OPTIONS = {
    "goog:chromeOptions": {
        "args": ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
    },
    "goog:loggingPrefs": {"browser": "ALL"},
}
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"  # the protocol's name of a reference to one


def missing() -> list[str]:
    """The binaries that are not installed."""
    return [name for name in BINARIES if not shutil.which(name)]


class Browser:
    """One window of a browser of its own."""

    def __init__(self, width: int = 1920, height: int = 1080):
        self.size = f"--window-size={width},{height}"

    def __enter__(self):
        self.driver = subprocess.Popen(
            ["chromedriver", "--port=0"], stdout=subprocess.PIPE, text=True
        )
        try:
            self.url = f"http://127.0.0.1:{self._port()}/session"
            arguments = [*OPTIONS["goog:chromeOptions"]["args"], self.size]
            wanted = OPTIONS | {"goog:chromeOptions": {"args": arguments}}
            session = self._ask("POST", "", {"capabilities": {"alwaysMatch": wanted}})
            self.url += f"/{session['sessionId']}"
        except BaseException:
            self.driver.kill()
            raise
        return self

    def __exit__(self, *_):
        try:
            self._ask("DELETE", "")  # ends Chromium
        finally:
            self.driver.terminate()
            self.driver.wait()
            self.driver.stdout.close()

    def open(self, path: Path) -> None:
        """Show a file."""
        self._ask("POST", "/url", {"url": path.resolve().as_uri()})

    def run(self, script: str, *arguments):
        """What the body of a JavaScript function returns; `arguments` is what it is given."""
        return self._ask("POST", "/execute/sync", {"script": script, "args": list(arguments)})

    def until(self, script: str, *arguments, seconds: float = 20):
        """The first value of `run` that is true.

        Raises:
            TimeoutError: there was none.
        """
        deadline = time.monotonic() + seconds
        while not (value := self.run(script, *arguments)):
            if time.monotonic() > deadline:
                raise TimeoutError(f"never true: {script}")
            time.sleep(0.05)
        return value

    def enter(self, selector: str | None) -> None:
        """Go on in the frame that a CSS selector finds, or in the page itself."""
        found = selector and self._ask(
            "POST", "/element", {"using": "css selector", "value": selector}
        )
        frame = {ELEMENT: found[ELEMENT]} if found else None
        self._ask("POST", "/frame", {"id": frame})

    def errors(self) -> list[str]:
        """What the console has been told is wrong since it was last asked."""
        entries = self._ask("POST", "/se/log", {"type": "browser"})
        return [entry["message"] for entry in entries if entry["level"] == "SEVERE"]

    def screenshot(self, path: Path) -> None:
        """Save what is seen as a png."""
        path.write_bytes(base64.b64decode(self._ask("GET", "/screenshot")))

    def _port(self) -> str:
        for line in self.driver.stdout:
            if found := re.search(r"started successfully on port (\d+)", line):
                return found[1]
        raise RuntimeError("chromedriver did not start")

    def _ask(self, method: str, path: str, body: dict | None = None):
        data = None if method == "GET" else json.dumps(body or {}).encode()
        with urlopen(Request(self.url + path, data, method=method), timeout=120) as answer:
            return json.load(answer)["value"]
