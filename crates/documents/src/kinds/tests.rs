//! The kinds as a whole: snapshots of the examples, gaps for what is missing, the special turns of a judgment.

mod papers;

use std::collections::BTreeSet;

use jiff::civil::{date, datetime};

use super::*;
use crate::examples::{ALL, example};
use crate::facts::{Absence, AbsenceGround, Agent, Answer, Claim, Conversion, Counterclaim, Fee, Procedure, Role};
use crate::structure::SignatureBlock;
use crate::wording::date_in_chinese;

/// The whole paper as text, the way a reader meets it.
fn shown(paper: &Document) -> String {
    let head = [paper.court.as_str(), paper.title.as_str(), paper.number.as_deref().unwrap_or_default()];
    let head = head.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n");
    let foot = paper.signatures.as_ref().map(signatures).unwrap_or_default();
    format!("{head}\n\n{}\n\n{foot}", paper.plain_text())
}

fn signatures(block: &SignatureBlock) -> String {
    let line = |one: &crate::structure::Signatory| format!("{}　{}", one.role, one.name);
    let dated = block.dated_on.map(date_in_chinese).unwrap_or_default();
    let dated = if block.sealed { format!("{dated}（院印）") } else { dated };
    let above = block.above.iter().map(line);
    above.chain([dated]).chain(block.below.iter().map(line)).collect::<Vec<_>>().join("\n")
}

/// The document that ended an example.
fn ending(facts: &CaseFacts) -> Document {
    let kind = match (&facts.mediation, facts.procedure) {
        (Some(_), _) => DocumentKind::CivilMediationStatement,
        (None, Some(procedure)) => DocumentKind::judgment_of(procedure),
        (None, None) => DocumentKind::CivilJudgmentFirstOrdinary,
    };
    fill(kind, facts, &Inputs::default())
}

fn with(addressee: &str, extra: Extra) -> Inputs {
    Inputs { dated_on: Some(date(2026, 3, 6)), addressee: Some(addressee.to_owned()), verify: None, extra }
}

#[test]
fn the_document_that_ends_each_example_reads_as_a_court_would_write_it() {
    for (no, (id, _)) in ALL.iter().enumerate() {
        let paper = ending(&example(no + 1));
        assert_eq!(paper.gaps(), Vec::<String>::new(), "{id}");
        insta::assert_snapshot!(format!("ending_{id}"), shown(&paper));
    }
}

#[test]
fn what_a_party_writes_comes_out_whole_in_each_example() {
    for no in 1..=6 {
        let facts = example(no);
        let plaintiff = facts.parties[0].name.clone().expect("an example names its parties");
        for kind in [DocumentKind::Complaint, DocumentKind::EvidenceList] {
            let paper = fill(kind, &facts, &with(&plaintiff, Extra::None));
            assert_eq!(paper.gaps(), Vec::<String>::new(), "{kind:?} of example {no}");
        }
    }
    insta::assert_snapshot!("complaint", shown(&fill(DocumentKind::Complaint, &example(1), &Inputs::default())));
}

#[test]
fn the_minutes_of_the_panel_keep_the_dissent() {
    let paper = fill(DocumentKind::DeliberationRecord, &example(2), &Inputs::default());
    assert_eq!(paper.gaps(), Vec::<String>::new());
    assert!(paper.plain_text().contains("违约金调为LPR加计50%\t2\t1\t众和议认为应加计30%"), "{}", paper.plain_text());
    assert_eq!(DocumentKind::DeliberationRecord.volume(), Volume::Secondary);
}

#[test]
fn notices_carry_the_fee_with_its_working_and_in_words() {
    let mut facts = example(1);
    facts.fee.as_mut().expect("it has a fee").working = vec![
        crate::facts::FeeStep {
            what: "全额".into(),
            working: "175500×2%+300".into(),
            amount_fen: 381_000,
            source: None,
        },
        crate::facts::FeeStep {
            what: "减半".into(),
            working: "3810÷2".into(),
            amount_fen: 190_500,
            source: Some("《诉讼费用交纳办法》第十六条".into()),
        },
    ];
    let payment = Payment { due_on: Some(date(2026, 3, 9)), account: Some("财政专户".into()) };
    let paper = fill(DocumentKind::FeeNotice, &facts, &with("贾借出", Extra::Payment(payment)));
    assert_eq!(paper.gaps(), Vec::<String>::new());
    insta::assert_snapshot!("fee_notice", shown(&paper));
}

