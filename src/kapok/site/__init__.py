"""Site: settings, addresses, home, country and organisation pages, menus. It knows every room."""
