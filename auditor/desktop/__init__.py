"""The window: Qt widgets that hold frozen values and call services; nothing here knows the store."""

import builtins

import PySide6.QtCore  # noqa: F401 - puts the hook in place that is taken out below

# PySide reads the source of every module that is imported after it, in search of its feature switches, which nothing
# here uses. Without that hook unlocking is ready a fifth sooner. A PySide that has none is left as it is.
builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
