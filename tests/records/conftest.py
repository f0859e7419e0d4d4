"""What the tests of the clock share: standing on a day."""

from datetime import UTC, datetime

import pytest


@pytest.fixture
def day(time_machine):
    """Go to a day; the clock stands still there."""

    def go(text):
        time_machine.move_to(datetime.fromisoformat(text).replace(hour=5, minute=1, tzinfo=UTC), tick=False)

    return go
