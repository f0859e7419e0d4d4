"""What the tests of the room share: a shelf that knows nothing of other tests."""

import pytest


@pytest.fixture(autouse=True)
def empty_shelf():
    # Models can be read only once Django has started, which is after this file is loaded.
    from kapok.insight.overlaps import held

    held.forget()
    yield
    held.forget()
