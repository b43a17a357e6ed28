"""The library's log."""

import logging

log = logging.getLogger("expost")
