"""A text as it was saved: bytes in, sentences out, each with the lines and columns that it stands on.

What is read: plain text, Markdown and saved HTML, in UTF-8, UTF-16 with its mark, GB 18030, or the encoding that a page
names. What belongs to the page and not to the text (hotlines, licences, menus, lists of other articles) is furniture,
which is kept and has no sentences.
"""

from __future__ import annotations

import codecs
import re
from calendar import monthrange
from dataclasses import dataclass
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

from wuhan.evidence import reads
from wuhan.evidence.faults import OneLine
from wuhan.evidence.periods import MONTHS
from wuhan.reading.traditional import SIMPLIFIED

LARGEST = 2_000_000  # bytes; a saved page of a newspaper has less
ENDINGS = (".txt", ".md", ".html", ".htm")
# Full-width digits, letters and signs of numbers: each one character, so that columns stay.
NARROW = {wide: wide - 0xFEE0 for wide in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
NARROW |= str.maketrans("％．＋\u3000\u00a0", "%.+  ") | SIMPLIFIED
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset=[\"']?([A-Za-z0-9_-]+)", re.IGNORECASE)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufffd]")
_BLOCKS = {
    "p",
    "div",
    "br",
    "li",
    "tr",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "section",
    "article",
    "table",
    "td",
    "title",
}
_SILENT = {"script", "style", "noscript", "template", "svg", "nav", "footer", "form", "button", "select"}
_END = re.compile(r"(?<=[。！？!?；;])[”’」』\"）)]*(?=.)|(?<=[a-z0-9%)”\"])\.[\"”]?\s+(?=[A-Z“\"])")
_ENDED = re.compile(r"[。！？!?；;….:：][”’」』\"）)]*\s*$")
# A measure at the end of a line, and the number of it that begins the next.
_NAMED = re.compile("(?:[值额入出率量]|余额|收入|投资|价格|总数|人口|[为达到]|实现|完成|增长|下降|突破|超过)$")
_FIGURE = re.compile("[0-9][0-9.,]*\\s*(?:[万亿%％元人户家]|个百分点)[^。；;]{0,80}[，,。；;]")
_FURNITURE = re.compile(
    r"责任编辑|责编|版权所有|未经授权|转载请|举报|热线|ICP|公网安备|许可证|备案号|扫一扫|扫码"
    r"|下载.{0,6}(?:APP|客户端)|浏览次数|次浏览"
    r"|阅读量|登录|注册|郑重声明|最近访问|会员中心|返回主站|友情链接|站内搜索|首页\s*>|当前位置|上一篇|下一篇"
    r"|点击量|分享到|字号"
    r"|^\W*(?:来源|作者|记者|编辑|通讯员|实习生|审核|校对|电话|传真|邮编|地址|网址|邮箱)\s*[:：]"
    r"|https?://|@[\w.]+\.\w+|股票代码一览"
    r"|All rights reserved|Copyright|©|Subscribe|Sign in|Cookie|Editor:|Source:|Privacy|Contact us",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"^\W*(?:相关(?:文章|阅读|新闻|链接|推荐)|热门文章|延伸阅读|推荐阅读|更多新闻|相关附件"
    r"|Related (?:stories|articles|news)|Read more|More news)\W*$"
)
_STAMP = re.compile(r"(20[0-9]{2})\s*[-/.年]\s*(1[0-2]|0?[1-9])\s*[-/.月]\s*(3[01]|[12][0-9]|0?[1-9])\s*日?")
MONTH = f"{'|'.join(MONTHS)}|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"  # as English writes it
_ENGLISH_DAY = re.compile(rf"({MONTH})\.?\s+([0-9]{{1,2}})(?:st|nd|rd|th)?,?\s+(20[0-9]{{2}})")
_DATED = re.compile(r"发布|发表|时间|日期|来源|Published|Updated|Date|[0-9]{1,2}:[0-9]{2}", re.IGNORECASE)
LONG = 600  # signs of a sentence; what is longer is cut at a comma
LEAD, SHORT = 20, 120  # lines among which the day of printing is looked for, and their length


