"""Nothing grows past what one can hold in one's head."""

import ast

from tests.house.places import named, shown, templates

FILE, FUNCTION, TEMPLATE = 400, 50, 150


def lines(path) -> int:
    return len(path.read_text().splitlines())


def test_files_stay_short():
    long = {shown(path): lines(path) for path in named(".py", ".css", ".js") if lines(path) > FILE}

    assert long == {}


def test_functions_stay_short():
    long = {}
    for path in named(".py"):
        if "migrations" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or 0) - node.lineno + 1
                if length > FUNCTION:
                    long[f"{shown(path)}:{node.name}"] = length

    assert long == {}


def test_templates_stay_short():
    assert {shown(path): lines(path) for path in templates() if lines(path) > TEMPLATE} == {}
