"""The command line: everything a page can do, from a shell. `app` has the commands."""
