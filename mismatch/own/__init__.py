"""Rules of one's own: written as data on pages or in files, tried on their own cases, then part of checks."""
