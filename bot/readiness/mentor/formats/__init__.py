"""The formats of a mentoring report: each module here has a function `render`."""
