"""A program as the interpreter's own parser reads it: quick, but without spaces, and not always with places."""
