"""How the page looks: system fonts, an 8 px grid, light or dark as the system is, colour never without a word."""

from typing import Final

HUES: Final = 8
"""Colours that types are told apart by, in turn; the type's name stands beside each."""

_LIGHT: Final = ("#cfe3ff", "#ffe0b8", "#d3f0d0", "#f3d6f5", "#fff0a8", "#c9f0f0", "#ffd6d6", "#e2dcff")
_DARK: Final = ("#123a6b", "#5c3600", "#1b4a1f", "#552058", "#514500", "#0b4a4a", "#661f24", "#382c73")


def _hues(colours: tuple[str, ...]) -> str:
    return "".join(f".c{number}{{background:{colour}}}" for number, colour in enumerate(colours))


STYLE: Final = (
    ":root{color-scheme:light dark;--ink:#1b1f24;--dim:#57606a;--page:#fff;--box:#f3f5f7;--line:#c4ccd4"
    ";--blue:#0a58b5;--red:#a40e26;--amber:#7a4b00;--green:#12652b}"
    "@media(prefers-color-scheme:dark){:root{--ink:#e6eaee;--dim:#a0aab4;--page:#14181d;--box:#1f252c;--line:#46505a"
    ";--blue:#79b8ff;--red:#ff9aa5;--amber:#f2c063;--green:#7ed491}}"
    "*{box-sizing:border-box}"
    "body{font:15px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--page);margin:0 auto;max-width:76rem"
    ";padding:24px 16px}"
    "h1{font-size:24px;margin:0 0 8px}h2{font-size:18px;margin:32px 0 8px}h3{font-size:15px;margin:16px 0 8px}"
    "p{margin:0 0 8px;max-width:75ch}.dim,.num small{color:var(--dim)}"
    "a{color:var(--blue)}.skip{position:absolute;left:-999px}.skip:focus{position:static}"
    "label{display:block;font-weight:600;margin:8px 0 4px}"
    "textarea,select,button{font:inherit;color:inherit;border:1px solid var(--line);border-radius:4px;padding:8px}"
    "textarea,select{background:var(--page)}textarea{width:100%;resize:vertical}select{min-width:16rem}"
    "button{background:var(--blue);color:var(--page);border-color:var(--blue);padding:8px 24px;margin-top:8px"
    ";cursor:pointer;font-weight:600}"
    ":focus-visible{outline:3px solid var(--blue);outline-offset:2px}"
    ".ways{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,22rem),1fr));gap:16px}.ways>*{min-width:0}"
    ".ways h3{margin-top:0}"
    "pre{font:14px/1.9 ui-monospace,monospace;white-space:pre-wrap;overflow-wrap:anywhere;background:var(--box)"
    ";border-radius:4px;padding:16px;margin:0}"
    "mark{color:inherit;background:none;border-radius:3px;padding:1px 3px;box-decoration-break:clone"
    ";-webkit-box-decoration-break:clone}"
    "mark::after{content:attr(data-type);font:600 10px system-ui,sans-serif;color:var(--ink);margin-left:4px"
    ";letter-spacing:.02em}"
    "mark.stay{border-bottom:2px dashed var(--dim);border-radius:0}"
    "mark.stop{border-bottom:2px solid var(--red)}"
    ".told{border-left:4px solid;padding:8px 16px;background:var(--box);margin:0 0 16px}"
    ".told strong{font-size:18px}.yes{border-color:var(--green)}.yes strong{color:var(--green)}"
    ".no{border-color:var(--red)}.no strong{color:var(--red)}.warn{color:var(--amber)}"
    ".told ul{margin:4px 0 0;padding-left:20px}"
    ".wide{overflow-x:auto}table{border-collapse:collapse;width:100%}"
    "th,td{text-align:left;vertical-align:top;padding:8px 16px 8px 0;border-bottom:1px solid var(--line)}"
    "thead th{color:var(--dim);font-size:13px;font-weight:600}tbody th{font-weight:600}"
    ".num{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}"
    ".chip{border-radius:3px;padding:1px 6px;white-space:nowrap}"
    "td code{font:13px/1.6 ui-monospace,monospace;overflow-wrap:anywhere}.ex{min-width:16rem}.ex div{margin-bottom:4px}"
    "footer{margin-top:40px;border-top:1px solid var(--line);padding-top:8px;color:var(--dim);font-size:13px"
    ";overflow-wrap:anywhere}" + _hues(_LIGHT) + f"@media(prefers-color-scheme:dark){{{_hues(_DARK)}}}"
)
