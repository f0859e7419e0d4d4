"""The style that a drawing brings along when it leaves the page; on pages `kapok.css` says the same."""

# A program that picks one face for a whole text wants one that has both scripts of a mixed text.
ARABIC = "'DejaVu Sans', 'Noto Sans Arabic', 'Noto Naskh Arabic', Arial, sans-serif"
HAN = "'Noto Sans CJK SC', 'Noto Sans SC', 'WenQuanYi Zen Hei', 'Noto Serif CJK SC', sans-serif"
FACES = "'Noto Sans', 'Liberation Sans', Arial, 'Noto Sans Arabic', 'Noto Naskh Arabic', 'Noto Sans CJK SC', sans-serif"
STYLE = f"""
text {{ font-family: {FACES}; font-size: 14px; fill: #1c2421; }}
.ar {{ font-family: {ARABIC}; }} .han {{ font-family: {HAN}; }}
.strong {{ font-weight: bold; }}
.soft {{ fill: #535c57; }}
.small {{ font-size: 12px; }}
.paper {{ fill: #ffffff; }}
.rail {{ fill: #f1eee6; }}
.ground {{ fill: none; }}
.grid {{ stroke: #ddd8cc; stroke-width: 1; }}
.axis {{ stroke: #757c75; stroke-width: 1; }}
.c1 {{ fill: #0b5a47; }} .c2 {{ fill: #b8400e; }} .c3 {{ fill: #1b4f86; }}
.c4 {{ fill: #7d4600; }} .c5 {{ fill: #4d4374; }} .c6 {{ fill: #535c57; }}
.s1 {{ stroke: #0b5a47; }} .s2 {{ stroke: #b8400e; }} .s3 {{ stroke: #1b4f86; }}
.s4 {{ stroke: #7d4600; }} .s5 {{ stroke: #4d4374; }} .s6 {{ stroke: #535c57; }}
.s1, .s2, .s3, .s4, .s5, .s6 {{ stroke-width: 2; }}
.edge {{ stroke-width: 1; }}
.hollow {{ fill: #ffffff; stroke-width: 2; }}
.sign {{ fill: #1c2421; stroke: #1c2421; }}
.d2 {{ stroke-dasharray: 7 4; }} .d3 {{ stroke-dasharray: 2 4; }} .d4 {{ stroke-dasharray: 10 3 2 3; }}
.d5 {{ stroke-dasharray: 4 2; }} .d6 {{ stroke-dasharray: 12 5; }}
.t0 {{ fill: #f1eee6; }} .t1 {{ fill: #d3e5dc; }} .t2 {{ fill: #9cc7b6; }}
.t3 {{ fill: #55947f; }} .t4 {{ fill: #0b5a47; }} .on3 {{ fill: #000000; }} .on4 {{ fill: #ffffff; }}
.gap {{ fill: #fbeae7; }} .covered {{ fill: #e4f2e8; }} .crowded {{ fill: #e9f0f8; }} .unstated {{ fill: #ffffff; }}
.ending {{ fill: #fcf0da; }} .stale {{ fill: #f1eee6; }} .empty {{ fill: #ffffff; }}
.frame {{ stroke: #757c75; stroke-width: 1; }}
.land {{ fill: #e9e5da; stroke: #ffffff; stroke-width: .5; }} .coast {{ stroke: #757c75; stroke-width: .5; }}
.hatch {{ stroke: #ddd8cc; stroke-width: 1.5; }} .map-text {{ font-size: 17px; }}
.tile-code, .tile-figure {{ font-size: 12px; text-anchor: middle; }} .tile-figure {{ font-weight: bold; }}
"""
