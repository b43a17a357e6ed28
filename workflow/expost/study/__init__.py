"""The config: checked, expanded into runs, and which code stands behind a job."""
