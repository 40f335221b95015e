"""A notebook as plain text, for ``git diff``: cells, sentences and tables, but no pictures and no facts in full.

It needs no package and no Python of this project, since git starts it: see CONTRIBUTING.md. What is not shown is
named with a checksum, so that a change of it is seen.
"""

import hashlib
import json
import sys


def plain(raw):
    """The text of a notebook given as bytes; the bytes themselves where they are no notebook, as in a conflict."""
    try:
        cells = json.loads(raw)["cells"]
        return "\n".join(line for number, cell in enumerate(cells, 1) for line in _cell(number, cell))
    except (ValueError, LookupError, TypeError, AttributeError):
        return raw.decode("utf-8", "replace")


def _cell(number, cell):
    tags = " ".join(cell["metadata"].get("tags", []))
    yield f"---- {number} {cell['cell_type']} {tags}".rstrip()
    yield from _text(cell["source"]).splitlines()
    for output in cell.get("outputs", []):
        yield "-> " + output["output_type"]
        yield from _text(output.get("text", output.get("evalue", ""))).splitlines()
        shown = output.get("data", {})
        for kind in sorted(shown):
            if kind in ("text/markdown", "text/plain"):
                yield from _text(shown[kind]).splitlines()
            else:
                written = json.dumps(shown[kind], sort_keys=True).encode()
                yield f"{kind} {hashlib.sha256(written).hexdigest()[:12]}"
        if output.get("metadata"):
            yield json.dumps(output["metadata"], sort_keys=True, ensure_ascii=False)
    yield ""


def _text(value):
    return value if isinstance(value, str) else "".join(value)


if __name__ == "__main__":
    with open(sys.argv[1], "rb") as file:
        sys.stdout.buffer.write((plain(file.read()) + "\n").encode("utf-8"))
