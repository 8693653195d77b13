"""Reports: each is gathered once, composed into one paper, and written in any format."""
