"""The REST interface, one module for each of GitHub's resources; importing them fills the table of operations."""

from importlib import import_module
from pkgutil import iter_modules

from fakegithub.web import ENDPOINTS

for _module in iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")

__all__ = ["ENDPOINTS"]
