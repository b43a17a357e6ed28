"""Files from elsewhere: out of the user's folder or downloaded, and used only if right."""

import shutil
import time
from pathlib import Path

from ..runtime.log import log
from .files import sha256, whole
from .remote_file import Remote
from .resumable import transfer


def fetch(
    remote: Remote,
    into: str | Path,
    data_dir: str | Path | None = None,
    *,
    tries: int = 5,
    backoff: float = 1.0,
    timeout: float = 30.0,
) -> Path:
    """Put a file into a folder: from `data_dir` if it is there, else by downloading.

    An interrupted download leaves `<name>.part` and is taken up from there by the next try, or the
    next call. A download with the wrong digest is kept as `<name>.corrupt` for inspection, never
    used, and tried once more from the start.

    Args:
        remote: the file.
        into: the folder it goes to; made when missing.
        data_dir: a folder of the user's own files, which are copied and left as they are.
        tries: how often to ask before giving up.
        backoff: seconds before the second try; doubled before each further one.
        timeout: seconds without an answer after which a try has failed.

    Returns:
        The path of the file in `into`.

    Raises:
        FileNotFoundError: `data_dir` does not exist; or it lacks a file that no program can get.
        ValueError: the file in `data_dir`, or twice what was downloaded, has the wrong digest; or
            an address is neither http nor https.
        ConnectionError: it cannot be downloaded.
        OSError: it cannot be written, the disk being full, say.
    """
    target = Path(into) / remote.name
    if data_dir is not None and (found := _find(remote, Path(data_dir))):
        with whole(target) as temporary:
            shutil.copyfile(found, temporary)
        log.info("%s: copied from %s", remote.name, found)
        return target
    if target.exists() and _is_right(target, remote):
        return target

    if not (urls := remote.urls()):
        raise FileNotFoundError(
            f"{remote.name} cannot be downloaded by a program; {remote.by_hand}; "
            + _alternative(remote)
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f"{remote.name}.part")
    for _ in range(2):
        started = time.monotonic()
        try:
            transfer(urls, part, size=remote.size, tries=tries, backoff=backoff, timeout=timeout)
        except ConnectionError as error:
            raise ConnectionError(f"{remote.name}: {error}; {_alternative(remote)}") from error
        if _is_right(part, remote):
            part.replace(target)
            log.info("%s: downloaded in %.0f s", remote.name, time.monotonic() - started)
            return target
    corrupt = _corrupt(part)
    raise ValueError(
        f"{remote.name}: two downloads had the wrong sha256: got {sha256(corrupt)}, wanted "
        f"{remote.sha256}; the last is kept as {corrupt} and not used; {_alternative(remote)}"
    )


def check_size(remote: Remote, into: str | Path, data_dir: str | Path | None = None) -> None:
    """Refuse a file that is where `remote` is looked for and, as its size says, is another.

    Arguments are those of `fetch`, which looks at all of the bytes.

    Raises:
        ValueError: which file, its size, and what to put there.
    """
    places = [Path(into) / remote.name]
    if data_dir is not None:
        places += [Path(data_dir) / place for place in (*remote.kept_as, remote.name)]
    for path in places:
        if remote.size and path.is_file() and (got := path.stat().st_size) != remote.size:
            raise ValueError(
                f"{path} has {got:,} bytes, wanted {remote.size:,}; it is damaged or another file; "
                f"put {remote.name} with sha256 {remote.sha256} there, or remove it to download it"
            )


def _find(remote, data_dir):
    """The user's own copy, checked; None if there is none."""
    if not data_dir.is_dir():
        raise FileNotFoundError(
            f"data_dir {data_dir.absolute()} does not exist or is no folder; correct it in the "
            "config, or set it to null to download what is needed"
        )
    # The longer path first: MNIST's and Fashion-MNIST's files have the same names.
    for place in (*remote.kept_as, remote.name):
        path = data_dir / place
        if path.is_file():
            break
    else:
        log.info("%s: not in data_dir %s", remote.name, data_dir)
        return None
    if (got := sha256(path)) != remote.sha256:
        raise ValueError(
            f"{path} has sha256 {got}, wanted {remote.sha256}; it is damaged or another file and "
            f"was not used; put the right one there, or remove it to download {remote.name}"
        )
    return path


def _is_right(path, remote):
    """Whether a file has the wanted digest; puts it aside if not."""
    if (got := sha256(path)) == remote.sha256:
        return True
    path.replace(_corrupt(path))
    log.warning(
        "%s: got sha256 %s, wanted %s; kept aside as %s", path, got, remote.sha256, _corrupt(path)
    )
    return False


def _corrupt(path):
    return path.with_name(f"{path.name.removesuffix('.part')}.corrupt")


def _alternative(remote):
    places = " or ".join((*remote.kept_as, remote.name))
    return (
        f"you can get it by other means (sha256 {remote.sha256}), put it into a folder as "
        f"{places}, and set data_dir to that folder"
    )
