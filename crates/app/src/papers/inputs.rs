//! What one paper needs beside the facts of the case.

mod ending;

use xiezhi_documents::{
    facts::CaseFacts,
    kinds::{Correction, Draw, EvidencePeriod, Extra, Inputs, Material, Payment, Refund, Sitting},
    structure::VerifyCode,
};
use xiezhi_domain::{
    case::CaseState,
    closing::Manner,
    decision::{About, PaperOrder},
    moment::{Moment, court_offset},
    paper::PaperKind,
    party::PartyRole,
    people::Directory,
    rules::Rules,
    verify,
};

use super::facts;

/// What a paper is written from.
pub(super) struct Desk<'a> {
    pub case: &'a CaseState,
    pub people: &'a Directory,
    pub rules: &'a Rules,
    pub order: &'a PaperOrder,
    /// The kind it is written as: of an original, that of its document.
    pub kind: PaperKind,
    pub moment: Moment,
}

/// What this paper needs.
pub(super) fn of(desk: &Desk, facts: &CaseFacts) -> Inputs {
    Inputs {
        dated_on: Some(desk.moment.today),
        addressee: addressee(desk),
        verify: code(desk),
        extra: extra(desk, facts),
    }
}

/// The code that leads to the check page, from the first print on: signing and sealing change no page. A court
/// that nobody reaches over the net prints none.
pub(super) fn code(desk: &Desk) -> Option<VerifyCode> {
    let address = desk.rules.settings.address.trim_end_matches('/');
    let carried = verify::carries_code(desk.order.kind) && !address.is_empty();
    let id = desk.order.material.to_string();
    carried.then(|| VerifyCode { url: format!("{address}/verify/{id}"), id })
}

/// The party a paper is to or from.
pub(super) fn party_named(case: &CaseState, about: &About) -> Option<xiezhi_domain::ids::PartyId> {
    match about {
        About::Party(party) | About::Hearing { party: Some(party), .. } | About::Words { party: Some(party), .. } => {
            Some(*party)
        }
        About::Service(service) => case.services.get(service).map(|service| service.to),
        _ => None,
    }
}

/// To whom it goes, or who writes it: the party named, else the side or everyone it concerns.
fn addressee(desk: &Desk) -> Option<String> {
    let case = desk.case;
    if let Some(party) = party_named(case, &desk.order.about) {
        return case.parties.get(&party).map(|party| party.name.clone());
    }
    let plaintiffs: Vec<&str> = case.parties_as(PartyRole::Plaintiff).map(|party| party.name.as_str()).collect();
    let names = match desk.kind {
        // All plaintiffs stand under a complaint.
        PaperKind::Complaint => vec![],
        // The evidence of an application is kept as that of the first plaintiff.
        PaperKind::EvidenceList => plaintiffs.into_iter().take(1).collect(),
        PaperKind::EvidenceNotice | PaperKind::RightsNotice | PaperKind::TribunalNotice => {
            case.parties_in_order().map(|party| party.name.as_str()).collect()
        }
        _ => plaintiffs,
    };
    Some(names.join("、")).filter(|names| !names.is_empty())
}

/// The words given with the act.
fn words(desk: &Desk) -> Option<String> {
    match &desk.order.about {
        About::Words { words, .. } => Some(words.clone()).filter(|words| !words.trim().is_empty()),
        _ => None,
    }
}

fn extra(desk: &Desk, facts: &CaseFacts) -> Extra {
    let case = desk.case;
    match desk.kind {
        PaperKind::Receipt => Extra::Receipt { materials: handed_in(case) },
        PaperKind::CorrectionNotice => Extra::Correction(Correction {
            items: case.review.correction.iter().map(|item| item.what.clone()).collect(),
            due_on: case.review.correction_due_on,
        }),
        PaperKind::AssignmentRecord => Extra::Draw(draw(desk)),
        PaperKind::FeeNotice => Extra::Payment(Payment {
            due_on: case.fees.due_on,
            account: Some("在本院诉讼服务平台交费，或者在诉讼服务窗口交纳".to_owned()),
        }),
        PaperKind::RefundNotice => Extra::Refund(refund(case)),
        PaperKind::EvidenceNotice => Extra::EvidencePeriod(evidence_period(desk)),
        PaperKind::ResponseNotice => link_code(desk),
        PaperKind::Summons => Extra::Sitting(sitting(desk)),
        PaperKind::ServiceReceipt | PaperKind::ElectronicServiceCertificate => {
            Extra::ServiceRows { rows: service_rows(desk) }
        }
        PaperKind::Transcript => Extra::Session { index: session(desk) },
        PaperKind::DeliberationMinutes => Extra::Session { index: facts.deliberations.len().saturating_sub(1) },
        PaperKind::NonAcceptance
        | PaperKind::WithdrawalRuling
        | PaperKind::DeemedWithdrawalRuling
        | PaperKind::StayRuling
        | PaperKind::ConversionRuling
        | PaperKind::CorrectionRuling => Extra::Ruling(Box::new(ending::ruling(desk, facts))),
        PaperKind::PronouncementRecord => Extra::Pronouncement(ending::pronouncement(desk)),
        PaperKind::Cover | PaperKind::Contents | PaperKind::ReferenceSheet => Extra::Volume(ending::volume(desk)),
        _ => Extra::None,
    }
}