class TextError(OneLine, ValueError):
    """A file that cannot be read as an article: one line that says why."""


@dataclass(frozen=True)
class Sentence:
    """A sentence; ``pieces`` tells for each part of it that stands on one line its offset, line and column."""

    text: str
    pieces: tuple[tuple[int, int, int], ...]
    heading: bool = False
    paragraph: int = 0

    def at(self, offset: int) -> tuple[int, int]:
        """Line and column, from 1 and from 0, of a character."""
        start, line, column = max(piece for piece in self.pieces if piece[0] <= offset)
        return line, column + offset - start


@dataclass(frozen=True)
class Article:
    """A text: all its lines as they are, its sentences, the day that it names as that of its printing, "" for none."""

    name: str
    lines: tuple[str, ...]
    sentences: tuple[Sentence, ...]
    day: str
    furniture: frozenset[int]  # lines without sentences


def month_of(name: str) -> int:
    """Which month of the year English calls so, in full or cut short."""
    return next(number for number, month in enumerate(MONTHS, 1) if month.lower().startswith(name[:3].lower()))


def located(path: str, root: Path) -> Path:
    """The file that ``path`` names, from ``root`` or from the current folder. Raises ``TextError``."""
    found = next((each for each in (root / path, Path(path).expanduser()) if each.exists()), None)
    if not path or found is None:
        raise TextError(f"no file {path or '(no name)'} — write the path of a text, from the folder of the project")
    if not found.is_file() or found.suffix.lower() not in ENDINGS:
        raise TextError(f"{path} is no {', '.join(ENDINGS)} file — save the article as text, Markdown or HTML")
    return found


def article(path: str, root: Path) -> Article:
    """The text at ``path``. Raises ``TextError`` for one that is missing, empty, too large or no text."""
    file = located(path, root)
    resolved, base = file.resolve(), root.resolve()
    reads.note(resolved.relative_to(base).as_posix() if resolved.is_relative_to(base) else resolved.as_posix())
    try:
        size = file.stat().st_size
        raw = file.read_bytes() if size <= LARGEST else b""
    except OSError as error:
        raise TextError(f"{path} cannot be read ({error.strerror}) — name another file") from None
    if size > LARGEST:
        raise TextError(f"{path} has {size:,} bytes — save the article alone, at most {LARGEST:,} bytes")
    text = decoded(raw, file.name)
    if re.search(r"<(?:html|body|!doctype|p|div)\b", text[:5000], re.IGNORECASE):
        text = plain(text)
    return parsed(text, file.name)


def decoded(raw: bytes, name: str) -> str:
    """The characters of a file. Raises ``TextError`` for an empty file, or one that is no text."""
    if not raw.strip():
        raise TextError(f"{name} is empty — save the text of an article in it")
    marks = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
    named = _CHARSET.search(raw[:4000])
    tried = [encoding for mark, encoding in marks if raw.startswith(mark)]
    tried += ["utf-8", *([named[1].decode("ascii").lower()] if named else []), "gb18030"]
    for encoding in tried:
        try:
            text = raw.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        if not _CONTROL.search(text) and re.search(r"\w", text):
            return text
    raise TextError(f"{name} is no text in UTF-8, UTF-16 or GB 18030 — save the article as a text file")


