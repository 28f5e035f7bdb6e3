"""The ML Test Score of a project from static evidence."""
