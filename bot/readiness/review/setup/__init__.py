"""What a project needs to be reviewed: workflows, settings and a pre-commit entry, ready to be written."""
