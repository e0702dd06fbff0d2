//! Every other paper of a case, complete when everything it needs is told.

use super::*;
use crate::facts::{AddressConfirmation, ElementAnswer, Opinion, Utterance};

/// The loan case with all that its papers ask for.
fn told() -> CaseFacts {
    let mut facts = example(1);
    facts.court.phone = Some("0535-12368".into());
    facts.dates.submitted_at = Some(datetime(2026, 2, 27, 20, 15, 3, 0));
    facts.dates.due_on = Some(date(2026, 6, 2));
    facts.fee.as_mut().expect("it has a fee").paid_fen = Some(190_500);
    facts.addresses = vec![AddressConfirmation {
        party: "易欠款".into(),
        address: Some("虚拟路2号".into()),
        post_code: Some("264006".into()),
        phone: Some("12000000002".into()),
        e_service_consent: Some(true),
        e_addresses: [("手机号码".to_owned(), "12000000002".to_owned())].into(),
        signed_on: Some(date(2026, 3, 6)),
        ..AddressConfirmation::default()
    }];
    facts.hearings[0].identity_check = Some("各方身份核对无误".into());
    facts.elements = vec![ElementAnswer {
        field: "principal_due".into(),
        label: "尚欠本金".into(),
        value: "150000元".into(),
        disputed: Some(true),
        reply: Some("另还现金3000元".into()),
    }];
    for item in &mut facts.evidence {
        let said = || Some("无异议".to_owned());
        let opinion =
            Opinion {
                party: "易欠款".into(), authenticity: said(), legality: said(), relevance: said(), remark: None
            };
        item.opinions = vec![opinion];
    }
    facts
}

fn check(id: &str, kind: DocumentKind, facts: &CaseFacts, inputs: &Inputs) {
    let paper = fill(kind, facts, inputs);
    assert_eq!(paper.gaps(), Vec::<String>::new(), "{id}");
    insta::assert_snapshot!(id, shown(&paper));
}

#[test]
fn papers_of_filing_are_complete() {
    let facts = told();
    let materials = vec![Material { name: "民事起诉状".into(), copies: 3, pages: Some(2) }];
    check("filing_receipt", DocumentKind::FilingReceipt, &facts, &with("贾借出", Extra::Receipt { materials }));
    let correction =
        Correction { items: vec!["补充被告保连带的住所".into()], due_on: Some(date(2026, 3, 9)) };
    check("supplement_notice", DocumentKind::SupplementNotice, &facts, &with("贾借出", Extra::Correction(correction)));
    let step = ApprovalStep {
        role: "立案审查人".into(),
        name: "立一案".into(),
        opinion: Some("同意立案".into()),
        on: Some(date(2026, 3, 2)),
    };
    let approval = Approval { steps: vec![step], ..Approval::default() };
    check("filing_approval", DocumentKind::FilingApproval, &facts, &with("", Extra::Approval(approval)));
    check("acceptance_notice", DocumentKind::AcceptanceNotice, &facts, &with("贾借出", Extra::None));
    check("rights_notice", DocumentKind::RightsNotice, &facts, &with("贾借出", Extra::None));
}

#[test]
fn a_draw_shows_all_that_is_needed_to_draw_again() {
    let draw = Draw {
        at: Some(datetime(2026, 3, 2, 10, 0, 0, 0)),
        candidates: vec!["和为贵".into(), "甄明理".into()],
        excluded: vec![("衡平之".into(), "休假".into())],
        rule: Some("民事审判团队在岗法官".into()),
        key_hash: Some("ab12".into()),
        digest: Some("cd34".into()),
        position: Some(2),
        chosen: Some("甄明理".into()),
        ..Draw::default()
    };
    check("assignment_record", DocumentKind::AssignmentRecord, &told(), &with("", Extra::Draw(draw)));
}

#[test]
fn papers_of_service_are_complete() {
    let facts = told();
    check("response_notice", DocumentKind::ResponseNotice, &facts, &with("易欠款", Extra::None));
    let code = Extra::LinkCode { code: "208417".into(), until: date(2026, 4, 1) };
    check("response_notice_with_code", DocumentKind::ResponseNotice, &facts, &with("易欠款", code));
    check("panel_notice", DocumentKind::PanelNotice, &example(2), &with("烟台假想机械有限公司", Extra::None));
    check("address_confirmation", DocumentKind::ServiceAddressConfirmation, &facts, &with("易欠款", Extra::None));
    let mut posted = facts.clone();
    posted.service[2].server = Some("纪实录".into());
    check(
        "service_receipt",
        DocumentKind::ServiceReceipt,
        &posted,
        &with("保连带", Extra::ServiceRows { rows: vec![2] }),
    );
}

