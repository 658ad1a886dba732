#!/usr/bin/env python3
"""Draws terminal sessions as an SVG that plays by itself: docs/recording.py OUT TITLE=FILE...

Each FILE is what a command printed; TITLE is the command. The pictures follow each other for ever; where motion is
not wanted, the last one stands still.
"""

import html
import sys

COLUMNS, LINE, LETTER, EDGE, TOP = 82, 18, 8.2, 16, 44
STEP, REST = 0.35, 6.0
STYLE = """
.page{opacity:0;animation:show %(whole).2fs steps(1) infinite}
.line{opacity:0;animation:line %(whole).2fs steps(1) infinite}
text{font:13px ui-monospace,Menlo,Consolas,monospace;fill:#e6e6e6;white-space:pre}
.command{fill:#8fd18f}.bad{fill:#ff8f8f;font-weight:bold}.dim{fill:#9a9a9a}
@media(prefers-reduced-motion:reduce){.page,.line{animation:none}.page:last-of-type,.page:last-of-type .line{opacity:1}}
"""


def colour(text):
    if text.startswith("$ "):
        return "command"
    if text.startswith(("FAILED", "MISSED")) or " !! " in text:
        return "bad"
    return "dim" if text.startswith("replay:") or set(text.strip()) <= set("- ") else ""


def page(number, lines, start, end, whole):
    """The lines of one session, each from its time to the end of the page."""
    parts = [f'<g class="page" style="animation-name:page{number}">']
    frames = [f"@keyframes page{number}{{0%{{opacity:0}}{start / whole:.4%}{{opacity:1}}{end / whole:.4%}{{opacity:0}}}}"]
    for row, line in enumerate(lines):
        name = f"l{number}-{row}"
        at = start + STEP * (1 if row else 0) + 0.04 * row
        frames.append(f"@keyframes {name}{{0%{{opacity:0}}{at / whole:.4%}{{opacity:1}}}}")
        kind = colour(line)
        parts.append(
            f'<text class="line {kind}" style="animation-name:{name}" x="{EDGE}" y="{TOP + row * LINE}">'
            f"{html.escape(line)}</text>"
        )
    return "".join(parts) + "</g>", "".join(frames)


def main(out, *sessions):
    pages = []
    for session in sessions:
        title, _, path = session.partition("=")
        with open(path, encoding="utf-8") as file:
            pages.append([f"$ {title}"] + [line[:COLUMNS] for line in file.read().rstrip().split("\n")])
    lengths = [REST + STEP + 0.04 * len(lines) for lines in pages]
    whole = sum(lengths)
    width, height = round(COLUMNS * LETTER + 2 * EDGE), TOP + LINE * max(map(len, pages))
    drawn = [page(n, lines, sum(lengths[:n]), sum(lengths[: n + 1]), whole) for n, lines in enumerate(pages)]
    style = STYLE % {"whole": whole} + "".join(frames for _, frames in drawn)
    with open(out, "w", encoding="utf-8") as file:
        file.write(
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" role="img" '
            f'aria-label="A terminal: {html.escape(", ".join(s.partition("=")[0] for s in sessions))}">'
            f'<style>{style}</style><rect width="100%" height="100%" rx="8" fill="#1b1b1f"/>'
            f'<g fill="#55555c"><circle cx="18" cy="16" r="5"/><circle cx="36" cy="16" r="5"/><circle cx="54" cy="16" r="5"/></g>'
            + "".join(text for text, _ in drawn)
            + "</svg>\n"
        )


if __name__ == "__main__":
    main(*sys.argv[1:])
