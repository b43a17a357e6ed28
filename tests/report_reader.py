"""A reader of the report, who clicks on what there is to be clicked on."""

from pathlib import Path

from browser import Browser

SEEN = {  # by type, what has to be on the page once a result is
    "image/png": "document.querySelector('#app .grow > div > img')",
    "text/html": "document.querySelector('#app iframe')",
}
PICTURE = "document.querySelector('#app .prose img')"


class Reader:
    """A report in a browser; each method is what a hand does, and says where that leads.

    Raises:
        AssertionError: the page is blank, or does not show what was asked for.
    """

    def __init__(self, browser: Browser, path: Path):
        self.browser = browser
        browser.open(path)
        browser.until("return document.querySelector('#app nav') !== null")

    def press(self, words: str) -> None:
        """Click on the link of these words at the left."""
        pressed = self.browser.run(
            "for (const link of document.querySelectorAll('#app nav a'))"
            "  if (link.innerText.trim() == arguments[0]) { link.click(); return true }",
            words,
        )
        assert pressed, f"nothing is called {words}"
        self.has_not_gone_blank(words)

    def go_home(self) -> None:
        """Back to the first page, by the house."""
        self.browser.run("document.querySelector('#app nav ol a').click()")
        self.has_not_gone_blank("home")

    def categories(self) -> list[str]:
        """Those of the menu, in its order."""
        self.go_home()
        names = self.browser.run("return Object.keys(categories)")
        shown = self.browser.run("return document.querySelector('#app nav').innerText").split("\n")
        if len(names) == 1:
            return ["Results"]
        found = [line.strip() for line in shown if line.strip() in names]
        assert len(found) == len(names)
        return found

    def search(self, term: str) -> list[str]:
        """The rows that are found."""
        self.browser.run(
            "const field = document.querySelector('#app nav input');"
            "const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set;"
            "set.call(field, arguments[0]);"
            "field.dispatchEvent(new Event('input', {bubbles: true}));"
            "const key = {key: 'Enter', charCode: 13, keyCode: 13, bubbles: true};"
            "field.dispatchEvent(new KeyboardEvent('keypress', key))",
            term,
        )
        self.has_not_gone_blank(f"a search for {term}")
        return self.rows()

    def rows(self) -> list[str]:
        """What the list at the left says, a line a result."""
        return self.browser.run(
            "return [...document.querySelectorAll('#app nav tbody tr')].map("
            "  row => row.cells[0].innerText.trim())"
        )

    def picture(self) -> int | None:
        """How wide the first page's picture is shown, in pixels; None where it has none."""
        if not self.browser.run(f"return {PICTURE} !== null"):
            return None
        self.browser.until(f"return {PICTURE}.complete && {PICTURE}.naturalWidth > 0")
        return self.browser.run(f"return {PICTURE}.getBoundingClientRect().width")

    def open_picture(self) -> str:
        """Click on the first page's picture -> the path of the result that is then seen."""
        self.browser.run(f"{PICTURE}.click()")
        return self._seen()

    def open_row(self, number: int) -> str:
        """Click on the eye of a row -> the path of the result that is then seen."""
        self._press_in_row(number, 0)
        return self._seen()

    def read_about_row(self, number: int) -> str:
        """Click on the letter i of a row -> what is said of that result."""
        self._press_in_row(number, 1)
        return self.browser.until(
            "return app.state.navbarMode == 'resultinfo'"
            "       && document.querySelector('#app nav').innerText"
        )

    def open_everything(self) -> dict[str, str]:
        """Look at every result of every category -> of each path, its row."""
        found = {}
        for category in self.categories():
            self.go_home()
            self.press(category)
            rows = self.rows()
            assert rows, category
            for number, row in enumerate(rows):
                path = self.open_row(number)
                assert row in self.read_about_row(number)
                found[path] = row
                self.go_home()
                self.press(category)
        return found

    def has_not_gone_blank(self, after: str) -> None:
        """React takes everything away after an error."""
        assert self.browser.run("return document.querySelector('#app nav') !== null"), after

    def _press_in_row(self, number: int, button: int) -> None:
        self.browser.run(
            "document.querySelectorAll('#app nav tbody tr')[arguments[0]]"
            "  .querySelectorAll('a')[arguments[1]].click()",
            number,
            button,
        )
        self.has_not_gone_blank(f"button {button} of row {number}")

    def _seen(self) -> str:
        self.browser.until("return app.state.resultPath !== undefined")
        path = self.browser.run("return app.state.resultPath")
        shown = SEEN[self.browser.run("return results[arguments[0]].mime_type", path)]
        self.browser.until(f"const it = {shown}; return it && it.src == results['{path}'].data_uri")
        return path
