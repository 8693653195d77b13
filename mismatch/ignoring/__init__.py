"""Decisions in a file, `tec-ignore.yaml`: read, matched with findings, written."""
