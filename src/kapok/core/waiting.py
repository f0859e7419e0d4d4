"""What waits for a person: rooms that know something add a counter, and the menu shows the sum beside “My desk”."""

from collections.abc import Callable
from typing import Any

waiting: list[Callable[[Any], int]] = []
