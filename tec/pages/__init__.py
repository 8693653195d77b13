"""What the site's own pages show: those of a project as a whole, and those that span all projects."""
