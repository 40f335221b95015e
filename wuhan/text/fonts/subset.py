"""Build the bundled fonts: a subset of Noto Sans CJK SC under its own family name.

    apt-get download fonts-noto-cjk && dpkg-deb -x fonts-noto-cjk_*.deb noto
    python wuhan/text/fonts/subset.py noto/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc Regular
    python wuhan/text/fonts/subset.py noto/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc Bold

Kept are the 8,105 characters of the Table of General Standard Chinese Characters (通用规范汉字表, 2013), in
``characters.txt``, which holds the names of all places, GB 2312, and whatever else the texts of the collection need.

The family is renamed, so that a complete Noto installed on the machine can never stand in for the subset and
hide a missing glyph. Run it again when the collection needs a character that the subset lacks; the version of
Noto must stay 2.004, or figures change.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTCollection, TTFont

FAMILY = "Wuhan Report Sans"
ROOT = Path(__file__).resolve().parents[3]
RANGES = ((0x20, 0x7F), (0xA0, 0x180), (0x2010, 0x2040), (0x2460, 0x2474), (0x3000, 0x3040), (0xFF00, 0xFFF0))
NARROW = {0x2018, 0x2019, 0x201C, 0x201D, 0x2014, 0x2026}  # quotation marks, dash, ellipsis
SIGNS = "€‰℃−←↑→↓≤≥×≈Δ○●◐△▲▼◆◇□■"


def characters(rows: range, texts: list[Path]) -> set[int]:
    """Code points to keep: Latin, punctuation, signs, GB 2312 rows (lead bytes ``rows``), all that ``texts``
    contain.
    """
    kept = {code for first, last in RANGES for code in range(first, last)} | {ord(sign) for sign in SIGNS}
    for lead in rows:
        for trail in range(0xA1, 0xFF):
            kept |= {ord(character) for character in bytes([lead, trail]).decode("gb2312", "ignore")}
    for path in texts:
        kept |= {ord(character) for character in path.read_text("utf-8") if character.isprintable()}
    return kept


def proportional(font: TTFont) -> dict[str, str]:
    """Glyph names of full-width forms, and of the proportional forms that the font has for them (feature
    pwid).
    """
    table = font["GSUB"].table
    wanted = {
        index
        for record in table.FeatureList.FeatureRecord
        if record.FeatureTag == "pwid"
        for index in record.Feature.LookupListIndex
    }
    tables = [
        getattr(each, "ExtSubTable", each)
        for index in sorted(wanted)
        for each in table.LookupList.Lookup[index].SubTable
    ]
    return {full: narrow for each in tables for full, narrow in each.mapping.items()}


def build(font: TTFont, kept: set[int], weight: str, out: Path) -> None:
    """Reduce ``font`` to the code points ``kept``, rename it to FAMILY with ``weight``, write OpenType to
    ``out``.
    """
    if "GSUB" in font:  # Chinese quotation marks are as wide as a character, which tears English words apart
        narrow = proportional(font)
        for encoding in font["cmap"].tables:
            if encoding.isUnicode() and encoding.format in (4, 12):
                encoding.cmap |= {
                    code: narrow.get(encoding.cmap.get(code), encoding.cmap.get(code))
                    for code in NARROW & encoding.cmap.keys()
                }
    options = subset.Options(
        layout_features=[], desubroutinize=True, hinting=False, name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14]
    )
    options.drop_tables += ["BASE", "vhea", "vmtx", "VORG", "DSIG"]
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=kept)
    cutter.subset(font)
    names = {1: FAMILY, 2: weight, 3: f"{FAMILY} {weight}", 4: f"{FAMILY} {weight}", 6: f"WuhanReportSans-{weight}"}
    for record in font["name"].names:
        record.string = names.get(record.nameID, record.toUnicode())
    font["CFF "].cff.fontNames = [names[6]]
    font["head"].modified = font["head"].created
    font.recalcTimestamp = False
    font.save(out)


def main(argv: list[str]) -> None:
    """``argv`` is the path of the complete collection (TTC) and the weight, Regular or Bold."""
    collection, weight = argv
    font = next(
        face for face in TTCollection(collection).fonts if face["name"].getDebugName(1) in ("Noto Sans CJK SC", FAMILY)
    )
    texts = [Path(__file__).with_name("characters.txt"), ROOT / "README.md"]
    texts += [*ROOT.glob("data/*.csv"), *ROOT.glob("notebooks/*.ipynb")]
    texts += ROOT.glob("wuhan/text/locale/*/LC_MESSAGES/*.po")
    rows = range(0xA1, 0xF8) if weight == "Regular" else range(0xA1, 0xD8)  # bold: level 1, the 3,755 common ones
    build(
        font,
        characters(rows, [text for text in texts if text.exists()]),
        weight,
        Path(__file__).parent / f"WuhanReportSans-{weight}.otf",
    )


if __name__ == "__main__":
    main(sys.argv[1:])
