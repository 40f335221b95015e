"""What verdicts, checks and targets say: every one of the real ledger has a sentence, and it says what was computed."""

import pytest

from wuhan.evidence import claims, identities, package, progress, targets, witnesses
from wuhan.evidence.claims import Verdict
from wuhan.text import codes, prose, verdicts


@pytest.fixture(scope="module")
def known():
    return witnesses.evidence()


@pytest.fixture(scope="module")
def held(known):
    return claims.verdicts(claims.claims(), known)


@pytest.fixture(scope="module")
def told(held):
    return {one.claim.claim: str(verdicts.verdict(one)) for one in held}


def test_every_code_has_words():
    codes = [*claims.VERDICTS, *claims.WITNESSES, *identities.CHECKS, *targets.STANDINGS]
    codes += [code for code in targets.REASONS if code]
    assert all(verdicts.word(code) for code in codes)


def test_every_claim_has_a_sentence_and_a_place(held, told):
    assert len(told) == len(held) == 316
    assert all(text.endswith(".") and "Not known" not in text for text in told.values())
    assert verdicts.place_of(held[5].claim) == f"Yicai, 26 June 2025, line {held[5].claim.line}"


def test_a_number_of_a_firm_names_the_firm(told):
    assert told["p001_zhixin_volume_2024_target"].startswith("Zhixin Technology: Sales volume")


def test_the_article_of_2018_is_not_dated_by_its_page():
    assert verdicts.article("press_003").endswith("March 2018 (inferred)")


def test_what_is_stale_says_for_when_the_figure_is_and_what_its_own_time_has(told):
    text = told["p001_ai_firms"]
    assert "has 650 for 2022" in text and text.endswith("has 995.")
    assert "has 35% for 2022" in told["p001_ai_firms_growth"] and "level" in told["p001_ai_firms_growth"]


def test_what_differs_says_by_how_much(held):
    one = next(each for each in held if each.claim.claim == "p001_ai_firms")
    apart = Verdict(one.claim, "differs", "", one.against, one.relations, one.difference, witness=one.witness)
    assert str(verdicts.verdict(apart)).endswith("The article is 345 lower.")
    vague = Verdict(one.claim, "differs", "", one.against, one.relations, None)
    assert str(verdicts.verdict(vague)).endswith("They differ.")


def test_an_echo_is_called_one_and_never_independent(held, told):
    echoes = [one for one in held if one.witness == "echo"]
    assert echoes and all("repeated, not measured" in told[one.claim.claim] for one in echoes)
    assert {one.claim.claim for one in held if "which counts it" in told[one.claim.claim]} == {
        one.claim.claim for one in held if one.witness == "measured" and one.kind != "stale"
    }
    assert "3,378.73 km (one way)" in told["p001_test_road_length"]


def test_what_agrees_and_what_is_not_comparable_says_so(held, told):
    assert told["p000_gdp_2024"].endswith("They agree at the printed rounding.")
    unlike = [one for one in held if one.kind == "not_comparable"]
    assert unlike and all("nearest figure" in told[one.claim.claim] for one in unlike if one.reason != "cities")
    assert "8 for all of Hubei" in told["p000_large_science_facilities"]
    assert "in Hubei" in told["p000_hubei_laboratories"]


def test_what_no_source_settles_and_what_was_not_found_say_so(held, told):
    for witness, words in (("beyond", "no public source"), ("not_found", "searched"), ("not_searched", "looked for")):
        found = [one for one in held if one.witness == witness]
        assert found and all(words in told[one.claim.claim] for one in found)
    assert "repeats it" in told["p001_ad_world_largest"] and "repeats it" not in told["p000_garrett_capacity_growth"]


def test_checks_say_both_sides_and_the_caution():
    found = claims.checks(claims.claims(), claims.identities())
    assert len(found) >= 57
    texts = {check.identity.identity: str(verdicts.check(check)) for check in found}
    assert "January to May" in texts["hightech_triple"]  # why it cannot be decided
    assert any("20 to 100 against 650" in text for text in texts.values())  # some tens, never "about 60"
    derived = next(check for check in found if check.kind == "derived" and check.left)
    assert "It comes to" in texts[derived.identity.identity]
    lost = identities.Check(derived.identity, "under_determined", "unknown", None, None, None, ())
    assert str(verdicts.check(lost)).endswith("Under-determined: a number in it is not known.")


def test_targets_say_their_standing(known):
    aims = progress.measured(claims.claims(), known)
    texts = [str(verdicts.target(aim)) for aim in aims]
    assert all(text.endswith(".") for text in texts)
    assert {aim.standing for aim in aims} >= {"met", "ended", "no_figure_yet", "undecided"}
    for standing, said in (("no_figure_yet", "No figure yet."), ("ended", "nded, no result found.")):
        found = [(aim, text) for aim, text in zip(aims, texts, strict=True) if aim.standing == standing]
        assert all(said in text for _, text in found) and not any(aim.needed for aim, _ in found)


def test_a_target_of_a_zone_names_the_zone_and_one_of_the_city_does_not(known):
    growth = [aim for aim in progress.measured(claims.claims(), known) if aim.place == "wuhan_east_lake"]
    zone = str(prose.name("wuhan_east_lake"))
    assert growth and all(aim.organisation or zone in str(verdicts.subject(aim)) for aim in growth)
    assert str(codes.counted("gdp_real_growth", "", "", "wuhan")) == "Real GDP growth"


def test_no_word_of_a_claim_is_an_acronym_in_small_letters():
    for row in package.read("claims").itertuples():
        words = str(codes.counted(row.indicator, row.measure, row.organisation)).split(": ")[-1].split()
        assert not {"Ai", "ai", "5g", "5G".lower(), "10g", "rd", "Rd", "china"}.intersection(words)


def test_no_rank_is_worked_out_when_the_level_of_a_city_is_left_out():
    rank = next(one for one in claims.claims() if one.claim == "p000_gdp_rank_2024")
    assert claims.hold(rank, witnesses.evidence()).reason == "cities"
    assert claims.hold(rank, witnesses.evidence(min_trust="A")).kind == "no_official_figure"


def test_what_is_worked_out_here_is_said_to_be_and_given_to_nobody(held, told):
    made = [one for one in held if one.witness == "worked_out"]
    assert made
    for one in made:
        fact = one.against[0]
        assert "worked out here from" in told[one.claim.claim] and fact.behind
        assert f"{verdicts.publisher(fact)} has" not in told[one.claim.claim]
    rank = told["p000_gdp_rank_2024"]
    assert "Among the 54 cities of this collection it is 9 (2024); the rank in the nation is not checked." in rank


def test_an_empty_list_says_so(held):
    assert str(verdicts.bullets([])) == "There is none in this choice."
    listed = verdicts.bullets([one for one in held if one.kind == "stale"][:1])
    assert listed.markdown.count("\n- ") == 0 and listed.facts
