"""What is done with a linked repository."""
