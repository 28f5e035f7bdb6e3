"""The formats of what a history teaches: each module here has a function `render`."""
