"""Charts and maps, drawn by us as SVG on the server, each with its title, summary, table and download.

The room knows nothing of what it draws: it is given points with labels, figures and addresses.
"""

from kapok.charts.bars import bars
from kapok.charts.drawing import Drawing
from kapok.charts.heat import heat
from kapok.charts.lines import lines
from kapok.charts.maps import tiles, world
from kapok.charts.points import Point, Series

__all__ = ["Drawing", "Point", "Series", "bars", "heat", "lines", "tiles", "world"]
