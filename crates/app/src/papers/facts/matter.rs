//! Claims, element answers, what the other side says, and the evidence.

use xiezhi_documents::facts::{Answer, Claim, Counterclaim, ElementAnswer, Evidence, Opinion};
use xiezhi_domain::{
    case::CaseState,
    evidence::{self, Attribute, CourtView, EvidenceItem},
    ids::PartyId,
    law::element_form::{self, Answer as Given, Field},
    party::{self, PartyRole},
};

use super::{name, people, some};

pub(super) fn claim(claim: &party::Claim) -> Claim {
    Claim { text: claim.text.clone(), amount_fen: claim.amount.map(|amount| amount.0) }
}

/// The plaintiff's answers to the element form, with what all others say to each.
pub(super) fn elements(case: &CaseState) -> Vec<ElementAnswer> {
    let replies: Vec<&evidence::Answer> =
        case.answers.iter().filter(|answer| !is_plaintiff(case, answer.party)).collect();
    asked(case).map(|(field, value)| element(case, field, value, &replies)).collect()
}

/// What one party says to each element; elements it says nothing to are left out.
pub(in crate::papers) fn element_replies(case: &CaseState, party: PartyId) -> Vec<ElementAnswer> {
    let replies: Vec<&evidence::Answer> = case.answers.iter().filter(|answer| answer.party == party).collect();
    let all = asked(case).map(|(field, value)| element(case, field, value, &replies));
    all.filter(|element| element.disputed.is_some()).map(with_words).collect()
}

/// A dispute without reasons was lawfully left without: the sheet says so.
fn with_words(element: ElementAnswer) -> ElementAnswer {
    let silent = element.disputed == Some(true) && element.reply.is_none();
    ElementAnswer { reply: if silent { Some("未填写".to_owned()) } else { element.reply }, ..element }
}

fn asked(case: &CaseState) -> impl Iterator<Item = (&'static Field, String)> {
    let form = element_form::form_for(&case.application.cause);
    let fields = form.into_iter().flat_map(|form| form.fields_for(element_form::Paper::Complaint));
    fields.filter_map(|field| Some((field, said(case.application.elements.get(&field.id)?))))
}

fn element(case: &CaseState, field: &Field, value: String, replies: &[&evidence::Answer]) -> ElementAnswer {
    let given = |answer: &evidence::Answer, id: &str| answer.elements.get(id).map(said).and_then(|text| some(&text));
    let words: Vec<(PartyId, String)> =
        replies.iter().filter_map(|answer| Some((answer.party, given(answer, &field.reply_id())?))).collect();
    let stands: Vec<bool> =
        replies.iter().filter_map(|answer| given(answer, &field.dispute_id())).map(|stand| stand == "有异议").collect();
    let told: Vec<String> = match words.as_slice() {
        [(_, only)] => vec![only.clone()],
        several => several.iter().map(|(party, words)| format!("{}：{words}", name(case, *party))).collect(),
    };
    ElementAnswer {
        field: field.id.clone(),
        label: field.label_zh.clone(),
        value,
        // Reasons are asked for what is disputed only, so that reasons alone dispute.
        disputed: if stands.is_empty() { (!words.is_empty()).then_some(true) } else { Some(stands.contains(&true)) },
        reply: Some(told.join("；")).filter(|told| !told.is_empty()),
    }
}

/// An answer in words.
fn said(answer: &Given) -> String {
    match answer {
        Given::Text(text) | Given::Number(text) => text.clone(),
        Given::Money(amount) => format!("{}元", amount.in_document()),
        Given::Date(day) => xiezhi_documents::wording::date_in_text(*day),
        Given::Choice(chosen) => chosen.join("、"),
        Given::YesNo(yes) => if *yes { "是" } else { "否" }.to_owned(),
        Given::Table(rows) => rows.iter().map(|cells| cells.join("，")).collect::<Vec<_>>().join("；"),
        Given::Unknown => "不知道".to_owned(),
    }
}

pub(super) fn answers(case: &CaseState) -> Vec<Answer> {
    let told = case.answers.iter().map(|answer| Answer {
        party: name(case, answer.party),
        text: some(&answer.words).unwrap_or_else(|| "见要素式答辩".to_owned()),
        on: None,
    });
    told.collect()
}

fn is_plaintiff(case: &CaseState, party: PartyId) -> bool {
    case.parties.get(&party).is_some_and(|party| party.role == PartyRole::Plaintiff)
}

