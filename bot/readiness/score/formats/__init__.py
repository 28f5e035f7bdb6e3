"""The formats of a score: each module here has a function `render`."""
