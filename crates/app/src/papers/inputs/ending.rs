//! What rulings, pronouncements and volumes need.

use xiezhi_documents::{
    facts::{CaseFacts, Procedure},
    kinds::{self, ContentsRow, Pronouncement, Ruling, RulingMatter, StayGround, VolumeFacts},
};
use xiezhi_domain::{
    case::CaseState,
    correcting::Slip,
    decision::About,
    drafting::Draft,
    fees::FeeStatus,
    law::retention::RetentionClass,
    material::{Material, Place},
    moment::court_offset,
    paper::{PaperKind, Volume},
};

use super::{Desk, words};
use crate::papers::{facts, place_in_catalogue};

/// A ruling: the words of the act are its reasons, else what the judge wrote.
pub(super) fn ruling(desk: &Desk, facts: &CaseFacts) -> Ruling {
    Ruling {
        matter: Some(matter(desk, facts)),
        serial: serial(desk),
        course: None,
        reasons: words(desk).or_else(|| facts.reasoning.clone()),
        legal_basis: facts.legal_basis.clone(),
        orders: facts.orders.iter().map(|order| order.text.clone()).collect(),
        cost: facts.cost.clone(),
    }
}

fn matter(desk: &Desk, facts: &CaseFacts) -> RulingMatter {
    let case = desk.case;
    match desk.kind {
        PaperKind::WithdrawalRuling => RulingMatter::WithdrawalAllowed { requested_on: asked_on(case) },
        PaperKind::DeemedWithdrawalRuling if case.fees.status == FeeStatus::Overdue => {
            RulingMatter::WithdrawnForUnpaidFee { notified_on: fee_noticed_on(case) }
        }
        PaperKind::DeemedWithdrawalRuling => {
            RulingMatter::WithdrawnForAbsence { hearing_on: case.last_hearing().map(|hearing| hearing.on), left: false }
        }
        PaperKind::StayRuling => RulingMatter::Stayed { ground: ground(words(desk).as_deref().unwrap_or_default()) },
        PaperKind::ConversionRuling => {
            let to = facts::form_of(case.procedure);
            let from = facts.conversions.last().filter(|change| change.to == to).map(|change| change.from);
            RulingMatter::ProcedureConverted { from: from.unwrap_or(Procedure::Summary), to }
        }
        PaperKind::CorrectionRuling => slips(desk),
        _ => RulingMatter::NotAccepted,
    }
}

/// The slips that the judge marked in an issued document.
fn slips(desk: &Desk) -> RulingMatter {
    let case = desk.case;
    let ruling = match &desk.order.about {
        About::Document(id) => case.correcting.rulings.get(id),
        _ => None,
    };
    let of = ruling.and_then(|ruling| case.drafts.get(&ruling.of));
    let issued = of.and_then(|draft| draft.issued).and_then(|id| case.materials.get(&id));
    let slip = |slip: &Slip| kinds::Slip {
        place: place_of(&slip.part).to_owned(),
        wrong: slip.wrong.clone(),
        right: slip.right.clone(),
    };
    let document =
        if of.is_some_and(|draft| draft.kind != PaperKind::Judgment) { "民事裁定书" } else { "民事判决书" };
    RulingMatter::SlipsCorrected {
        document: document.to_owned(),
        issued_on: issued.map(|paper| paper.received_on),
        slips: ruling.map(|ruling| ruling.slips.iter().map(slip).collect()).unwrap_or_default(),
    }
}

/// Where a slip stands, in the words of a ruling.
fn place_of(part: &str) -> &'static str {
    match part {
        "found_facts" => "认定事实部分",
        "reasoning" => "裁判理由部分",
        "legal_basis" => "法律依据部分",
        "orders" => "裁判主文部分",
        "costs" => "诉讼费用负担部分",
        _ => "中",
    }
}

/// Rulings in the course of a case are counted under its number: 之一, 之二.
fn serial(desk: &Desk) -> Option<u8> {
    let of_course =
        |kind| matches!(kind, PaperKind::StayRuling | PaperKind::ConversionRuling | PaperKind::CorrectionRuling);
    let earlier = desk.case.materials_in_order().filter(|paper| of_course(paper.kind)).count();
    if of_course(desk.kind) { u8::try_from(earlier + 1).ok() } else { None }
}

/// The day the plaintiff asked to withdraw: that of the request in the file.
fn asked_on(case: &CaseState) -> Option<jiff::civil::Date> {
    let asker = case.withdrawal_asked_by?;
    let is_his = |paper: &&Material| {
        let words = matches!(&paper.about, Some(About::Words { party: Some(party), .. }) if *party == asker);
        paper.kind == PaperKind::Request && words
    };
    case.materials_in_order().filter(is_his).last().map(|paper| paper.received_on)
}

/// The day the plaintiff had the fee notice: served, or put before him on the platform.
fn fee_noticed_on(case: &CaseState) -> Option<jiff::civil::Date> {
    let notice = case.last_paper(PaperKind::FeeNotice)?;
    let plaintiff = case.application.plaintiffs().next()?;
    case.served_on(notice.id, plaintiff.id).or(Some(notice.received_on))
}