#[test]
fn papers_of_answer_and_evidence_are_complete() {
    let facts = told();
    check("answer", DocumentKind::AnswerBrief, &facts, &with("易欠款", Extra::None));
    let period = EvidencePeriod { days: Some(15), until: None };
    check("evidence_notice", DocumentKind::EvidenceNotice, &facts, &with("易欠款", Extra::EvidencePeriod(period)));
    check("evidence_opinion", DocumentKind::EvidenceOpinion, &facts, &with("易欠款", Extra::None));
    let row = OriginalCheck { no: 3, shown: true, agrees: Some(true), remark: None };
    let checks =
        OriginalChecks { at: Some(datetime(2026, 3, 27, 9, 20, 0, 0)), by: Some("纪实录".into()), rows: vec![row] };
    check("original_check", DocumentKind::OriginalCheckRecord, &facts, &with("", Extra::OriginalChecks(checks)));
    let mut counter = facts.clone();
    counter.counterclaim = Some(Counterclaim {
        by: vec!["易欠款".into()],
        claims: vec![Claim { text: "判令反诉被告返还多收利息1000元".into(), amount_fen: Some(100_000) }],
        facts_and_reasons: Some("利息多付".into()),
        raised_on: Some(date(2026, 3, 20)),
        ..Counterclaim::default()
    });
    check("counterclaim", DocumentKind::CounterclaimBrief, &counter, &Inputs::default());
}

#[test]
fn papers_of_hearing_and_mediation_are_complete() {
    let mut facts = told();
    let sitting = Sitting {
        reason: None,
        at: Some(datetime(2026, 3, 27, 9, 0, 0, 0)),
        place: Some("第三法庭".into()),
        capacity: Some("委托诉讼代理人".into()),
    };
    check(
        "hearing_announcement",
        DocumentKind::HearingAnnouncement,
        &facts,
        &with("", Extra::Sitting(sitting.clone())),
    );
    check("appearance_notice", DocumentKind::AppearanceNotice, &facts, &with("律一方", Extra::Sitting(sitting)));
    check("transcript_told", DocumentKind::HearingTranscript, &facts, &Inputs::default());
    facts.hearings[0].utterances = vec![
        Utterance {
            stage: Some("法庭调查".into()),
            speaker: "审判员".into(),
            words: "现在开始法庭调查，由原告陈述诉讼请求。".into(),
        },
        Utterance { stage: None, speaker: "原告代理人".into(), words: "诉讼请求与起诉状一致。".into() },
    ];
    check("transcript_typed", DocumentKind::HearingTranscript, &facts, &with("", Extra::Session { index: 0 }));
    check("mediation_record", DocumentKind::MediationRecord, &example(3), &Inputs::default());
}

#[test]
fn papers_after_judgment_are_complete() {
    let facts = told();
    let said = Pronouncement {
        at: Some(datetime(2026, 4, 3, 10, 0, 0, 0)),
        place: Some("第三法庭".into()),
        present: vec!["贾借出".into(), "易欠款".into()],
        in_court: Some(false),
        refusals: vec![("易欠款".into(), "不服判决".into())],
        ..Pronouncement::default()
    };
    check("pronouncement_record", DocumentKind::PronouncementRecord, &facts, &with("", Extra::Pronouncement(said)));
    check("effect_certificate", DocumentKind::EffectCertificate, &facts, &with("贾借出", Extra::None));
    let refund = Refund {
        borne_fen: Some(0),
        refund_fen: Some(190_500),
        ground: Some("《民诉法解释》第二百零七条".into()),
        account: Some("原缴费账户".into()),
    };
    check("refund_notice", DocumentKind::RefundNotice, &facts, &with("贾借出", Extra::Refund(refund)));
    check("appeal_transfer", DocumentKind::AppealTransferLetter, &example(2), &Inputs::default());
}

#[test]
fn papers_of_closing_and_archive_are_complete() {
    let facts = told();
    let step = ApprovalStep {
        role: "承办法官".into(),
        name: "甄明理".into(),
        opinion: Some("同意结案".into()),
        on: Some(date(2026, 4, 20)),
    };
    let approval = Approval {
        steps: vec![step],
        days_used: Some(32),
        excluded_days: Some(0),
        extended_days: Some(0),
        awarded_fen: Some(17_550_000),
        publication: Some("公开".into()),
        file_check: Some("完整".into()),
    };
    check("closing_report", DocumentKind::ClosingReport, &facts, &with("", Extra::Approval(approval)));
    let rows = vec![
        ContentsRow { name: "卷宗封面".into(), ..ContentsRow::default() },
        ContentsRow {
            name: "民事起诉状".into(), on: Some(date(2026, 2, 27)), first_page: Some(1), last_page: Some(3)
        },
    ];
    let volume = VolumeFacts {
        part: 1,
        parts: 1,
        pages: Some(86),
        retention: Some("短期（30年）".into()),
        archive_number: Some("2026民0101".into()),
        rows,
        compiled_by: Some("纪实录".into()),
        checked_by: Some("甄明理".into()),
        ..VolumeFacts::default()
    };
    for (id, kind) in [
        ("volume_cover", DocumentKind::VolumeCover),
        ("volume_contents", DocumentKind::VolumeContents),
        ("reference_sheet", DocumentKind::ReferenceSheet),
    ] {
        check(id, kind, &facts, &with("", Extra::Volume(volume.clone())));
    }
}
