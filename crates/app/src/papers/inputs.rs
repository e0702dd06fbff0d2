//! What one paper needs beside the facts of the case.

use xiezhi_documents::{
    facts::CaseFacts,
    kinds::{
        ContentsRow, Correction, Draw, EvidencePeriod, Extra, Inputs, Material, Payment, Pronouncement, Refund, Ruling,
        RulingMatter, Sitting, StayGround, VolumeFacts,
    },
    structure::VerifyCode,
};
use xiezhi_domain::{
    case::CaseState,
    decision::{About, PaperOrder},
    material::Place,
    moment::{Moment, court_offset},
    paper::{PaperKind, Volume},
    people::Directory,
    periods::PeriodKind,
};

use super::facts::form_of;

/// What this paper needs.
pub(super) fn of(
    case: &CaseState,
    people: &Directory,
    facts: &CaseFacts,
    kind: PaperKind,
    order: &PaperOrder,
    moment: Moment,
) -> Inputs {
    let verify = (order.kind == PaperKind::Original)
        .then(|| VerifyCode { id: order.material.to_string(), url: format!("/verify/{}", order.material) });
    Inputs {
        dated_on: Some(moment.today),
        addressee: addressee(case, order),
        verify,
        extra: extra(case, people, facts, kind, order, moment),
    }
}

fn addressee(case: &CaseState, order: &PaperOrder) -> Option<String> {
    let named = |party| case.parties.get(party).map(|party| party.name.clone());
    match &order.about {
        About::Party(party) | About::Hearing { party: Some(party), .. } | About::Words { party: Some(party), .. } => {
            named(party)
        }
        About::Service(service) => case.services.get(service).and_then(|service| named(&service.to)),
        _ => {
            let names: Vec<&str> = case.application.plaintiffs().map(|party| party.name.as_str()).collect();
            Some(names.join("、")).filter(|names| !names.is_empty())
        }
    }
}

fn words(order: &PaperOrder) -> Option<String> {
    match &order.about {
        About::Words { words, .. } => Some(words.clone()).filter(|words| !words.trim().is_empty()),
        _ => None,
    }
}

fn extra(
    case: &CaseState,
    people: &Directory,
    facts: &CaseFacts,
    kind: PaperKind,
    order: &PaperOrder,
    moment: Moment,
) -> Extra {
    match kind {
        PaperKind::Receipt => Extra::Receipt { materials: handed_in(case) },
        PaperKind::CorrectionNotice => Extra::Correction(Correction {
            items: case.review.correction.iter().map(|item| item.what.clone()).collect(),
            due_on: case.review.correction_due_on,
        }),
        PaperKind::AssignmentRecord => Extra::Draw(draw(case, people, moment)),
        PaperKind::FeeNotice => Extra::Payment(Payment { due_on: case.fees.due_on, account: Some("交费渠道见平台交费页面".to_owned()) }),
        PaperKind::RefundNotice => Extra::Refund(Refund {
            refund_fen: Some(case.fees.refund_due.0 - case.fees.refunded.0),
            ..Refund::default()
        }),
        PaperKind::EvidenceNotice => Extra::EvidencePeriod(evidence_period(case)),
        PaperKind::Summons => Extra::Sitting(sitting(case, order)),
        PaperKind::ServiceReceipt | PaperKind::ElectronicServiceCertificate => {
            Extra::ServiceRows { rows: service_rows(case, order) }
        }
        PaperKind::Transcript => Extra::Session { index: session(case, order) },
        PaperKind::DeliberationMinutes => Extra::Session { index: facts.deliberations.len().saturating_sub(1) },
        PaperKind::NonAcceptance
        | PaperKind::WithdrawalRuling
        | PaperKind::DeemedWithdrawalRuling
        | PaperKind::StayRuling
        | PaperKind::ConversionRuling => Extra::Ruling(Box::new(ruling(case, facts, kind, order))),
        PaperKind::PronouncementRecord => Extra::Pronouncement(pronouncement(case, order, moment)),
        PaperKind::Cover | PaperKind::Contents | PaperKind::ReferenceSheet => Extra::Volume(volume(case, people, kind)),
        _ => Extra::None,
    }
}

fn handed_in(case: &CaseState) -> Vec<Material> {
    let mut materials = vec![Material { name: "民事起诉状".to_owned(), copies: 1, pages: None }];
    materials.extend(case.application.evidence.iter().map(|item| Material {
        name: item.name.clone(),
        copies: 1,
        pages: Some(item.file.pages).filter(|pages| *pages > 0),
    }));
    materials
}

fn draw(case: &CaseState, people: &Directory, moment: Moment) -> Draw {
    let Some(draw) = &case.draw else { return Draw::default() };
    Draw {
        at: Some(court_offset().to_datetime(moment.at)),
        candidates: draw.candidates.iter().map(|judge| people.name(*judge).to_owned()).collect(),
        rule: Some("HMAC-SHA256（当日密钥，案件标识与候选人），取模选定".to_owned()),
        key_hash: Some(draw.key_hash.clone()),
        digest: Some(draw.mac.clone()),
        position: Some(draw.index),
        chosen: draw.candidates.get(draw.index).map(|judge| people.name(*judge).to_owned()),
        ..Draw::default()
    }
}