/// A counterclaim rests on what its answer says; the plaintiffs reply to it by an answer of their own.
pub(super) fn counterclaim(case: &CaseState) -> Option<Counterclaim> {
    let raised: Vec<&evidence::Answer> =
        case.answers.iter().filter(|answer| !answer.counterclaims.is_empty()).collect();
    let reasons: Vec<&str> =
        raised.iter().map(|answer| answer.words.trim()).filter(|words| !words.is_empty()).collect();
    let replies = case.answers.iter().filter(|answer| is_plaintiff(case, answer.party));
    let reply: Vec<&str> = replies.map(|answer| answer.words.trim()).filter(|words| !words.is_empty()).collect();
    if raised.is_empty() {
        return None;
    }
    Some(Counterclaim {
        by: raised.iter().map(|answer| name(case, answer.party)).collect(),
        claims: raised.iter().flat_map(|answer| &answer.counterclaims).map(claim).collect(),
        facts_and_reasons: some(&reasons.join("\n")),
        answer: some(&reply.join("；")),
        unanswered: reply.is_empty(),
        ..Counterclaim::default()
    })
}

pub(super) fn evidence(case: &CaseState) -> Vec<Evidence> {
    case.evidence.iter().zip(1..).map(|(item, no)| exhibit(case, item, no)).collect()
}

/// What was contested, or not taken as it was brought, needs a word of its own in the judgment.
fn exhibit(case: &CaseState, item: &EvidenceItem, no: u16) -> Evidence {
    let contested = item.opinions.iter().any(|opinion| attributes(opinion).iter().any(|(_, accepted)| !accepted));
    let doubted = item.court_view.as_ref().is_some_and(|(view, _)| *view != CourtView::Admitted);
    Evidence {
        no,
        by: handed_in_by(case, item.party),
        party: Some(name(case, item.party)),
        name: item.name.clone(),
        kind: some(&item.kind),
        purpose: some(&item.purpose),
        origin: some(&item.source),
        form: Some(if item.has_original { "原件" } else { "复制件" }.to_owned()),
        pages: case.materials.get(&item.material).map(|paper| paper.file.pages).filter(|pages| *pages > 0),
        opponent_opinion: Some(opinions_in_words(case, item)),
        opinions: item.opinions.iter().map(|opinion| opinion_of(case, opinion)).collect(),
        court_view: item.court_view.as_ref().map(|(view, reasons)| view_of(*view, reasons)),
        disputed: contested || doubted,
    }
}

/// 原告, or 被告易欠款 where the role has several.
fn handed_in_by(case: &CaseState, party: PartyId) -> String {
    let Some(party) = case.parties.get(&party) else { return String::new() };
    let label = people::role(party.role).label();
    match case.parties_as(party.role).count() {
        0 | 1 => label.to_owned(),
        _ => format!("{label}{}", party.name),
    }
}

fn attributes(opinion: &evidence::Opinion) -> [(&'static str, bool); 3] {
    let accepted = |attribute| attribute == Attribute::Accepted;
    [
        ("真实性", accepted(opinion.authenticity)),
        ("合法性", accepted(opinion.legality)),
        ("关联性", accepted(opinion.relevance)),
    ]
}

fn opinions_in_words(case: &CaseState, item: &EvidenceItem) -> String {
    let one = |opinion: &evidence::Opinion| format!("{}{}", name(case, opinion.party), opinion_in_words(opinion));
    let all: Vec<String> = item.opinions.iter().map(one).collect();
    if all.is_empty() { "对方未发表质证意见".to_owned() } else { all.join("；") }
}

fn opinion_in_words(opinion: &evidence::Opinion) -> String {
    let of = |wanted: bool| -> Vec<&str> {
        attributes(opinion).into_iter().filter(|(_, accepted)| *accepted == wanted).map(|(label, _)| label).collect()
    };
    let (accepted, disputed) = (of(true), of(false));
    let stand = match (accepted.is_empty(), disputed.is_empty()) {
        (false, true) => format!("对{}均无异议", accepted.join("、")),
        (true, _) => format!("对{}均有异议", disputed.join("、")),
        (false, false) => format!("对{}有异议，对{}无异议", disputed.join("、"), accepted.join("、")),
    };
    let reasons = opinion.reasons.trim().trim_end_matches('。');
    if reasons.is_empty() { stand } else { format!("{stand}，理由：{reasons}") }
}

fn opinion_of(case: &CaseState, opinion: &evidence::Opinion) -> Opinion {
    let [authenticity, legality, relevance] =
        attributes(opinion).map(|(_, accepted)| Some(if accepted { "无异议" } else { "有异议" }.to_owned()));
    Opinion { party: name(case, opinion.party), authenticity, legality, relevance, remark: some(&opinion.reasons) }
}

fn view_of(view: CourtView, reasons: &str) -> String {
    let word = match view {
        CourtView::Admitted => "采信",
        CourtView::PartlyAdmitted => "部分采信",
        CourtView::Rejected => "不予采信",
    };
    if reasons.trim().is_empty() { word.to_owned() } else { format!("{word}，{}", reasons.trim()) }
}
