"""Words that mean the same to who searches, in both languages: a search for one finds the others as well."""

from __future__ import annotations

SYNONYMS: tuple[tuple[str, ...], ...] = (
    ("per head", "per capita", "per person", "人均"),
    ("gdp", "gross domestic product", "gross regional product", "地区生产总值", "国内生产总值", "生产总值"),
    ("growth", "growth rate", "增速", "增长"),
    ("population", "residents", "inhabitants", "人口"),
    ("ai", "artificial intelligence", "人工智能"),
    ("wage", "salary", "pay", "earnings", "工资"),
    ("retail sales", "consumption", "consumer spending", "社会消费品零售总额", "消费"),
    ("investment", "capital spending", "投资"),
    ("foreign investment", "fdi", "外资"),
    ("trade", "exports", "imports", "进出口", "外贸"),
    ("industry", "manufacturing", "工业", "制造业"),
    ("services", "tertiary sector", "service sector", "第三产业", "服务业"),
    ("secondary sector", "industry and construction", "第二产业"),
    ("primary sector", "agriculture", "farming", "第一产业", "农业"),
    ("budget", "fiscal", "government revenue", "财政"),
    ("deposits", "savings", "存款"),
    ("loans", "credit", "贷款"),
    ("higher education", "universities", "colleges", "高校", "高等学校"),
    ("real estate", "real-estate", "housing", "property", "房地产"),
    ("autonomous", "driverless", "self-driving", "robotaxi", "自动驾驶", "无人驾驶"),
    ("computing power", "compute", "computing capacity", "算力"),
    ("epidemic", "pandemic", "covid", "疫情"),
    ("target", "goal", "目标"),
    ("firms", "companies", "enterprises", "企业"),
    ("startup", "start-up", "unicorn", "独角兽"),
    ("press", "media", "newspaper", "媒体", "报道"),
)
