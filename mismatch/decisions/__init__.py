"""What people say about findings, kept apart from what checks find."""
