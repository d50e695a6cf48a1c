"""Write the page: the form, what was found and decided, what leaves, the way back."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Final

from gateway.trial import words
from gateway.trial.findings import STOPS
from gateway.trial.page_style import HUES, STYLE
from gateway.trial.told import Decided, Example, Judgement, Kind, Mark, Part, Trial

SHOWN: Final = 8
"""Examples of a type that are written out."""


def page(form: str, told: str = "") -> str:
    """Write the whole page."""
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Airlock: what would leave?</title>'
        f'<meta name="viewport" content="width=device-width,initial-scale=1"><style>{STYLE}</style></head><body>'
        '<a class=skip href="#result">To the result</a><main><h1>What would leave?</h1>'
        f"{form}{told}</main></body></html>"
    )


def form(text: str, use_cases: Sequence[str], chosen: str) -> str:
    """Write the box for a text and the choice of a use case. The reply's box further down belongs to it."""
    options = "".join(
        f"<option{' selected' if name == chosen else ''}>{escape(name)}</option>" for name in use_cases or (chosen,)
    )
    return (
        '<form id=try method=post action="/#result" autocomplete=off>'
        "<label for=text>A text</label><p class=dim id=about>It stays on this machine; nothing is sent or kept.</p>"
        f"<textarea id=text name=text rows=8 dir=auto spellcheck=false aria-describedby=about required>\n{escape(text)}"
        f"</textarea><label for=use>Use case</label><select id=use name=use_case>{options}</select> "
        "<button name=way value=text>Try it</button></form>"
    )


def sentence(text: str) -> str:
    """Write one sentence about what went wrong."""
    return f'<section id=result><div class="told no" role=alert>{escape(text)}</div></section>'


def result(trial: Trial) -> str:
    """Write what became of a text."""
    hues = {label: number % HUES for number, label in enumerate(sorted({kind.label for kind in trial.types}))}
    return (
        f"<section id=result><h2>The decision</h2>{_decision(trial.decision, 'It may leave', 'It may not leave')}"
        f"{_gaps(trial)}</section>{_types(trial.types, hues)}{_judgements(trial.judgements)}"
        f"{_texts(trial, hues)}{_back(trial)}{_footer(trial)}"
    )


def _decision(decided: Decided, yes: str, no: str) -> str:
    lines = [f"{escape(line)}" for line in words.stops(decided)]
    lines += [f"<span class=warn>{escape(line)}</span>" for line in words.flags(decided)]
    lines += [f"<span class=dim>{escape(line)}</span>" for line in words.records(decided)]
    head = f"✓ {yes}" if decided.allowed else f"✗ {no}: {escape(decided.code)}"
    listed = "".join(f"<li>{line}</li>" for line in lines)
    return (
        f'<div class="told {"yes" if decided.allowed else "no"}"><strong>{head}</strong>'
        f"{f'<ul>{listed}</ul>' if lines else ''}</div>"
    )


def _gaps(trial: Trial) -> str:
    hint = words.hint(trial)
    gaps = "".join(f"<li>{escape(gap)}</li>" for gap in words.unread(trial))
    told = f"<p>{escape(hint)}</p>" if hint else ""
    return told + (f"<h3>Not read</h3><ul class=warn>{gaps}</ul>" if gaps else "")


def _types(kinds: Sequence[Kind], hues: Mapping[str, int]) -> str:
    if not kinds:
        return "<section><h2>By type</h2><p>No values were found.</p></section>"
    rows = "".join(_type(kind, hues) for kind in kinds)
    heads = ("Type", "#Found", "Strategy", "Value, what leaves, what comes back", "#Score", "#Counts from")
    return f"<section><h2>By type</h2>{_table(heads, rows)}</section>"


def _type(kind: Kind, hues: Mapping[str, int]) -> str:
    back = {"yes": "comes back", "none": "no way back"}.get(words.way_back(kind), "")
    shown = "".join(_example(one) for one in kind.examples[:SHOWN])
    more = len(kind.examples) - SHOWN
    shown += f"<div class=dim>and {more} more</div>" if more > 0 else ""
    means = words.MEANINGS.get(kind.becomes, "")
    return (
        f'<tr><th scope=row><span class="chip c{hues[kind.label]}">{escape(kind.label)}</span></th>'
        f"<td class=num>{kind.count:,}</td><td><strong>{words.becomes(kind.becomes)}</strong><br>"
        f"<span class=dim>{'; '.join(filter(None, (means, back)))}</span></td><td class=ex>{shown}</td>"
        f"<td class=num>{kind.score:,}</td><td class=num>{words.least(kind)}</td></tr>"
    )


def _example(one: Example) -> str:
    steps = (one.value,) if one.replacement is None else (one.value, one.replacement, one.restored or "")
    return f"<div>{' → '.join(f'<code>{escape(step)}</code>' if step else 'nothing' for step in steps)}</div>"