/// The ground of a stay, where its words name one of the law's own; the last item takes every other.
///
/// Source: 《民事诉讼法》第一百五十三条第一款.
fn ground(words: &str) -> StayGround {
    let says = |any: &[&str]| any.iter().any(|word| words.contains(word));
    match words {
        _ if says(&["死亡", "去世"]) => StayGround::PartyDied,
        _ if says(&["丧失诉讼行为能力", "丧失民事行为能力"]) => StayGround::CapacityLost,
        _ if says(&["法人终止", "组织终止", "注销登记"]) => StayGround::UnitEnded,
        _ if says(&["不可抗拒", "不可抗力"]) => StayGround::ForceMajeure,
        _ if says(&["另一案", "另案", "其他案件"]) => StayGround::AwaitsOtherCase,
        _ => StayGround::Other,
    }
}

/// Who came stands in the clerk's words; where the judgment follows the hearing, in the appearances too.
pub(super) fn pronouncement(desk: &Desk) -> Pronouncement {
    let case = desk.case;
    let at_hearing = facts::held(case).last().filter(|hearing| hearing.on == desk.moment.today);
    let in_court = facts::pronounced_in_court(case);
    Pronouncement {
        at: Some(court_offset().to_datetime(desk.moment.at)),
        place: Some(place(desk)),
        present: at_hearing.filter(|_| in_court).map(|_| present(desk)).unwrap_or_default(),
        in_court: Some(in_court),
        document: pronounced(case).filter(|kind| *kind != PaperKind::Judgment).map(|_| "民事裁定书".to_owned()),
        record: words(desk),
        ..Pronouncement::default()
    }
}

fn place(desk: &Desk) -> String {
    let room = facts::held(desk.case).last().and_then(|hearing| hearing.room.clone());
    room.unwrap_or_else(|| desk.rules.settings.court_name.clone())
}

fn present(desk: &Desk) -> Vec<String> {
    let facts = facts::of(desk.case, desk.people, desk.rules);
    facts.last_hearing().map(|hearing| hearing.appeared.clone()).unwrap_or_default()
}

/// The kind of the document issued last.
fn pronounced(case: &CaseState) -> Option<PaperKind> {
    let decides = |draft: &&Draft| !case.is_beside_the_course(draft.id);
    let issued = |paper: &&Material| case.drafts.values().filter(decides).any(|draft| draft.issued == Some(paper.id));
    case.materials_in_order().filter(issued).last().map(|paper| paper.kind)
}

/// The main volume in the order of the catalogue, pages numbered through.
///
/// Source: 《人民法院诉讼文书立卷归档办法》.
pub(super) fn volume(desk: &Desk) -> VolumeFacts {
    let case = desk.case;
    let rows = contents(case);
    let person = |id| desk.people.name(id).to_owned();
    let clerk = case.tribunal.as_ref().and_then(|tribunal| tribunal.clerk);
    let told_later = "由档案部门接收时确定";
    VolumeFacts {
        secondary: false,
        part: 1,
        parts: 1,
        pages: Some(rows.last().and_then(|row| row.last_page).unwrap_or_default()),
        retention: Some(case.archive.retention.map_or(told_later, retention).to_owned()),
        archive_number: Some(case.archive.archive_no.clone().unwrap_or_else(|| told_later.to_owned())),
        rows,
        remarks: remarks(case),
        compiled_by: clerk.or(case.judge()).map(person),
        checked_by: case.judge().map(person),
    }
}

fn retention(class: RetentionClass) -> &'static str {
    match class {
        RetentionClass::Permanent => "永久",
        RetentionClass::Long => "长期",
        RetentionClass::Short => "短期",
    }
}

fn contents(case: &CaseState) -> Vec<ContentsRow> {
    let frame = [PaperKind::Cover, PaperKind::Contents, PaperKind::ReferenceSheet];
    let in_file = case.materials_in_order().filter(|paper| paper.place == Place::InFile);
    let mut papers: Vec<&Material> =
        in_file.filter(|paper| paper.volume == Volume::Main && !frame.contains(&paper.kind)).collect();
    papers.sort_by_key(|paper| place_in_catalogue(paper.kind));
    let mut next = 1;
    let row = |paper: &Material| {
        let first = next;
        next += paper.file.pages.max(1);
        let (name, on) = (paper.title.clone(), Some(paper.received_on));
        ContentsRow { name, on, first_page: Some(first), last_page: Some(next - 1) }
    };
    papers.into_iter().map(row).collect()
}

/// What a later reader should know: papers replaced, papers struck.
fn remarks(case: &CaseState) -> Vec<String> {
    let replaced = case.materials_in_order().filter(|paper| !paper.earlier.is_empty());
    let struck = case.materials_in_order().filter(|paper| paper.place == Place::Struck);
    let replaced = replaced.map(|paper| format!("《{}》经批准替换，原件保留在电子卷宗内", paper.title));
    replaced.chain(struck.map(|paper| format!("《{}》经批准删除，内容仍可查阅", paper.title))).collect()
}
