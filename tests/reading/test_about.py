"""What a number is about is sure only where the sentence says it plainly."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wuhan.reading import about, candidates, decode, strangers, terms, times

NAMES = terms.vocabulary()
HEAD = "武汉经济\n发布时间：2025-04-10\n武汉，武汉。\n"


def read(text, head=HEAD):
    article = decode.parsed(head + text)
    return about.read(article, NAMES, times.printing(article))


def only(text, head=HEAD):
    (one,) = read(text, head)
    return one


def measured(text):
    return [(one.measure.code, one.measure.sure) for one in read(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024年，武汉地区生产总值21106亿元，同比增长5.2%。", ["gdp_nominal", "gdp_real_growth"]),
        ("2024年，武汉GDP达2.1万亿元，位居全国第9。", ["gdp_nominal", "gdp_rank"]),
        ("全市拥有650家人工智能企业、89所高校。", ["ai_firms", "universities"]),
        ("在校大学生135万，两院院士81位。", ["university_students", "academicians"]),
        ("出口、进口分别增长14.7%、9.8%。", ["exports_growth", "imports_growth"]),
        ("第二产业实现增加值65亿元，同比增长4%。", ["va_secondary", "va_secondary_growth"]),
        ("第一、第二产业分别增长1%、2%。", ["va_primary_growth", "va_secondary_growth"]),
        ("新能源汽车、工业机器人产量分别增长30%和7%。", ["nev_output_growth", "industrial_robot_output_growth"]),
        ("In 2024, exports and imports grew 4.7% and 9.8%, respectively.", ["exports_growth", "imports_growth"]),
        ("全市新增国家级“小巨人”企业12家。", ["national_little_giants_new"]),
        ("数字经济核心产业增加值6亿元，占GDP的2%。", ["digital_economy_core_va", "digital_economy_core_va_share"]),
        ('Wuhan has 286 national-level "little giant" companies.', ["national_little_giants"]),
        ("截至5月，已有300家世界500强落户武汉。", ["fortune500_investors"]),
        ("2024年，武汉常住人口将控制在1400万左右。", ["pop_resident"]),
        ("在经济总量上，武汉稳居全国第九位。", ["gdp_rank"]),
        ("武汉全市市场主体150万户，而同属中部地区的郑州则达到190万户。", ["market_entities", "market_entities"]),
        ("全年进出口4000亿元，与去年同期相比增幅达到11%。", ["trade_total", "trade_growth"]),
        ("阳江规上工业增加值增长6%。", ["industrial_va_growth"]),
        ("2024年武汉GDP达2.1万亿元，长沙紧随其后，达1.5万亿元。", ["gdp_nominal", "gdp_nominal"]),
        ("武汉GDP增速为5.2%，而长沙为5%。", ["gdp_real_growth", "gdp_real_growth"]),
        ("武汉GDP增速为5.2%，研发投入强度达到3.8%。", ["gdp_real_growth", "rd_intensity"]),
        ("武汉、长沙、郑州三市GDP分别增长5.2%、5%、5.7%。", ["gdp_real_growth"] * 3),
        ("从GDP增速来看，西安（4.6%）、郑州（5.7%）领先。", ["gdp_real_growth", "gdp_real_growth"]),
        ("Wuhan's GDP hit 2 trillion yuan, while Changsha's was 1.5 trillion yuan.", ["gdp_nominal", "gdp_nominal"]),
        ("Wuhan targets industrial output growth of 7 percent.", ["industrial_va_growth"]),
        ("The output of industries above a designated size rose 7 percent.", ["above_scale_industrial_output_growth"]),
        ("In 2024 Wuhan's GDP grew 5.2 percent to 2.11 trillion yuan.", ["gdp_real_growth", "gdp_nominal"]),
        ("全市进出口总额(海关口径)为4000亿元，同比增长5%。", ["trade_total", "trade_growth"]),
        ("武汉每万人拥有5G基站40个。", ["base_stations_5g_per_10k"]),
        ("武汉规上工业企业达3700家，净增280家。",
         ["above_scale_industrial_firms", "above_scale_industrial_firms_net_new"]),
        ("三次产业增加值分别增长2%、3%、6%。", ["va_primary_growth", "va_secondary_growth", "va_tertiary_growth"]),
        ("The added value of the primary, secondary and tertiary industries rose 2%, 3% and 6%, respectively.",
         ["va_primary_growth", "va_secondary_growth", "va_tertiary_growth"]),
        ("高技术制造业增加值增长20%，对规上工业增长贡献率达90%。",
         ["high_tech_manufacturing_va_growth", "high_tech_manufacturing_contribution_share"]),
        ("武汉GDP增速目标定为6%。", ["gdp_real_growth"]),
        ("Wuhan has set its GDP growth target at around 6 percent.", ["gdp_real_growth"]),
        ("Retail sales rose 6 percent, fixed-asset investment 2 percent.",
         ["retail_growth", "fixed_asset_investment_growth"]),
        ("Value-added of industrial firms above the designated size rose 5 percent.", ["industrial_va_growth"]),
        ("Increase GDP by 7.5%, investment in fixed assets by 11%.",
         ["gdp_real_growth", "fixed_asset_investment_growth"]),
        ("Imports fell 3 percent to 160 billion yuan, a share of which grew.", ["imports_growth", "imports"]),
    ],
)  # fmt: skip
def test_a_plain_statement_is_sure(text, expected):
    assert measured(text) == [(code, "sure") for code in expected]


@pytest.mark.parametrize(
    "text",
    [
        "民营企业进出口增长20%。",
        "一般贸易进出口增长15.7%。",
        "全市新增高新技术企业500家。",
        "每平方公里拥有5G基站34个。",
        "数字经济核心产业增加值占GDP的26.7%，同比增长16.7%。",
        "10亿元以上签约项目30个。",
        "惠及市场主体120万户。",
        "新登记经营主体日均860户。",
        "武汉GDP超过长沙5000亿元。",
        "长三角经济总量排名第三。",
        "The city saw 1,000 new businesses.",
        "该公司进出口增长20%。",
        "规上工业企业3495家，其中250家亏损。",
        "高校周边的商铺、仓库共95家。",
        "高技术制造业增加值占全国比重1%。",
        "城市居民消费价格上涨0.5%，农村上涨0.2%。",
        "武汉地区生产总值比上年增加1094亿元。",
        "武汉地区生产总值比2019年增长20%。",
        "武汉地区生产总值两年平均增长5%。",
        "武汉地区生产总值居副省级城市第4。",
        "民营企业进出口2000亿元。其中，出口1500亿元。",
        "2021到2024年新增留汉大学生共120万人。",
        "4年新增留汉大学生120万人。",
        "出口增速居万亿城市第一。",
        "城镇消费品零售额增长7%。",
        "占全市比重从2016年的11%增长至12%。",
        "高新技术产业、战略性新兴产业产值占规上工业总产值比重分别达到56%和49%。",
        "505家企业平均研发投入强度为25%。",
        "其中，100亿元以上项目2个。",
        "固定资产投资增长5%。分产业看，第一产业增长9%。",
        "Private firms' exports rose 20 percent.",
        "Online retail sales rose 8 percent.",
        "The city has 1,300 little giants, 592 listed companies.",
        "The proportion of its GDP rose to 5 percent.",
        "高质量数据集规模达5400TB。",
        "全年城镇新增就业29万人，比上年多增0.5万人。",
        "Wuhan's GDP grew by 109 billion yuan in 2024.",
        "Wuhan's GDP grew 8 percent annually on average.",
        "武汉高新技术产业投资增长21.7%。",
        "武汉全部工业增加值3800亿元，比上年增长5.3%。",
        "武汉全部工业增加值增长5.3%。",
        "武汉限额以上单位消费品零售额增长6.6%。",
        "Investment in the tertiary industry rose 17 percent.",
        "Wuhan's GDP was 210 billion yuan ($30 billion).",
        "Tea exports reached 2 billion yuan.",
        "武汉限额以上消费品零售额180亿元，增长6.6%。",
        "武汉高技术制造业增加值增长11.5%，快于规上工业4.3个百分点。",
        "Wuhan's GDP reached 900 billion yuan, ranking second in the province.",
    ],
)
def test_what_may_be_narrower_is_not_sure(text):
    assert [one for one in read(text) if one.measure.sure == "sure" and one.number.qualifier == "of_which"] == []
    assert read(text)[-1].measure.sure != "sure"


def test_names_in_a_row_share_their_end_and_their_numbers():
    assert measured("高技术制造业、基础设施投资分别增长8%、5%。") == [
        ("high_tech_manufacturing_investment_growth", "sure"),
        ("infrastructure_investment_growth", "sure"),
    ]
    text = "GDP, retail sales and imports are expected to achieve growth rates of 7 percent, 6 percent and 8 percent"
    assert measured(f"{text}, respectively.") == [
        ("gdp_real_growth", "sure"),
        ("retail_growth", "sure"),
        ("imports_growth", "sure"),
    ]


def test_places_are_named_inherited_and_refused():
    assert only("2024年，武汉经开区规上工业增加值增长7%。").place.code == "wuhan_wedz"
    assert only("2024年，全市固定资产投资增长3%。").place == about.Said("wuhan", "sure", "deictic")
    assert only("根据全省统一核算，2024年全市地区生产总值增长6%。").place.code == "wuhan"
    assert not only("2024年，光明区地区生产总值增长6%。").place.known
    found = read("2024年，光明区经济回升。地区生产总值增长6%。")
    assert not found[-1].place.known
    assert only("我国2024年GDP增长5.0%。").place.code == "china"
    assert not only("在全国放缓的背景下2024年固定资产投资增长3%。").place.known
    assert not only("2024年，某城经开区规上工业增加值增长7%。").place.known
    assert not only("2024年，阳江规上工业增加值增长7%。").place.known
    assert only("2024年，长沙固定资产投资增长3%。").place.code == "changsha"
    assert read("2024年，长沙成为全国第九个GDP破2万亿元的城市。")[-1].place.code == "changsha"


@pytest.mark.parametrize(
    ("text", "period", "sure"),
    [
        ("2023年，武汉地区生产总值增长5.7%。", "2023", True),
        ("去年，武汉地区生产总值增长5.2%。", "2024", True),
        ("今年一季度，武汉地区生产总值增长5.4%。", "2025-01/2025-03", True),
        ("2024年前三季度，武汉进出口增长16.8%。", "2024-01/2024-09", True),
        ("2023年武汉企稳。一季度，武汉地区生产总值增长5%。", "2023-01/2023-03", False),
        ("截至2024年底，武汉常住人口1380万人。", "2024-12", True),
        ("武汉地区生产总值增长5%。", "", False),
        ("In the first three quarters of 2024, Wuhan's exports grew 3 percent.", "2024-01/2024-09", True),
        ("From January to November 2024, Wuhan's exports grew 3 percent.", "2024-01/2024-11", True),
    ],
)
def test_times_are_told_from_the_day_of_printing(text, period, sure):
    said = read(text)[-1].period
    assert (said.code, said.known) == (period, sure)


def test_a_page_much_younger_than_its_text_leaves_times_in_doubt():
    head = "武汉经济\n发布时间：2025-04-10\n2017年，武汉武汉。\n"
    assert not only("去年，武汉固定资产投资增长5%。", head).period.known


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("2024年，武汉地区生产总值增长5.2%。", "actual"),
        ("力争到2027年，武汉人工智能企业超过1500家。", "target"),
        ("武汉将新建12座场馆。", "plan"),
        ("单个项目最高给予2000万元补助。", "cap"),
        ("全年产值预计13亿元。", "forecast"),
        ("武汉是全国三大中心之一。", "context"),
        ("武汉GDP能破3万亿元吗？", "context"),
        ("年度计划投资235亿元，1月完成投资111亿元，占年度计划投资的47%。", "actual"),
        ("推动测试道路里程达4000公里。", "target"),
        ("到2024年末，力争产值100亿元，聚集企业50家。", "target"),
        ("2024年制定了三年计划，完成投资30亿元。", "actual"),
        ("推进建设50多个项目。", "plan"),
        ("By the end of 2024, the city had 30 universities.", "actual"),
        ("The city plans to have 30 universities by 2030.", "target"),
        ("进出口连续3年增长，历时5年。", "actual"),
        ("此事已是20年前。", "context"),
        ("项目总投资120亿元。", "plan"),
        ("总投资105亿元的项目已于去年竣工投产。", "actual"),
        ("全年计划完成投资500亿元，同比增长6.3%。", "plan"),
        ("固定资产投资计划增长5%。", "target"),
        ("报告提出，规上工业增加值增长5%。", "target"),
        ("今年达到1.8万亿元，还是很有希望的。", "forecast"),
        ("一次性给予500万元奖励。", "cap"),
        ("完成年度投资计划的70.9%。", "actual"),
        ("增速比一季度加快0.8个百分点。", "actual"),
        ("此前计划投资500亿元；实际完成投资596亿元。", "actual"),
        ("力争投资增长12%以上。同时，新增上市公司30家。", "target"),
        ("GDP growth of about 5 percent is targeted for this year.", "target"),
        ("With a total investment of 12 billion yuan.", "plan"),
        ("达到年度目标任务的101%。", "actual"),
        ("对首次认定的企业，一次性奖励10万元。", "cap"),
        ("武汉提前完成全年新增就业25万人的目标。", "actual"),
        ("规上工业增加值增速超过年初预期目标1个百分点。", "actual"),
        ("预期目标是：地区生产总值增长6%；投资增长5%，出口增长4%。", "target"),
        ("今年，武汉GDP预期增长6%。", "target"),
        ("武汉力争产业规模超过2000亿元，累计交易额达到30亿元。", "target"),
        ("规上工业总产值迈上5万亿元台阶被设为今年的预期目标之一。", "target"),
        ("力争投资增长12%以上。新能源汽车产量同比增长30%。", "actual"),
        ("签约项目30个，总投资500亿元。", "actual"),
        ("项目总投资500亿元，同比增长6%。", "actual"),
        ("The city signed 30 projects with a total investment of 50 billion yuan.", "actual"),
        ("Its objective is an output of 50 billion yuan.", "target"),
        ("力争新增高校20所，累计引进院士30名。", "target"),
        ("单个项目最高补助500万元。研发投入强度为3%。", "actual"),
    ],
)
def test_kinds(text, kind):
    assert read(text)[-1].kind.code == kind


def test_a_report_tells_first_what_was_done_then_what_is_to_come():
    found = read(
        "政府工作报告\n一、2024年工作回顾\n着力稳增长，新建学校30所，推进项目80个。\n"
        "二、2025年工作安排\n今年主要预期目标是：生产总值增长6%。\n"
        "新建学校20所。新增高新技术企业500家，研发投入强度达到3.5%。\n2024年，全市新增企业9万家。目前，全市有企业90万家。"
    )
    assert [one.kind.code for one in found] == [
        *("actual", "actual"),
        *("target", "plan", "target", "target"),
        *("actual", "actual"),
    ]


def test_an_article_that_looks_back_once_is_no_report():
    assert read("过去一年，形势严峻。\n围绕建设推进6个项目。")[-1].kind.code == "plan"


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("新增留杭就业大学生30万人。", ["graduates_staying"]),
        ("吸引12万名大学毕业生来蓉留蓉就业创业。", ["graduates_staying"]),
        ("实际吸收外资2亿美元。", ["foreign_investment_used"]),
        ("The city signed 30 projects.", ["projects_signed"]),
        ("30 projects were signed.", ["projects_signed"]),
        ("The total volume of exports and imports rose 6 percent.", ["trade_growth"]),
        ("The regional GDP per capita was 90,000 yuan.", ["gdp_per_capita"]),
        ("With an increase of 6 percent, retail sales hit 90 billion yuan.", ["retail_growth", "retail_sales"]),
        ("It had 5 billion yuan in exports and 3 billion yuan in imports, up 6% and 5% year on year respectively.",
         ["exports", "imports", "exports_growth", "imports_growth"]),
        ("The number of high-tech enterprises reached an impressive 3,000.", ["high_tech_enterprises"]),
        ("按可比价计算，生产总值增长6%。", ["gdp_real_growth"]),
        ("The city achieved 16 billion yuan ($2 billion) in foreign trade.", ["trade_total", ""]),
        ("全市新增个体户1万户.市场主体总量达9万户。", ["", "market_entities"]),
        # What is told of something else has no measure.
        ("市区常住人口800万人。", [""]),
        ("投资、消费均增长5%。", [""]),
        ("Exports and imports rose 6 percent.", [""]),
        ("GDP per capita is 90,000 yuan. The city aims to attract 20 billion yuan of capital.", ["gdp_per_capita", ""]),
        ("Growth of 6 percent in trade cargo.", [""]),
        ("有进出口实绩的经营主体2万家。", [""]),
        ("The city added 20 laboratories, as well as 30 high-tech enterprises.", ["", ""]),
    ],
)  # fmt: skip
def test_measures_that_have_a_name_of_their_own_kind(text, codes):
    assert [one.measure.code for one in read(text)] == codes


@pytest.mark.parametrize(
    ("text", "qualifiers"),
    [
        ("全市有企业30家，其中10家上市。", ["exact", "of_which"]),
        ("出口100亿元。其中，机电产品60亿元；农产品20亿元。", ["exact", "of_which", "of_which"]),
        ("两市都超过8000亿元。其中武汉达到8646亿元。", ["over", "exact"]),  # more than the whole
        ("全市40个行业中，31个行业增长，25个行业提速。", ["exact", "of_which", "of_which"]),
        ("30个项目中有6个总投资超过10亿元。", ["exact", "of_which", "over"]),
        ("全国40个城市中，武汉有8个开发区。", ["exact", "exact"]),
        ("企业30家，其中10家上市；高校20所。", ["exact", "of_which", "exact"]),
        ("Wuhan has 1,000 firms, 280 of which are listed.", ["exact", "of_which"]),
        ("Wuhan has 13 million residents, including 11 million urban residents.", ["exact", "of_which"]),
        ("全市有平台150个，包括实验室30个。", ["exact", "of_which"]),
        ("开工项目80个，总投资900亿元，占比超五成。", ["of_which", "of_which", "over"]),
        ("进出口8000亿元，民营企业进出口4800亿元，占60%。", ["exact", "of_which", "exact"]),
        ("进出口8000亿元，增加值4800亿元，占全省的30%。", ["exact", "exact", "exact"]),  # of another whole
        (
            "Trade hit 80 billion yuan; private firms accounted for 40 billion yuan, or 50 percent.",
            ["exact", "of_which", "exact"],
        ),
        ("全市投资900亿元。投资中，工业投资300亿元。", ["exact", "of_which"]),
        ("GDP rose to 90 billion yuan. Of it, services made 50 billion yuan.", ["exact", "of_which"]),
        (
            "Revenue was 90 billion yuan, of which taxes made 50 billion yuan, while costs were 60 billion yuan.",
            ["exact", "of_which", "exact"],
        ),
        ("Growth of 6 percent over the 600 billion yuan of 2024.", ["exact", "exact"]),
    ],
)
def test_a_part_is_told_of_a_whole_that_is_no_smaller(text, qualifiers):
    assert [one.number.qualifier for one in read(text)] == qualifiers


def test_a_sentence_that_names_places_alone_goes_on_with_its_measure():
    found = read("2024年，武汉GDP为21106亿元。长沙以15268亿元位居其后。")
    assert [(one.measure.code, one.measure.sure) for one in found] == [
        ("gdp_nominal", "sure"),
        ("gdp_nominal", "likely"),
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("去年，武汉已是两万亿城市。", "gdp_nominal"),
        ("2024年武汉GDP为2.1万亿元。武汉、长沙已经跨过1.5万亿元的门槛。", "gdp_nominal"),
        ("2024年武汉GDP为2.1万亿元。某集团营收突破1.5万亿元。", ""),
        ("武汉跨过1.5万亿元的门槛。", ""),
        ("今年6%的经济增长目标不变。", "gdp_real_growth"),
        ("亮点是近30%的进出口增长。", "trade_growth"),
        ("在去年9000亿元的GDP基础上前进。", "gdp_nominal"),
        ("占全省30%的企业增长。", ""),
        ("武汉人工智能企业超过900家，核心产业规模600亿元。", "ai_core_industry_scale"),
        ("武汉人工智能企业超过900家，核心产业规模600亿元，同比增长20%。", "ai_core_industry_growth"),
        ("武汉某类企业超过900家，核心产业规模600亿元，同比增长20%。", ""),
    ],
)
def test_a_measure_that_is_told_otherwise_is_likely(text, code):
    last = read(text)[-1].measure
    assert (last.code, last.sure) == (code, "likely" if code else "unsure")


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("规上工业增加值增长6.6%。其中，化学原料、汽车制造、通用设备、计算机通信等行业分别增长2.1%、14.8%、3.0%和9.4%。",
         ["industrial_va_growth", "chemicals_va_growth", "automobile_manufacturing_va_growth", "",
          "electronics_va_growth"]),
        ("如汽车制造、电气机械等行业增加值分别增长4%和5%。",
         ["automobile_manufacturing_va_growth", "electrical_machinery_va_growth"]),
        ("汽车制造、电气机械等行业投资分别增长4%和5%。", ["", ""]),
        ("固定资产投资增长3%。其中，汽车制造业、电气机械行业分别增长4%和5%。",
         ["fixed_asset_investment_growth", "", ""]),
        ("Auto manufacturing, paper making and other industries grew by 3% and 4%, respectively.",
         ["automobile_manufacturing_va_growth", ""]),
        ("Investment in auto manufacturing, paper making and car manufacturing grew 3%, 4% and 5%, respectively.",
         ["", "", ""]),
    ],
)  # fmt: skip
def test_branches_in_a_row_may_have_short_names(text, codes):
    assert [one.measure.code for one in read(text)] == codes


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("武汉工业增加值增长7%左右，规下工业增加值增长8.5%。", ["", ""]),
        ("武汉工业增加值490亿元，增长5%；规上工业增加值增长6%。", ["", "", "industrial_va_growth"]),
        ("武汉工业增加值增长7%。", ["industrial_va_growth"]),
        ("Wuhan's actually utilized foreign investment was 8.8 billion yuan ($1.2 billion).",
         ["", "foreign_investment_used"]),
        ("Export reached 70 billion yuan, falling by 2.4 percent; import rose 3 percent.",
         ["exports", "exports_growth", "imports_growth"]),
        ("Wuhan's GDP growth rate (6.1%) was high.", ["gdp_real_growth"]),
        ("Wuhan's GDP was 127 billion yuan, calculated based on constant prices, an increase of 6.1%.",
         ["gdp_nominal", "gdp_real_growth"]),
        ("Balance of deposits in domestic and foreign currencies stood at 2.4 trillion yuan.", ["deposits_total"]),
    ],
)  # fmt: skip
def test_a_measure_is_that_of_its_whole_and_of_its_money(text, codes):
    assert [one.measure.code for one in read(text)] == codes


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("2024年，武汉工业、投资、消费分别增长6%、4%、5%。",
         ["industrial_va_growth", "fixed_asset_investment_growth", "retail_growth"]),
        ("武汉投资增长3%，消费增长5%。", ["fixed_asset_investment_growth", "retail_growth"]),
        ("工业园区投资增长10%，消费者增长3%。", ["", ""]),
        ("The economy grew 5 percent.", ["gdp_real_growth"]),
        ("Wuhan aims for growth of 7.8 percent.", ["gdp_real_growth"]),
        ("Wuhan, with a population of 13 million, is large.", ["pop_resident"]),
        ("预计新增就业2000人。", [""]),
    ],
)  # fmt: skip
def test_a_broad_name_makes_a_reading_likely_at_most(text, codes):
    assert [(one.measure.code, one.measure.sure) for one in read(text)] == [
        (code, "likely" if code else "unsure") for code in codes
    ]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("武汉发放20张测试牌照。", ["autonomous_licences_issued"]),
        ("全市开放测试道路里程3000公里，覆盖武汉12个行政区。", ["test_road_length", "test_road_districts"]),
        ("武汉打造5个以上、力争10个以上百亿级未来产业集群。", ["future_industry_clusters"] * 2),
        ("6家湖北实验室高效运行。", ["hubei_laboratories"]),
        ("在建亿元以上项目2000个，总投资3万亿元。",
         ["projects_ge_100m_in_progress", "projects_ge_100m_in_progress_investment"]),
        ("Wuhan targets 6 percent GDP growth.", ["gdp_real_growth"]),
        ("Wuhan ranked ninth among all cities by GDP.", ["gdp_rank"]),
    ],
)  # fmt: skip
def test_a_count_has_its_measure_behind_or_before(text, codes):
    found = [one for one in read(text) if one.kind.code != "context"]
    assert [one.measure.code for one in found] == codes


def test_a_row_of_places_goes_on_with_the_measure_before():
    found = read("2024年，武汉固定资产投资增长7%。武汉、长沙、某某市分别增长7%、8%、6%。")[1:]
    assert [(one.measure.code, one.measure.sure, one.place.code) for one in found] == [
        ("fixed_asset_investment_growth", "likely", place) for place in ("wuhan", "changsha", "")
    ]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("武汉进出口首次突破500亿。", 500, "100m_cny"),
        ("某产业今年达到600亿，居前列。", 600, "100m_cny"),
        ("全网播放量达25亿。", 25e8, "count"),
        ("24个项目签约超45亿。", 45, "100m_cny"),
        ("Investment was nearly one trillion yuan.", 10000, "100m_cny"),
    ],
)
def test_a_bare_figure_is_money_where_nothing_is_counted(text, value, unit):
    number = read(text)[-1].number
    assert (number.quantity.value, number.unit) == (value, unit)


def test_a_row_tells_the_growth_of_the_levels_before():
    found = read("武汉出口2000亿元、进口1500亿元，分别增长5%、3%。")[2:]
    assert [(one.measure.code, one.measure.sure) for one in found] == [
        ("exports_growth", "likely"),
        ("imports_growth", "likely"),
    ]


def test_where_a_city_lies_is_not_what_is_spoken_of():
    one = only("In 2024, Changsha in Central China's Hunan province saw its GDP grow 5 percent.")
    assert (one.measure.code, one.measure.sure, one.place.code) == ("gdp_real_growth", "sure", "changsha")


def test_a_total_is_of_what_was_counted_before():
    found = read("There were 1,600 new high-tech enterprises, bringing the total number to 24,000.")
    assert [one.measure.code for one in found] == ["", "high_tech_enterprises"]


def test_places_in_a_row_have_a_number_each():
    found = read("2024年，武汉、长沙GDP分别增长5.2%、5%。")
    assert [(one.measure.code, one.place.code, one.place.sure) for one in found] == [
        ("gdp_real_growth", "wuhan", "sure"),
        ("gdp_real_growth", "changsha", "sure"),
    ]


def test_a_place_behind_the_measure_has_the_number():
    found = read("2024年，武汉GDP2.11万亿元，长沙1.53万亿元。")
    assert [(one.place.code, one.place.sure) for one in found] == [("wuhan", "sure"), ("changsha", "likely")]
    assert only("In 2024 the resident population of Wuhan was 13.8 million.").place.known


@pytest.mark.parametrize(
    "text", ["2024年13月45日，出口5亿元。", "2024年前一二二月，出口5亿元。", "2024-02-31，出口5亿元。"]
)
def test_what_is_no_time_dates_nothing(text):
    assert not read(text)[-1].period.code.startswith("2024")


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("2024年，武汉出口从1500亿元增至1700亿元。", ["", "2024"]),
        ("武汉高企从2020年的6000家增至15000家。", ["2020", ""]),
    ],
)
def test_what_something_has_grown_from_is_of_another_time(text, periods):
    assert [one.period.code for one in read(text)] == periods


def test_months_are_no_day():
    assert only("2024年1-11月，武汉固定资产投资下降0.6%。").period == about.Said("2024-01/2024-11", "sure", "named")


PIECES = st.sampled_from(
    [
        *"，。；、（）.%-第三前居占超近约个位名级0 7",
        "人均",
        "突破",
        "千",
        "万亿",
        "亿元",
        "以上",
        "其中",
        "分别",
        "增长",
        "下降",
        "至",
    ]
    + [
        "2024年",
        "5月",
        "武汉",
        "出口",
        "GDP",
        "位数",
        "台阶",
        "总投资",
        "吗？",
        "1.8:1",
        "5%",
        "US$",
        "¥",
        "RMB",
        "GWh",
    ]
    + [" billion", " yuan", " per capita ", "between ", " and ", " respectively", "top "]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, min_size=2, max_size=30))
def test_whatever_a_text_says_is_read(pieces):
    article = decode.parsed(HEAD + "".join(pieces))
    day = times.printing(article)
    found = about.read(article, NAMES, day)
    assert all(row["unit"] for row in candidates.rows(found, NAMES, day, "press_099"))


@pytest.mark.parametrize("text", ["2024年，武汉中心城区GDP", "2024年，广东营业收入", "2024年，均衡水平", "宁德时代"])
def test_a_city_is_not_read_across_words(text):
    assert not list(strangers.cities(text, NAMES))
