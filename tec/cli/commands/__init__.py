"""One module per command of `tec`: `SUMMARY` in one line, and `run(arguments)` that gives the exit status."""