fn evidence_period(case: &CaseState) -> EvidencePeriod {
    let running = case.periods.iter().rev().find(|period| period.kind == PeriodKind::Evidence);
    let days = match case.procedure {
        xiezhi_domain::case::Procedure::SmallClaims => 7,
        _ => 15,
    };
    EvidencePeriod { days: Some(days), until: running.map(|period| period.last_on) }
}

fn sitting(case: &CaseState, order: &PaperOrder) -> Sitting {
    let About::Hearing { hearing, .. } = &order.about else { return Sitting::default() };
    let Some(hearing) = case.hearings.get(hearing) else { return Sitting::default() };
    Sitting {
        reason: Some("开庭".to_owned()),
        at: Some(hearing.on.to_datetime(hearing.from)),
        place: hearing.room.clone().or_else(|| Some("在线法庭".to_owned())),
        capacity: None,
    }
}

fn service_rows(case: &CaseState, order: &PaperOrder) -> Vec<usize> {
    let About::Service(id) = &order.about else { return vec![] };
    case.service_order.iter().position(|known| known == id).into_iter().collect()
}

fn session(case: &CaseState, order: &PaperOrder) -> usize {
    match &order.about {
        About::Hearing { hearing, .. } => case.hearing_order.iter().position(|known| known == hearing).unwrap_or(0),
        _ => 0,
    }
}

fn ruling(case: &CaseState, facts: &CaseFacts, kind: PaperKind, order: &PaperOrder) -> Ruling {
    let matter = match kind {
        PaperKind::WithdrawalRuling => RulingMatter::WithdrawalAllowed { requested_on: None },
        PaperKind::DeemedWithdrawalRuling if case.fees.status == xiezhi_domain::fees::FeeStatus::Overdue => {
            RulingMatter::WithdrawnForUnpaidFee { notified_on: case.filed_on }
        }
        PaperKind::DeemedWithdrawalRuling => RulingMatter::WithdrawnForAbsence {
            hearing_on: case.last_hearing().map(|hearing| hearing.on),
            left: false,
        },
        PaperKind::StayRuling => RulingMatter::Stayed { ground: StayGround::Other },
        PaperKind::ConversionRuling => RulingMatter::ProcedureConverted {
            from: form_of(xiezhi_domain::case::Procedure::Summary),
            to: form_of(case.procedure),
        },
        _ => RulingMatter::NotAccepted,
    };
    Ruling {
        matter: Some(matter),
        serial: matches!(kind, PaperKind::StayRuling | PaperKind::ConversionRuling).then_some(1),
        course: None,
        reasons: words(order).or_else(|| facts.reasoning.clone()),
        legal_basis: facts.legal_basis.clone(),
        cost: facts.cost.clone(),
    }
}

fn pronouncement(case: &CaseState, order: &PaperOrder, moment: Moment) -> Pronouncement {
    let hearing = case.last_hearing();
    let came = hearing.into_iter().flat_map(|hearing| &hearing.appearances).filter(|who| who.present);
    Pronouncement {
        at: Some(court_offset().to_datetime(moment.at)),
        place: hearing.and_then(|hearing| hearing.room.clone()).or_else(|| Some("在线法庭".to_owned())),
        present: came.map(|who| who.by.clone()).filter(|name| !name.is_empty()).collect(),
        in_court: None,
        collection: words(order),
        refusals: vec![],
        statements: vec![],
    }
}

/// Papers of the main volume in the order of the catalogue, pages numbered through.
fn volume(case: &CaseState, people: &Directory, kind: PaperKind) -> VolumeFacts {
    let mut papers: Vec<_> = case
        .materials_in_order()
        .filter(|paper| paper.place == Place::InFile && paper.volume == Volume::Main)
        .filter(|paper| !matches!(paper.kind, PaperKind::Cover | PaperKind::Contents | PaperKind::ReferenceSheet))
        .collect();
    papers.sort_by_key(|paper| crate::papers::place_in_catalogue(paper.kind));
    let mut next = 1;
    let rows = papers
        .iter()
        .map(|paper| {
            let pages = paper.file.pages.max(1);
            let first = next;
            next += pages;
            ContentsRow {
                name: paper.title.clone(),
                on: Some(paper.received_on),
                first_page: Some(first),
                last_page: Some(next - 1),
                ..ContentsRow::default()
            }
        })
        .collect();
    let clerk = case.tribunal.as_ref().and_then(|tribunal| tribunal.clerk);
    VolumeFacts {
        secondary: false,
        part: 1,
        parts: 1,
        pages: Some(next - 1),
        retention: Some("短期（三十年）".to_owned()),
        archive_number: case.archive.archive_no.clone(),
        rows,
        remarks: if kind == PaperKind::ReferenceSheet { vec!["本卷为电子卷宗，随案同步生成。".to_owned()] } else { vec![] },
        compiled_by: clerk.map(|clerk| people.name(clerk).to_owned()),
        checked_by: case.judge().map(|judge| people.name(judge).to_owned()),
    }
}
