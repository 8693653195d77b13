"""Documents that live in a Git repository: a worker brings in what changes there."""
