"""The window: Qt widgets that hold frozen values and call services; nothing here knows the store."""