#[test]
fn a_summons_and_a_certificate_read_whole() {
    let mut facts = example(1);
    let sitting = Sitting {
        reason: Some("开庭".into()),
        at: Some(datetime(2026, 3, 27, 9, 0, 0, 0)),
        place: Some("第三法庭".into()),
        capacity: None,
    };
    insta::assert_snapshot!(
        "summons",
        shown(&fill(DocumentKind::Summons, &facts, &with("易欠款", Extra::Sitting(sitting))))
    );
    let row = &mut facts.service[0];
    row.certificate = Some("E20260410000001".into());
    row.digest = Some("9f2c".into());
    row.address = Some("12000000001".into());
    row.sent_at = Some(datetime(2026, 4, 10, 15, 20, 5, 0));
    let paper = fill(DocumentKind::EServiceCertificate, &facts, &with("贾借出", Extra::ServiceRows { rows: vec![0] }));
    assert_eq!(paper.gaps(), Vec::<String>::new());
    insta::assert_snapshot!("e_service_certificate", shown(&paper));
}

/// One fact is taken away; the paper names it and nothing else.
#[test]
fn every_fact_taken_from_a_judgment_leaves_a_gap_with_its_name() {
    type Removal = (&'static str, fn(&mut CaseFacts));
    let removals: [Removal; 30] = [
        ("法院名称", |facts| facts.court.name = None),
        ("上一级人民法院名称", |facts| facts.court.higher_court = None),
        ("案号", |facts| facts.number = None),
        ("案由", |facts| facts.cause = None),
        ("适用程序", |facts| facts.procedure = None),
        ("立案日期", |facts| facts.dates.filed_on = None),
        ("落款日期", |facts| facts.dates.decided_on = None),
        ("审判人员", |facts| facts.tribunal.members.clear()),
        ("书记员", |facts| facts.tribunal.clerk = None),
        ("原告姓名", |facts| facts.parties[0].name = None),
        ("被告易欠款的性别", |facts| facts.parties[1].sex = None),
        ("被告易欠款的出生日期", |facts| facts.parties[1].born_on = None),
        ("被告易欠款的民族", |facts| facts.parties[1].ethnicity = None),
        ("被告易欠款的职业", |facts| facts.parties[1].occupation = None),
        ("被告易欠款的住所", |facts| facts.parties[1].address = None),
        ("律一方的执业机构或者身份", |facts| facts.agents[0].firm = None),
        ("诉讼请求", |facts| facts.claims.clear()),
        ("事实和理由", |facts| facts.facts_and_reasons = None),
        ("易欠款的答辩意见", |facts| facts.answers[0].text.clear()),
        ("庭审情况", |facts| facts.hearings.clear()),
        ("是否公开开庭", |facts| facts.hearings[0].open = None),
        ("不公开开庭的理由", |facts| facts.hearings[0].open = Some(false)),
        ("证据“记账本一页”的证明目的", |facts| facts.evidence[3].purpose = None),
        ("证据“记账本一页”的认证意见", |facts| facts.evidence[3].court_view = None),
        ("本院认定的事实", |facts| facts.found_facts = None),
        ("本院认为（裁判理由）", |facts| facts.reasoning = None),
        ("裁判依据的法律条文", |facts| facts.legal_basis.clear()),
        ("判项", |facts| facts.orders.clear()),
        ("判项第2项", |facts| facts.orders[1].text.clear()),
        ("诉讼费用负担", |facts| facts.cost = Some(" ".into())),
    ];
    for (what, remove) in removals {
        let mut facts = example(1);
        remove(&mut facts);
        let paper = fill(DocumentKind::CivilJudgmentFirstSummary, &facts, &Inputs::default());
        let gaps: BTreeSet<String> = paper.gaps().into_iter().collect();
        assert!(gaps.contains(what), "{what}: {gaps:?}");
        assert!(paper.require_complete().is_err(), "{what}");
    }
}

#[test]
fn every_fact_taken_from_a_mediation_statement_leaves_a_gap_with_its_name() {
    type Removal = (&'static str, fn(&mut CaseFacts));
    let removals: [Removal; 5] = [
        ("协议内容", |facts| facts.mediation.as_mut().expect("it was mediated").terms.clear()),
        ("协议第3项", |facts| facts.mediation.as_mut().expect("it was mediated").terms[2].clear()),
        ("诉讼费用负担", |facts| facts.cost = None),
        ("落款日期", |facts| facts.dates.decided_on = None),
        ("不公开开庭的理由", |facts| facts.hearings[0].closed_reason = None),
    ];
    for (what, remove) in removals {
        let mut facts = example(3);
        remove(&mut facts);
        let paper = fill(DocumentKind::CivilMediationStatement, &facts, &Inputs::default());
        assert_eq!(paper.gaps(), [what]);
    }
}

#[test]
fn no_kind_breaks_or_prints_an_empty_fact_when_all_is_missing() {
    let hostile = CaseFacts { parties: vec![crate::facts::Party::default()], ..CaseFacts::default() };
    let facts: Vec<_> = (1..=6).map(example).chain([CaseFacts::default(), hostile]).collect();
    for facts in &facts {
        for kind in DocumentKind::ALL {
            let paper = fill(kind, facts, &Inputs::default());
            let blank = paper.blocks.iter().flat_map(Block::spans).find(|span| span.text.trim().is_empty());
            assert_eq!(blank, None, "{kind:?}");
            assert_eq!(fill(kind, facts, &Inputs::default()), paper, "{kind:?} differs the second time");
        }
    }
    let bare = DocumentKind::ALL.map(|kind| fill(kind, &CaseFacts::default(), &Inputs::default()));
    for paper in bare {
        assert!(!paper.gaps().is_empty(), "{} is complete without any fact", paper.kind);
    }
}

#[test]
fn ids_are_unique_and_lead_back() {
    let ids: BTreeSet<_> = DocumentKind::ALL.map(DocumentKind::id).into();
    assert_eq!(ids.len(), DocumentKind::ALL.len());
    for kind in DocumentKind::ALL {
        assert_eq!(DocumentKind::from_id(kind.id()), Some(kind));
    }
    assert_eq!(DocumentKind::from_id("poem"), None);
}

#[test]
fn every_kind_has_a_place_in_the_catalogue_of_its_volume() {
    let catalogue = include_str!("../../../../law/efile_catalog.toml");
    for kind in DocumentKind::ALL {
        let volume = if kind.volume() == Volume::Main { "main" } else { "secondary" };
        let placed = catalogue.split("[[item]]").any(|item| {
            item.contains(&format!("key = \"{}\"", kind.catalogue_key()))
                && item.contains(&format!("volume = \"{volume}\""))
                && item.contains("case_kind = \"civil_first\"")
        });
        assert!(placed, "{kind:?}");
    }
}

#[test]
fn a_defendant_who_was_summoned_and_stayed_away_is_judged_by_default() {
    let mut facts = example(1);
    facts.hearings[0].appeared.retain(|name| name != "保连带");
    facts.answers.retain(|answer| answer.party != "保连带");
    let what = "保连带未到庭的情况（是否经传票传唤、有无正当理由）";
    assert_eq!(ending(&facts).gaps(), [what], "without a proven summons there is no default judgment");
    facts.hearings[0].absences =
        vec![Absence { party: "保连带".into(), ground: AbsenceGround::SummonedAndAbsent, note: None }];
    let text = ending(&facts).plain_text();
    assert!(text.contains("原告贾借出及其委托诉讼代理人律一方，被告易欠款到庭参加诉讼。被告保连带经传票传唤无正当理由拒不到庭参加诉讼。"), "{text}");
    assert!(text.contains("保连带未作答辩。"), "{text}");
}

#[test]
fn a_counterclaim_changes_roles_and_is_told_with_its_answer() {
    let mut facts = example(2);
    let defendant = facts.parties[1].name.clone().expect("an example names its parties");
    facts.counterclaim = Some(Counterclaim {
        by: vec![defendant.clone()],
        claims: vec![Claim { text: "判令反诉被告赔偿损失5000元".into(), amount_fen: Some(500_000) }],
        facts_and_reasons: Some("弯头不合格造成停工".into()),
        ..Counterclaim::default()
    });
    let paper = ending(&facts);
    assert_eq!(paper.gaps(), ["对反诉的答辩意见"]);
    let text = paper.plain_text();
    assert!(text.contains("原告（反诉被告）：烟台虚构管业有限公司，"), "{text}");
    assert!(
        text.contains("被告（反诉原告）烟台假想机械有限公司的法定代表人纪械、委托诉讼代理人律三方到庭参加诉讼。"),
        "{text}"
    );
    assert!(
        text.contains(&format!(
            "{defendant}向本院提出反诉请求：判令反诉被告赔偿损失5000元。事实和理由：弯头不合格造成停工。"
        )),
        "{text}"
    );
}

#[test]
fn third_parties_shared_agents_and_a_converted_procedure_come_out_right() {
    let mut facts = example(1);
    facts.parties.push(crate::facts::Party {
        role: Role::ThirdParty,
        name: Some("旁观人".into()),
        ..facts.parties[2].clone()
    });
    facts.answers.push(Answer { party: "旁观人".into(), text: "钱是我转的".into(), on: None });
    facts.hearings[0].appeared.push("共代理".into());
    facts.agents.push(Agent {
        name: "共代理".into(),
        firm: Some("山东假想律师事务所".into()),
        clients: vec!["易欠款".into(), "保连带".into()],
        ..Agent::default()
    });
    facts.hearings[0].appeared.push("旁观人".into());
    facts.conversions = vec![Conversion { from: Procedure::Summary, to: Procedure::Ordinary, on: date(2026, 3, 20) }];
    facts.procedure = Some(Procedure::Ordinary);
    let text = ending(&facts).plain_text();
    assert!(text.contains("上列二被告的共同委托诉讼代理人：共代理，山东假想律师事务所律师。"), "{text}");
    assert!(text.contains("被告易欠款、保连带、第三人旁观人民间借贷纠纷一案"), "{text}");
    assert!(text.contains("依法适用简易程序，于2026年3月20日裁定转为普通程序，由审判员甄明理独任审理"), "{text}");
    assert!(text.contains("旁观人述称，钱是我转的。"), "{text}");
}

#[test]
fn what_a_filer_does_not_know_is_left_out_and_is_no_gap() {
    let mut facts = example(1);
    facts.parties[1].id_number = None;
    facts.parties[1].born_on = None;
    facts.parties[1].unknown = [crate::facts::PartyField::Identity, crate::facts::PartyField::BornOn].into();
    let paper = fill(DocumentKind::Complaint, &facts, &Inputs::default());
    assert_eq!(paper.gaps(), Vec::<String>::new());
    assert!(paper.plain_text().contains("被告：易欠款，男，汉族，个体工商户，住"), "{}", paper.plain_text());
}

#[test]
fn a_fact_with_a_source_carries_it_into_the_paper() {
    let mut facts = example(1);
    let source = crate::structure::Source::Field { form: "private_lending".into(), field: "principal_due".into() };
    facts.sources.insert("claims.0".into(), source.clone());
    let paper = fill(DocumentKind::Complaint, &facts, &Inputs::default());
    let found = paper.blocks.iter().flat_map(Block::spans).find(|span| span.source.as_ref() == Some(&source));
    assert_eq!(found.map(|span| span.text.as_str()), Some("判令被告易欠款偿还借款本金150000元"));
}

fn ruling(matter: RulingMatter, serial: Option<u8>) -> Inputs {
    let ruling =
        Ruling {
            matter: Some(matter), serial, reasons: Some("裁定理由由法官书写".into()), ..Ruling::default()
        };
    Inputs { dated_on: Some(date(2026, 3, 20)), extra: Extra::Ruling(Box::new(ruling)), ..Inputs::default() }
}

#[test]
fn each_ruling_reads_as_a_court_would_write_it() {
    let slip = Slip { place: "第三页第二行".into(), wrong: "15000元".into(), right: "150000元".into() };
    let matters = [
        ("withdrawal_allowed", RulingMatter::WithdrawalAllowed { requested_on: Some(date(2026, 3, 19)) }, None),
        ("withdrawn_for_unpaid_fee", RulingMatter::WithdrawnForUnpaidFee { notified_on: Some(date(2026, 3, 2)) }, None),
        ("not_accepted", RulingMatter::NotAccepted, None),
        ("stayed", RulingMatter::Stayed { ground: StayGround::AwaitsOtherCase }, Some(1)),
        ("converted", RulingMatter::ProcedureConverted { from: Procedure::Summary, to: Procedure::Ordinary }, Some(1)),
        (
            "slips",
            RulingMatter::SlipsCorrected {
                document: "民事判决书".into(),
                issued_on: Some(date(2026, 4, 3)),
                slips: vec![slip],
            },
            Some(2),
        ),
    ];
    for (id, matter, serial) in matters {
        let paper = fill(DocumentKind::CivilRuling, &example(1), &ruling(matter, serial));
        assert_eq!(paper.gaps(), Vec::<String>::new(), "{id}");
        insta::assert_snapshot!(format!("ruling_{id}"), shown(&paper));
    }
}

#[test]
fn a_ruling_without_the_judges_reasons_is_not_complete() {
    let matter = RulingMatter::WithdrawnForAbsence { hearing_on: Some(date(2026, 3, 27)), left: false };
    let mut inputs = ruling(matter, None);
    if let Extra::Ruling(ruling) = &mut inputs.extra {
        ruling.reasons = None;
    }
    let paper = fill(DocumentKind::CivilRuling, &example(1), &inputs);
    assert_eq!(paper.gaps(), ["本院认为（裁定理由）", "诉讼费用负担"]);
}

#[test]
fn a_withdrawn_suit_pays_half_of_the_whole_fee_once() {
    let mut facts = example(4);
    facts.fee = Some(Fee { full_fen: Some(433_571), charged_fen: Some(216_786), ..Fee::default() });
    let matter = RulingMatter::WithdrawalAllowed { requested_on: Some(date(2026, 6, 1)) };
    let text = fill(DocumentKind::CivilRuling, &facts, &ruling(matter, None)).plain_text();
    assert!(text.contains("案件受理费4335.71元，减半收取2167.86元，由原告冯路安负担。"), "{text}");
}

#[test]
fn what_a_paper_needs_survives_being_stored() {
    let draw = Draw { excluded: vec![("程公允".into(), "回避".into())], ..Draw::default() };
    let extras = [
        Extra::None,
        Extra::Judgment { form: JudgmentForm::Shortened },
        Extra::ServiceRows { rows: vec![0, 2] },
        Extra::Draw(draw),
        ruling(RulingMatter::Stayed { ground: StayGround::Other }, Some(1)).extra,
    ];
    for extra in extras {
        let inputs = Inputs { extra, ..Inputs::default() };
        let text = serde_json::to_string(&inputs).expect("inputs are plain data");
        assert_eq!(serde_json::from_str::<Inputs>(&text).expect("they read back"), inputs, "{text}");
    }
}

#[test]
fn a_short_form_may_leave_reasoning_out_and_a_full_one_may_not() {
    let mut facts = example(1);
    facts.reasoning = None;
    facts.found_facts = None;
    let short = Inputs { extra: Extra::Judgment { form: JudgmentForm::Shortened }, ..Inputs::default() };
    let kind = DocumentKind::CivilJudgmentFirstSummary;
    assert_eq!(fill(kind, &facts, &short).gaps(), Vec::<String>::new());
    assert_eq!(fill(kind, &facts, &Inputs::default()).gaps(), ["本院认定的事实", "本院认为（裁判理由）"]);
}