/// The code goes with the notice to whoever has no account here.
fn link_code(desk: &Desk) -> Extra {
    let known = party_named(desk.case, &desk.order.about).and_then(|party| desk.case.link_codes.get(&party));
    known.map_or(Extra::None, |known| Extra::LinkCode { code: known.code.clone(), until: known.expires_on })
}

/// The complaint is one sheet of the platform's own; pages are counted of files that were handed in.
fn handed_in(case: &CaseState) -> Vec<Material> {
    let complaint = case.last_paper(PaperKind::Complaint).map(|paper| paper.file.pages);
    let mut materials = vec![Material { name: "民事起诉状".to_owned(), copies: 1, pages: complaint.or(Some(1)) }];
    materials.extend(case.application.evidence.iter().map(|item| Material {
        name: item.name.clone(),
        copies: 1,
        // A file without pages, such as a recording, is handed in as one piece.
        pages: Some(item.file.pages.max(1)),
    }));
    materials
}

fn draw(desk: &Desk) -> Draw {
    let Some(draw) = &desk.case.draw else { return Draw::default() };
    let names: Vec<String> = draw.candidates.iter().map(|judge| desk.people.name(*judge).to_owned()).collect();
    Draw {
        at: Some(court_offset().to_datetime(desk.moment.at)),
        chosen: names.get(draw.index).cloned(),
        candidates: names,
        rule: Some(
            "以当日密钥对案件标识和按序排列的候选法官标识计算HMAC-SHA256，以结果对候选人数取余，余数指向承办法官"
                .to_owned(),
        ),
        key_hash: Some(draw.key_hash.clone()),
        digest: Some(draw.mac.clone()),
        position: Some(draw.index + 1),
        ..Draw::default()
    }
}

/// What goes back, and on which ground.
///
/// Source: 《诉讼费用交纳办法》第十五条; 《民诉法解释》第二百零七条.
fn refund(case: &CaseState) -> Refund {
    let early = case.closing.as_ref().is_some_and(|closing| closing.manner != Manner::Judgment);
    let ground = if early {
        "《诉讼费用交纳办法》第十五条"
    } else {
        "《最高人民法院关于适用〈中华人民共和国民事诉讼法〉的解释》第二百零七条"
    };
    Refund {
        borne_fen: Some(case.fees.paid.0 - case.fees.refund_due.0),
        refund_fen: Some(case.fees.refund_due.0 - case.fees.refunded.0),
        ground: Some(ground.to_owned()),
        account: Some("退回原交费渠道".to_owned()),
    }
}

/// The days the court sets; they run for each from his own receipt of the notice.
fn evidence_period(desk: &Desk) -> EvidencePeriod {
    let days = desk.rules.settings.evidence_days(desk.case.procedure);
    EvidencePeriod { days: u16::try_from(days).ok(), until: None }
}

fn sitting(desk: &Desk) -> Sitting {
    let About::Hearing { hearing, .. } = &desk.order.about else { return Sitting::default() };
    let Some(hearing) = desk.case.hearings.get(hearing) else { return Sitting::default() };
    Sitting {
        reason: Some("开庭".to_owned()),
        at: Some(hearing.on.to_datetime(hearing.from)),
        place: hearing.room.clone().or_else(|| Some("本院诉讼服务平台在线法庭".to_owned())),
        capacity: None,
    }
}

/// The rows of this attempt among those of all attempts.
fn service_rows(desk: &Desk) -> Vec<usize> {
    let About::Service(id) = &desk.order.about else { return vec![] };
    let mut first = 0;
    for service in desk.case.services_in_order() {
        let count = facts::rows_of(desk.case, service).len();
        if service.id == *id {
            return (first..first + count).collect();
        }
        first += count;
    }
    vec![]
}

fn session(desk: &Desk) -> usize {
    let mut held = facts::held(desk.case);
    match &desk.order.about {
        About::Hearing { hearing, .. } => held.position(|known| known.id == *hearing),
        _ => held.count().checked_sub(1),
    }
    .unwrap_or_default()
}
