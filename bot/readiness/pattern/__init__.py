"""The pattern language: Python with holes, matched against Python."""