def _judgements(judgements: Sequence[Judgement]) -> str:
    if not judgements:
        return ""
    rows = "".join(
        f"<tr><th scope=row>{escape(one.label)}</th><td>{escape(one.place)}</td>"
        f"<td><strong>{words.becomes(one.becomes)}</strong><br><span class=dim>{words.MEANINGS.get(one.becomes, '')}"
        f"</span></td><td class=num>{one.score:,}</td><td class=num>{words.least(one)}</td></tr>"
        for one in judgements
    )
    heads = ("Judgement", "In", "What follows", "#Score", "#Counts from")
    return f"<section><h2>Judgements</h2>{_table(heads, rows)}</section>"


def _table(heads: Iterable[str], rows: str) -> str:
    """Write a table; a head with # is that of numbers. Scores are parts per million."""
    told = "".join(
        f"<th scope=col{' class=num' if head.startswith('#') else ''}>{head.removeprefix('#')}"
        f"{'<br><small>of 1,000,000</small>' if head == '#Score' else ''}</th>"
        for head in heads
    )
    return f"<div class=wide tabindex=0><table><thead><tr>{told}</tr></thead><tbody>{rows}</tbody></table></div>"


def _texts(trial: Trial, hues: Mapping[str, int]) -> str:
    whole = trial.parts[0] if len(trial.parts) == 1 and trial.parts[0].text == trial.text else None
    before = _marked(whole, hues) if whole else escape(trial.text or "")
    if trial.leaves is None:
        after = escape(words.nothing_left(trial))
    else:
        after = _left(whole, hues) if whole else escape(trial.leaves)
    return f"<section><h2>The text, and what leaves</h2><div class=ways>{_box('The text', before)}" + (
        f"{_box('What leaves', after)}</div>{'' if whole else _parts(trial.parts, hues)}</section>"
    )


def _parts(parts: Sequence[Part], hues: Mapping[str, int]) -> str:
    rows = "".join(
        f"<tr><th scope=row>{escape(part.where)}</th><td><pre dir=auto>{_marked(part, hues)}</pre></td></tr>"
        for part in parts
    )
    return f"<h3>Found in</h3>{_table(('Where', 'What stands there'), rows)}" if rows else ""


def _back(trial: Trial) -> str:
    if not trial.decision.allowed:
        return ""
    back = trial.back
    reply = back.reply if back else ""
    told = ""
    if back and back.decision and not back.decision.allowed:
        told = _decision(back.decision, "", "Policy would stop this reply")
    elif back:
        told = _box("What the app gets", escape(back.returns or "")) + f"<p class=dim>{words.way_back_told(back)}</p>"
    return (
        "<section><h2>The way back</h2><label for=reply>A model's reply</label>"
        "<p class=dim id=bent>Change it as a model might: pseudonyms in lower case, without brackets, in other words."
        "</p>"
        "<textarea id=reply name=reply form=try rows=6 dir=auto spellcheck=false aria-describedby=bent>\n"
        f"{escape(reply)}</textarea><button form=try name=way value=reply>Try this reply</button>{told}</section>"
    )


def _footer(trial: Trial) -> str:
    where = f"Configuration: {trial.configuration}." if trial.configuration else ""
    detectors = ", ".join(f"{one.detector} {one.version}" for one in trial.detectors)
    told = (
        *trial.notes,
        where,
        words.heading(trial) + ".",
        f"Policies: {trial.decision.bundle}.",
        f"Read by {detectors}.",
    )
    return f"<footer>{' '.join(escape(one) for one in told if one)}</footer>"


def _box(title: str, inside: str) -> str:
    return f"<div><h3>{title}</h3><pre dir=auto tabindex=0>{inside}</pre></div>"


def _marked(part: Part, hues: Mapping[str, int]) -> str:
    return _with(part, ((mark, part.text[mark.start : mark.end]) for mark in part.marks), hues)


def _left(part: Part, hues: Mapping[str, int]) -> str:
    return _with(part, ((mark, mark.replacement) for mark in part.marks if mark.replacement is not None), hues)


def _with(part: Part, marks: Iterable[tuple[Mark, str]], hues: Mapping[str, int]) -> str:
    pieces: list[str] = []
    position = 0
    for mark, inside in marks:
        look = "stop" if mark.becomes in STOPS else "stay" if mark.replacement is None else ""
        classes = f"{look} c{hues.get(mark.label, 0)}" if look != "stay" else look
        pieces += (
            escape(part.text[position : mark.start]),
            (
                f'<mark class="{classes.strip()}" data-type="{escape(mark.label)}" title="{escape(mark.label)}: '
                f'{words.becomes(mark.becomes)}">{escape(inside)}</mark>'
            ),
        )
        position = mark.end
    return "".join((*pieces, escape(part.text[position:])))
