"""A file becomes sentences with their lines, whatever its encoding; what is no article is refused in one line."""

import codecs

import pytest

from wuhan.reading import decode
from wuhan.reading.decode import TextError, article, decoded, parsed

SENTENCE = "2024年，甲市有高校12所。"


def saved(tmp_path, raw: bytes, name: str = "a.txt"):
    (tmp_path / name).write_bytes(raw)
    return article(name, tmp_path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_the_encoding_is_found(tmp_path, encoding):
    assert saved(tmp_path, SENTENCE.encode(encoding)).sentences[0].text == SENTENCE


def test_a_page_names_its_encoding_and_keeps_its_text_alone(tmp_path):
    page = (
        '<html><head><meta charset="big5"><style>p { width: 12px }</style></head><body><nav>12 items</nav>'
        "<p>Wuhan has 89 universities.</p><script>var n = 7;</script></body></html>"
    )
    read = saved(tmp_path, page.encode("big5"), "a.html")
    assert [sentence.text for sentence in read.sentences] == ["Wuhan has 89 universities."]


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "is empty"),
        (b" \n\t", "is empty"),
        (bytes(range(256)) * 4, "is no text"),
        (codecs.BOM_UTF16_LE + b"\x00\x01\x02", "is no text"),
        (b"a" * (decode.LARGEST + 1), "bytes"),
    ],
)
def test_what_is_no_text_is_refused_in_one_line(tmp_path, raw, said):
    with pytest.raises(TextError) as refused:
        saved(tmp_path, raw)
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("name", ["missing.txt", "", "."])
def test_a_path_without_a_text_is_refused(tmp_path, name):
    with pytest.raises(TextError, match="write|save"):
        article(name, tmp_path)


def test_a_picture_is_no_text():
    with pytest.raises(TextError):
        decoded(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00", "a.txt")


def test_a_sentence_that_line_breaks_cut_is_put_together_and_keeps_its_lines():
    read = parsed("全市拥有研究机构很多。去年，人工智\n\n能企业达到30家。")
    sentence = read.sentences[-1]
    assert sentence.text == "去年，人工智能企业达到30家。"
    assert sentence.at(sentence.text.index("30")) == (3, 5)


def test_what_goes_on_and_on_is_cut_at_a_comma():
    sentences = parsed("12家，" * 900).sentences
    assert all(len(each.text) <= decode.LONG and each.text.endswith("，") for each in sentences)
    assert "".join(each.text for each in sentences) == "12家，" * 900
    assert [len(each.text) for each in parsed("字" * 1500).sentences] == [600, 600, 300]


def test_furniture_has_no_sentences():
    lines = ["标题一", "正文有3家企业。", "24小时热线 027-12345678", "相关文章", "别处有500家企业。"]
    read = parsed("\n".join(lines))
    assert read.furniture == {3, 4, 5}
    assert [sentence.text for sentence in read.sentences] == ["标题一", "正文有3家企业。"]


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ("发布时间：2024-03-05 10:20", "2024-03-05"),
        ("2024年3月5日 来源：某报", "2024-03-05"),
        ("Published: March 5, 2024", "2024-03-05"),
        ("三月的一天", ""),
    ],
)
def test_the_day_of_printing_is_read_from_the_head(head, day):
    assert parsed(f"标题\n{head}\n正文。").day == day
