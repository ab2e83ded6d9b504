"""Colours, sizes and fonts: `theme()` is the one Theme of the process, everything painted asks it.

theme().install(app)                    once, before the first window
theme().set(mode="dark", scale=150)     mode light | dark | system, text size in per cent
theme().colour("accent")                QColor of a token (see tokens.Token)
theme().px(32)                          a text-borne size times the text size
theme().font(13, 600, tabular=True)     cached QFont
theme().changed.connect(slot)           after every change of colours or text size
"""

from auditor.desktop.theme.theme import Mode, Theme, polish, theme
from auditor.desktop.theme.tokens import DARK, LIGHT, Token

__all__ = ["DARK", "LIGHT", "Mode", "Theme", "Token", "polish", "theme"]
