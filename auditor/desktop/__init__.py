"""The window: Qt widgets that hold frozen values and call services; nothing here knows the store."""

import builtins

import PySide6.QtCore  # noqa: F401 - puts the hook in place that is taken out below

# PySide reads the source of every module imported after it, in search of its feature switches, which nothing here
# uses; without that hook the unlock window stands a tenth sooner. Its names are not documented: where the hook is
# another one, or the import it stands before is not to be found, everything is left as it is.
if getattr(builtins.__import__, "__name__", "") == "__feature_import__":
    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
