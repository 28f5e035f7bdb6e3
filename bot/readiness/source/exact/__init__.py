"""A program as libcst reads it: slower than the interpreter's own parser, but with every token in its place."""
