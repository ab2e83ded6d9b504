"""Tells when nobody has touched keyboard or mouse for a while, so that the workspace can lock itself."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

_SIGNS_OF_LIFE = frozenset(
    {QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel}
)


class IdleWatch(QObject):
    """Emits `idle` once after so many minutes without a key, a click or a movement in the window."""

    idle = Signal()

    def __init__(self, window: QWidget, minutes: float) -> None:
        super().__init__(window)
        self._timer = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.idle)
        # The native window hears every key and click once; a filter on the application would hear every paint as well.
        handle = window.windowHandle()
        if handle is not None:
            handle.installEventFilter(self)
        self.set_minutes(minutes)

    def set_minutes(self, minutes: float) -> None:
        """How long nobody has to be there; counting starts again."""
        self._timer.start(round(minutes * 60_000))

    @property
    def remaining(self) -> int:
        """Milliseconds until `idle` comes if nothing happens."""
        return self._timer.remainingTime()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _SIGNS_OF_LIFE:
            self._timer.start()
        return False
