"""One self-contained page: nothing is fetched, nothing in it runs that is not named by its hash."""

import base64
import hashlib
import json
import math
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

import jinja2
import numpy as np
import pandas as pd
import vl_convert
from markupsafe import Markup

from ...case.schema import LANGUAGE_NAMES
from ...case.setting import start_in_words
from . import text
from .chart import Chart
from .failure import AS_WRITTEN

HERE = Path(__file__).parent
MODULES = "https://cdn.jsdelivr.net/npm"


def templates(**options: Any) -> jinja2.Environment:
    """The templates of all views, with the filters that they share."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        **options,
    )
    environment.globals |= {"signs": text.SIGNS, "as_written": AS_WRITTEN}
    environment.filters |= {
        "kind": text.kind,
        "language": lambda name: LANGUAGE_NAMES.get(name, name),
        "start": start_in_words,
    }
    return environment


def page(shown: dict[str, Any], charts: dict[str, Chart]) -> str:
    """The whole page, everything from cases and runs escaped."""
    environment = templates()
    environment.filters |= {"whole": text.whole, "brief": text.brief, "anchor": text.anchor}
    style, script = (HERE / "page.css").read_text(), (HERE / "page.js").read_text()
    vega = _library()
    policy = "; ".join(
        [
            "default-src 'none'",
            f"script-src {_hash(vega)} {_hash(script)}",
            f"style-src {_hash(style)}",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )
    return environment.get_template("page.html.j2").render(
        **shown,
        policy=policy,
        style=Markup(style),
        script=Markup(script),
        vega=Markup(vega),
        charts=_in_script(_shared(charts)),
    )


def _shared(charts: dict[str, Chart]) -> str:
    """The charts as JSON, in Vega; equal specifications and equal tables stand there once."""
    specifications, tables = dict[str, str](), dict[str, str]()
    places = {
        key: [
            specifications.setdefault(_json(chart.specification), f"s{len(specifications)}"),
            {
                name: tables.setdefault(_columns(table), f"t{len(tables)}")
                for name, table in chart.data.items()
            },
        ]
        for key, chart in charts.items()
    }
    parts = {
        "places": _json(places),
        "specifications": _object({key: _vega(text) for text, key in specifications.items()}),
        "tables": _object({key: text for text, key in tables.items()}),
    }
    return _object(parts)


def _vega(vega_lite: str) -> str:
    """The same chart in Vega, with its axes in its width: the page need not compile it."""
    fitting = {"width": 300, "autosize": {"type": "fit-x", "contains": "padding"}}
    return _json(vl_convert.vegalite_to_vega({**json.loads(vega_lite), **fitting}))


def _object(members: dict[str, str]) -> str:
    """A JSON object of members that are JSON already."""
    return "{" + ",".join(f"{json.dumps(name)}:{text}" for name, text in members.items()) + "}"


def _json(content: Any) -> str:
    """JSON without blanks, a tenth of a page."""
    return json.dumps(content, allow_nan=False, separators=(",", ":"))


def _columns(table: pd.DataFrame) -> str:
    columns = {}
    for name in table:
        values = table[name].tolist()
        finite = table[name].dtype.kind != "f" or np.isfinite(table[name]).all()
        columns[name] = values if finite else [v if math.isfinite(v) else None for v in values]
    return _json(columns)


def _in_script(text: str) -> Markup:
    """JSON that cannot end the script that it stands in."""
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))


def _hash(code: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}'"


def _library() -> str:
    """Vega and its interpreter in one script; kept beside the packages it is made of."""
    path = (
        Path(sys.prefix) / f"vega-and-interpreter-of-vl-convert-{version('vl-convert-python')}.js"
    )
    try:
        return path.read_text(encoding="utf-8")
    except OSError:
        # modules that vl-convert carries under these addresses: nothing is fetched
        bundle = vl_convert.javascript_bundle(
            f'''
            import {{ parse, View }} from "{MODULES}/vega@{vl_convert.get_vega_version()}/+esm";
            import {{ expressionInterpreter }} from "{MODULES}/vega-interpreter@2.0.0/+esm";
            window.vega = {{ parse, View, expressionInterpreter }};
            '''
        ).replace("</script", "<\\/script")
    try:
        fresh = path.with_suffix(".new")
        fresh.write_text(bundle, encoding="utf-8")
        fresh.replace(path)
    except OSError:
        pass  # a folder that cannot be written to: it is made again next time
    return bundle
