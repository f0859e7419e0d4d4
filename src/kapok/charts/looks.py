"""What tells series and states apart without colour: patterns for areas, shapes for points, dashes for lines."""

from collections.abc import Iterable

# Six looks; a seventh series begins again, with its label beside it.
LOOKS = 6
CELL = 8

_FILLS = {
    1: '<rect class="c1" width="8" height="8"/>',
    2: '<rect class="paper" width="8" height="8"/><path class="s2" d="M-2 2L2-2M0 8L8 0M6 10L10 6"/>',
    3: '<rect class="paper" width="8" height="8"/><circle class="c3" cx="2" cy="2" r="1.6"/>'
    '<circle class="c3" cx="6" cy="6" r="1.6"/>',
    4: '<rect class="paper" width="8" height="8"/><path class="s4" d="M0 0L8 8M0 8L8 0"/>',
    5: '<rect class="paper" width="8" height="8"/><path class="s5" d="M0 2H8M0 6H8"/>',
    6: '<rect class="paper" width="8" height="8"/>',
}
_SIGNS = {
    "p1": '<circle r="4.5"/>',
    "p2": '<rect x="-4" y="-4" width="8" height="8"/>',
    "p3": '<path d="M0-5L5 4H-5Z"/>',
    "p4": '<path d="M0-5.5L5.5 0L0 5.5L-5.5 0Z"/>',
    "p5": '<path d="M-4-4L4 4M-4 4L4-4" fill="none"/>',
    "p6": '<circle class="hollow" r="4"/>',
    # States of the matrix: a hole, something, much, something nobody asked for, an hourglass, three dots of silence.
    "gap": '<rect class="hollow" x="-5" y="-5" width="10" height="10"/><path d="M-5 5L5-5"/>',
    "covered": '<circle r="5"/>',
    "crowded": '<circle r="3.4" cx="-4" cy="2.5"/><circle r="3.4" cx="4" cy="2.5"/><circle r="3.4" cy="-4"/>',
    "unstated": '<circle class="hollow" r="5"/>',
    "ending": '<path d="M-4.5-5H4.5L0 0ZM0 0L4.5 5H-4.5Z"/>',
    "stale": '<circle r="1.7" cx="-5"/><circle r="1.7"/><circle r="1.7" cx="5"/>',
    "empty": '<circle r="1.2"/>',
}
SIGNS = tuple(_SIGNS)


def look(number: int) -> int:
    """The look of the series at this place, from one."""
    return number % LOOKS + 1


def patterns(ident: str, numbers: Iterable[int]) -> str:
    """The patterns a drawing uses."""
    return "".join(
        f'<pattern id="{ident}-f{number}" width="{CELL}" height="{CELL}" patternUnits="userSpaceOnUse">'
        f"{_FILLS[number]}</pattern>"
        for number in numbers
        if number > 1
    )


def signs(ident: str, names: Iterable[str]) -> str:
    """The shapes a drawing uses."""
    return "".join(f'<g id="{ident}-{name}">{_SIGNS[name]}</g>' for name in dict.fromkeys(names) if name in _SIGNS)
