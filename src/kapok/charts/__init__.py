"""Charts and maps, drawn by us as SVG on the server, each with its title, summary, table and download.

The room knows nothing of what it draws: it is given points with labels, figures and addresses.
"""
