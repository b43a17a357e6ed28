"""What a process needs: a log, seeds, a number of threads, a device."""
