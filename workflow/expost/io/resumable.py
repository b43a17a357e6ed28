"""Downloading over unreliable lines: try again, go on from where it broke."""

import re
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.client import HTTPException
from pathlib import Path
from urllib import request
from urllib.error import HTTPError
from urllib.parse import urlsplit

from ..runtime.log import log
from ..runtime.progress import Progress

_BLOCK = 1 << 18
_MOST = 1 << 30  # bytes of a file whose size is not known
_WORTH_ANOTHER_TRY = {408, 425, 429}  # of the answers 4xx; the others will not change
_RANGE_NOT_SATISFIABLE = 416


class _Broken(Exception):
    """The line failed, not the disk; `final` if this address will never do."""

    def __init__(self, reason, final=False):
        super().__init__(reason)
        self.final = final


def transfer(
    urls: Sequence[str],
    part: Path,
    *,
    size: int | None = None,
    tries: int = 5,
    backoff: float = 1.0,
    timeout: float = 30.0,
) -> None:
    """Download the whole of a file into `part`, going on from what is there.

    Args:
        urls: addresses of the same file, tried in turn; http or https.
        part: the file to complete.
        size: bytes of the whole; no more are taken. None where not known: then 1 GiB at most.
        tries: how often to ask before giving up.
        backoff: seconds before the second try; doubled before each further one.
        timeout: seconds without an answer after which a try has failed.

    Raises:
        ConnectionError: no try succeeded; `part` keeps what had come.
        ValueError: an address is neither http nor https.
        OSError: `part` cannot be written.
    """
    for url in urls:
        if urlsplit(url).scheme not in ("http", "https"):
            raise ValueError(f"cannot download {url}: wanted an address with http or https")
    opener, urls = _opener(), list(urls)
    for attempt in range(tries):
        url = urls[attempt % len(urls)]
        try:
            return _once(opener, url, part, size, timeout)
        except _Broken as error:
            log.warning("%s: try %d of %d: %s", url, attempt + 1, tries, error)
            reason = f"{url}: {error}"
            if error.final:
                urls.remove(url)
        if not urls:
            break
        if attempt + 1 < tries:
            time.sleep(backoff * 2**attempt)
    raise ConnectionError(
        f"could not be downloaded, tries: {attempt + 1} of {tries} (last: {reason})"
    )


def _opener():
    """For http and https alone: urllib's default would follow a redirect to ftp as well."""
    opener = request.OpenerDirector()
    for handler in (
        request.ProxyHandler,
        request.UnknownHandler,
        request.HTTPHandler,
        request.HTTPSHandler,
        request.HTTPDefaultErrorHandler,
        request.HTTPRedirectHandler,
        request.HTTPErrorProcessor,
    ):
        opener.add_handler(handler())
    return opener


def _once(opener, url, part, size, timeout):
    """One try: ask for the bytes that are missing and append them."""
    have = part.stat().st_size if part.exists() else 0
    headers = {"User-Agent": "expost"} | ({"Range": f"bytes={have}-"} if have else {})
    with _ask(opener, request.Request(url, headers=headers), part, timeout) as response:
        if not response.headers.get("Content-Range", "").startswith(f"bytes {have}-"):
            have = 0  # the server sends everything, whatever was asked
        most = size or _MOST
        if size is None and (length := response.headers.get("Content-Length")):
            if not re.fullmatch("[0-9]{1,18}", length):
                raise _Broken(f"got the Content-Length {length[:20]!r}, wanted a number of bytes")
            size = have + int(length)
        got = _append(response, part, have, size, most)
    if size is not None and got < size:
        raise _Broken(f"the connection ended after {got} of {size} bytes")


@contextmanager
def _ask(opener, question, part, timeout) -> Iterator:
    try:
        response = opener.open(question, timeout=timeout)
    except HTTPError as error:
        error.close()
        if error.code == _RANGE_NOT_SATISFIABLE:
            part.unlink(missing_ok=True)
            raise _Broken("what was there is no beginning of the file; starting over") from error
        final = 400 <= error.code < 500 and error.code not in _WORTH_ANOTHER_TRY
        raise _Broken(f"HTTP {error.code} {error.reason}", final) from error
    except (OSError, HTTPException, ValueError) as error:  # the last of an odd redirection
        raise _Broken(str(error) or type(error).__name__) from error
    with response:
        yield response


def _append(response, part, have, total, most):
    """Write what comes from byte `have` on, up to byte `most`; returns the size reached."""
    started, got = time.monotonic(), have
    progress = Progress(total, done=have) if total else None
    try:
        with open(part, "ab" if have else "wb") as file:
            for block in _blocks(response):
                if (got := got + len(block)) > most:
                    part.unlink()  # as it began with what is not the file
                    raise _Broken(f"more came than the {most} bytes wanted; starting over")
                file.write(block)
                rate = (got - have) / max(time.monotonic() - started, 1e-3) / 1e6
                if progress:
                    progress(got, f"bytes of {part.stem}, {rate:.1f} MB/s")
    except OSError as error:
        raise OSError(
            error.errno,
            f"could not write {part}: {error.strerror or error}; what has come stays there, and "
            "the next run goes on from it once there is room",
        ) from error
    return got


def _blocks(response):
    try:
        while block := response.read(_BLOCK):
            yield block
    except (OSError, HTTPException) as error:
        raise _Broken(f"the connection broke: {error}") from error
