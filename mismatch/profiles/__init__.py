"""What is wanted otherwise of the rules: switched off, graded, tuned, by project or for all of them."""
