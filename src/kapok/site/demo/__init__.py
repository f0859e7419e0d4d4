"""The demo: 104 real initiatives with their sources, the documents of the mission, and illustrative records.

`load` fills a fresh installation once; everything that is not a fact is marked illustrative, and
`kapok demo-remove` (`kapok.records.demo.remove_illustrative`) takes it away again.
"""

from kapok.site.demo.accounts import Account
from kapok.site.demo.loading import load

__all__ = ["Account", "load"]