class _Page(HTMLParser):
    """The text of a page, one line a block; scripts, menus and forms are left out."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.silent += tag in _SILENT
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self.silent = max(0, self.silent - (tag in _SILENT))
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.parts.append(" ".join(data.split()) + (" " if data[-1:].isspace() else ""))


def plain(page: str) -> str:
    """The text of a saved page."""
    reader = _Page()
    reader.feed(page)
    reader.close()
    lines = [line.strip() for line in "".join(reader.parts).split("\n")]
    return "\n".join(line for line in lines if line)


def parsed(text: str, name: str = "text") -> Article:
    """The lines of a text, and its sentences; a paragraph that line breaks cut is put together."""
    lines = tuple(text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff").split("\n"))
    furniture = _furniture(lines)
    sentences = [
        sentence
        for number, paragraph in enumerate(_paragraphs(lines, furniture))
        for sentence in _sentences(lines, paragraph, number)
    ]
    return Article(name, lines, tuple(sentences), _day(lines), furniture)


def _furniture(lines: tuple[str, ...]) -> frozenset[int]:
    """Numbers of the lines that belong to the page: by their words, and all below a list of other articles."""
    found, others = set(), False
    for number, line in enumerate(lines, 1):
        others = others or bool(_OTHERS.match(line))
        prose = len(re.findall("[，,。；;]", line)) > 4 and not re.search("免责|声明|许可证|ICP", line)
        if others or (_FURNITURE.search(line) and not prose):
            found.add(number)
    return frozenset(found)


def _paragraphs(lines: tuple[str, ...], furniture: frozenset[int]) -> list[list[int]]:
    """The numbers of the lines of each paragraph: one as a rule, more where a line ends in the middle of a sentence."""
    found: list[list[int]] = []
    for number, line in enumerate(lines, 1):
        if not line.strip() or number in furniture:
            continue
        if found and _goes_on(lines[found[-1][-1] - 1], line):
            found[-1].append(number)
        else:
            found.append([number])
    return found


def _goes_on(line: str, after: str) -> bool:
    """Whether a line is cut in the middle of a sentence that the next line ends."""
    line, after = line.rstrip(), after.lstrip()
    if _ENDED.search(line) or re.match(r"[#*>•●·—\-【(（0-9]*[一二三四五六七八九十]、|[#*>•●·【]|——|- ", after):
        return False
    if re.search(r"[,，、]$", line):
        return len(line) > 8
    if _NAMED.search(line) and _FIGURE.match(after):
        return True
    if re.search("[\u4e00-\u9fff]$", line):
        inside = re.search("[。；]", line) or line.count("“") > line.count("”") or line.startswith("——")
        return bool(inside) or (len(line) >= 40 and bool(re.search("[，,]", line)))
    return bool(re.search(r"[a-z,]$", line)) and bool(re.match("[a-z]", after))


def _sentences(lines: tuple[str, ...], numbers: list[int], paragraph: int) -> list[Sentence]:
    text = ""
    pieces: list[tuple[int, int, int]] = []
    for number in numbers:
        line = lines[number - 1]
        start = len(line) - len(line.lstrip())
        gap = " " if text and re.search(r"[a-z,]$", text) else ""
        pieces.append((len(text) + len(gap), number, start))
        text += gap + line.strip()
    text = text.translate(NARROW)
    heading = len(numbers) == 1 and not re.search("[。.！!？?]", text) and len(text) < 60
    cuts = [0]
    for end in (*(match.end() for match in _END.finditer(text)), len(text)):
        while end - cuts[-1] > LONG:  # a table that was saved as text
            commas = [match.end() for match in re.finditer("[，,、 ]", text[cuts[-1] : cuts[-1] + LONG])]
            cuts.append(cuts[-1] + (commas[-1] if commas else LONG))
        cuts.append(end)
    found = []
    for first, last in pairwise(cuts):
        own = [(at - first, on, column) for at, on, column in pieces if first <= at < last]
        if not own or own[0][0] > 0:
            at, on, column = max(piece for piece in pieces if piece[0] <= first)
            own.insert(0, (0, on, column + first - at))
        if text[first:last].strip():
            found.append(Sentence(text[first:last], tuple(own), heading, paragraph))
    return found


def _day(lines: tuple[str, ...]) -> str:
    """The day on which a text says that it was printed: in its head, or at its end; "" where it does not."""
    shown = [line for line in lines if line.strip()]
    for line in (*shown[:LEAD], *shown[-3:]):
        stamp, english = _STAMP.search(line), _ENGLISH_DAY.search(line)
        if not (stamp or english) or len(line) > SHORT or not (_DATED.search(line) or len(line.strip()) < 40):
            continue
        if stamp:
            year, month, day = (int(part) for part in stamp.groups())
        elif english:
            month, day, year = month_of(english[1]), int(english[2]), int(english[3])
        if day <= monthrange(year, month)[1]:
            return f"{year}-{month:02d}-{day:02d}"
    return ""
