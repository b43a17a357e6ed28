"""`python -m expost.commands`, where `expost` is not installed."""

from .main import run

run()
