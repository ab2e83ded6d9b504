"""The window: Qt widgets that hold frozen values and call services; nothing here knows the store."""

import builtins

import PySide6.QtCore  # noqa: F401 - puts the hook in place that is taken out below

# PySide reads the source of every module imported after it, in search of its feature switches, which nothing here
# uses; without that hook the unlock window stands 5 % sooner, and what it imports behind it takes an eighth less.
# The names are not documented: where there is another hook, or none, everything is left as it is.
if getattr(builtins.__import__, "__name__", "") == "__feature_import__":
    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
