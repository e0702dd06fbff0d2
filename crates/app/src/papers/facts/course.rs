//! Hearings, mediation, deliberation, service and appeal.

use jiff::civil::Time;
use xiezhi_documents::facts::{
    Absence, AbsenceGround, Appeal, Deliberation, Hearing, Mediation, MemberOpinion, Signed, Utterance, Vote,
};
use xiezhi_domain::{
    case::CaseState,
    closing,
    decision::About,
    deliberation::{Position, Question},
    hearing::{self, Appearance, HearingPart, HearingStatus, Manner, Mode},
    material::{Material, Place},
    moment::court_offset,
    paper::{PaperKind, Volume},
    people::Directory,
};

use super::{name, some};

/// The hearings that were held, oldest first; one that is only scheduled, or was put off before the court sat,
/// tells nothing yet.
pub(in crate::papers) fn held(case: &CaseState) -> impl Iterator<Item = &hearing::Hearing> {
    case.hearings_in_order().filter(|hearing| hearing.status == HearingStatus::Open || hearing.is_over())
}

pub(super) fn hearings(case: &CaseState) -> Vec<Hearing> {
    held(case).map(|hearing| of(case, hearing)).collect()
}

fn of(case: &CaseState, hearing: &hearing::Hearing) -> Hearing {
    let mode = match hearing.mode {
        Mode::InPerson => "线下",
        Mode::Online => "在线庭审",
        Mode::Mixed => "线上线下结合",
    };
    let (starts, ends) = hours(hearing);
    Hearing {
        on: Some(hearing.on),
        starts: Some(starts),
        ends: Some(ends),
        mode: Some(mode.to_owned()),
        place: hearing.room.clone(),
        platform: (hearing.mode == Mode::Online).then(|| "本院诉讼服务平台".to_owned()),
        open: Some(hearing.open),
        closed_reason: hearing.closed_because.as_deref().and_then(some),
        appeared: hearing.appearances.iter().filter(|who| who.present).flat_map(|who| came(case, who)).collect(),
        absences: absences(case, hearing),
        transcript_signing: signing(hearing),
        signed: signed(case, hearing),
        online: online(hearing),
        corrections: hearing.corrections.iter().map(correction).collect(),
        utterances: utterances(&hearing.transcript),
        ..Hearing::default()
    }
}

/// From when to when the court sat, as recorded; of a hearing entered afterwards, all in one minute, as scheduled.
fn hours(hearing: &hearing::Hearing) -> (Time, Time) {
    let local = |at| court_offset().to_datetime(at);
    match (hearing.opened_at.map(local), hearing.ended_at.map(local)) {
        (Some(from), Some(to)) if from.date() == hearing.on && to.date() == from.date() => {
            match (minute(from.time()), minute(to.time())) {
                (from, to) if from < to => (from, to),
                _ => (hearing.from, hearing.to),
            }
        }
        _ => (hearing.from, hearing.to),
    }
}

fn minute(time: Time) -> Time {
    Time::constant(time.hour(), time.minute(), 0, 0)
}

/// Who took part on line, where not everybody did.
fn online(hearing: &hearing::Hearing) -> Vec<String> {
    if hearing.mode == Mode::Online {
        return vec![];
    }
    let people = hearing.appearances.iter().flat_map(|who| &who.people);
    people.filter(|one| one.manner == Manner::Online).map(|one| one.name.clone()).collect()
}

/// Source: 《民事诉讼法》第一百五十条第二款.
fn correction(one: &hearing::Correction) -> String {
    let wish = one.wish.trim().trim_end_matches('。');
    let words = Some(one.words.trim().trim_end_matches('。')).filter(|words| !words.is_empty());
    let answer = match one.granted {
        Some(true) => "已补正",
        Some(false) => "未予补正，申请记录在案",
        None => "尚未处理",
    };
    let words = words.map(|words| format!("：{words}")).unwrap_or_default();
    format!("{}申请补正：“{wish}”。{answer}{words}。", one.name)
}

/// The names of those who came for a party: told one by one, or read from the clerk's words.
fn came(case: &CaseState, who: &Appearance) -> Vec<String> {
    if !who.people.is_empty() {
        return who.people.iter().map(|one| one.name.clone()).collect();
    }
    let Some(party) = case.parties.get(&who.party) else { return vec![] };
    let said = |name: &&str| who.by.contains(*name);
    let agents = case.agents.iter().filter(|agent| agent.party == party.id).map(|agent| agent.name.as_str());
    let representative = party.representative.as_deref();
    let mut names: Vec<&str> =
        [party.name.as_str()].into_iter().chain(representative).chain(agents).filter(said).collect();
    if who.by.contains("本人") && !names.contains(&party.name.as_str()) {
        names.insert(0, &party.name);
    }
    if names.is_empty() {
        names.push(&party.name);
    }
    names.into_iter().map(str::to_owned).collect()
}

/// A party who did not come though the summons reached him; of another the ground is still to be told.
///
/// Source: 《民事诉讼法》第一百四十七条.
fn absences(case: &CaseState, hearing: &hearing::Hearing) -> Vec<Absence> {
    let came = |party| hearing.came(party);
    let note = |party| hearing.appearances.iter().find(|who| who.party == party).and_then(|who| who.absence.clone());
    let absent = case.party_order.iter().copied().filter(|party| !came(*party));
    let summoned = absent.filter(|party| hearing::is_summoned(case, hearing.id, *party));
    let ground = AbsenceGround::SummonedAndAbsent;
    summoned.map(|party| Absence { party: name(case, party), ground, note: note(party) }).collect()
}

fn signing(hearing: &hearing::Hearing) -> Option<String> {
    let signed: Vec<&str> = hearing
        .signatures
        .iter()
        .filter(|signature| signature.refused_because.is_none())
        .map(|signature| signature.name.as_str())
        .collect();
    let signed_later = |name: &str| signed.contains(&name);
    let refused = hearing.signatures.iter().filter_map(|signature| {
        let reason = signature.refused_because.as_deref().filter(|_| !signed_later(&signature.name))?;
        Some(format!("{}拒绝签名，理由：{reason}", signature.name))
    });
    let words = Some(format!("{}已签名", signed.join("、"))).filter(|_| !signed.is_empty());
    let all: Vec<String> = words.into_iter().chain(refused).collect();
    Some(all.join("；")).filter(|told| !told.is_empty())
}

/// Each signature under the name it stands for: somebody who signs for a company stands under the company's.
fn signed(case: &CaseState, hearing: &hearing::Hearing) -> Vec<Signed> {
    let came: Vec<String> =
        hearing.appearances.iter().filter(|who| who.present).flat_map(|who| came(case, who)).collect();
    let signatures = hearing.signatures.iter().filter(|one| one.refused_because.is_none());
    let signed = signatures.map(|one| {
        let of_party = one.party.map(|party| name(case, party)).filter(|_| !came.contains(&one.name));
        Signed {
            line: of_party.unwrap_or_else(|| one.name.clone()),
            name: one.name.clone(),
            hand: one.hand.as_ref().map(|hand| hand.sha256.clone()),
        }
    });
    signed.collect()
}

/// A line “法官：…” is someone's word; a line without a speaker continues the last; a line “【法庭辩论】”
/// opens that part before the next word.
fn utterances(transcript: &str) -> Vec<Utterance> {
    let mut said: Vec<Utterance> = vec![];
    let mut opens: Option<String> = None;
    for line in transcript.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if let Some(part) = part_opened(line) {
            opens = Some(part.to_owned());
            continue;
        }
        let before = said.len();
        let spoken = line.split_once(['：', ':']).filter(|(who, words)| is_speaker(who) && !words.trim().is_empty());
        match (spoken, said.last_mut()) {
            (Some((speaker, words)), _) => said.push(utterance(speaker.trim(), words.trim())),
            (None, Some(last)) if opens.is_none() => last.words = format!("{}\n{line}", last.words),
            (None, _) => said.push(utterance("记录", line)),
        }
        if said.len() > before {
            said[before].stage = opens.take();
        }
    }
    // A part that was opened and in which nothing was said is still told.
    if let (Some(part), Some(last)) = (opens, said.last_mut()) {
        last.words = format!("{}\n【{part}】", last.words);
    }
    said
}

/// The part that a line opens.
fn part_opened(line: &str) -> Option<&str> {
    let name = line.strip_prefix('【')?.strip_suffix('】')?;
    HearingPart::ALL.iter().any(|part| part.name_zh() == name).then_some(name)
}

/// Speakers are roles and names; a long run before a colon is part of what was said.
fn is_speaker(text: &str) -> bool {
    let text = text.trim();
    !text.is_empty() && text.chars().count() <= 24 && !text.contains(['，', '。', '；', '“'])
}

fn utterance(speaker: &str, words: &str) -> Utterance {
    Utterance { stage: None, speaker: speaker.to_owned(), words: words.to_owned() }
}

pub(super) fn mediation(case: &CaseState) -> Option<Mediation> {
    let mediation = &case.mediation;
    let agreement = mediation.agreement.as_ref();
    if agreement.is_none() && mediation.offers.is_empty() {
        return None;
    }
    let proposal = |offer: &xiezhi_domain::mediation::Offer| match offer.by {
        Some(party) => format!("{}：{}", name(case, party), offer.terms),
        None => format!("本院：{}", offer.terms),
    };
    Some(Mediation {
        on: mediation.offers.last().map(|offer| offer.on),
        proposals: mediation.offers.iter().map(proposal).collect(),
        terms: agreement.iter().flat_map(|agreement| &agreement.terms).filter_map(|term| some(term)).collect(),
        effective_on_signature: agreement.is_some_and(|agreement| agreement.effective_on_signature),
        result: mediation.failed_because.clone(),
        ..Mediation::default()
    })
}

/// The last deliberation; of earlier ones their minutes stand in the file.
pub(super) fn deliberations(case: &CaseState, people: &Directory) -> Vec<Deliberation> {
    let talk = &case.deliberation;
    if talk.session_no == 0 {
        return vec![];
    }
    vec![Deliberation {
        session: u16::try_from(talk.session_no).unwrap_or(u16::MAX),
        on: Some(case.last_paper(PaperKind::DeliberationMinutes).map_or(case.changed_on, |paper| paper.received_on)),
        place: None,
        order: talk.round.order.iter().map(|member| people.name(*member).to_owned()).collect(),
        opinions: talk.round.questions.iter().flat_map(|question| opinions(question, people)).collect(),
        votes: talk.round.questions.iter().map(|question| vote(question, people)).collect(),
        conclusion: talk.conclusion.clone(),
    }]
}

fn opinions(question: &Question, people: &Directory) -> Vec<MemberOpinion> {
    let word = |position| if position == Position::For { "同意" } else { "不同意" };
    let opinion = |opinion: &xiezhi_domain::deliberation::MemberOpinion| MemberOpinion {
        member: people.name(opinion.member).to_owned(),
        item: question.text.clone(),
        position: match question.proposal.trim() {
            "" => word(opinion.position).to_owned(),
            proposal => format!("{}“{proposal}”的意见", word(opinion.position)),
        },
        reasons: some(&opinion.reasons),
    };
    question.opinions.iter().map(opinion).collect()
}

/// The minority's view goes into the record with its reasons.
///
/// Source: 《民事诉讼法》第四十五条.
fn vote(question: &Question, people: &Directory) -> Vote {
    let (yes, no) = question.tally();
    let carried = if yes > no { Position::For } else { Position::Against };
    let minority = question.opinions.iter().filter(|opinion| opinion.position != carried);
    let dissent: Vec<String> =
        minority.map(|opinion| format!("{}：{}", people.name(opinion.member), opinion.reasons)).collect();
    Vote {
        item: question.text.clone(),
        yes: u8::try_from(yes).unwrap_or(u8::MAX),
        no: u8::try_from(no).unwrap_or(u8::MAX),
        dissent: some(&dissent.join("；")),
    }
}

/// What a paper is called in other papers: 传票, 民事裁定书; handed-in papers keep their titles.
pub(in crate::papers) fn paper_name(paper: &Material) -> String {
    let handed_in = paper.about.is_none() && matches!(paper.kind, PaperKind::Evidence | PaperKind::Other);
    let name = if handed_in { paper.title.as_str() } else { paper.kind.name_zh() };
    if handed_in { name.to_owned() } else { name.split_once('（').map_or(name, |(name, _)| name).to_owned() }
}

/// The appeals, as the letter to the court above tells them.
pub(super) fn appeal(case: &CaseState) -> Option<Appeal> {
    let first = case.appeals.first()?;
    let names: Vec<String> = case.appeals.iter().map(|appeal| name(case, appeal.party)).collect();
    let answers = case.materials_in_order().filter(|paper| paper.kind == PaperKind::Answer);
    Some(Appeal {
        appellant: names.join("、"),
        received_on: Some(first.on),
        claims: case.appeals.iter().filter_map(|appeal| some(&appeal.petition)).collect(),
        copy_served_on: copies_served_on(case),
        answered_on: answers.map(|paper| paper.received_on).filter(|on| *on > first.on).max(),
        // The platform takes fees of first instance only; the court above asks for its own.
        fee_basis: Some("未由本院收取".to_owned()),
        main_volumes: Some(1),
        secondary_volumes: Some(u16::from(has_secondary(case))),
        package_digest: Some(closing::seal(case).1),
        second_result: case.appeals.iter().find_map(|appeal| appeal.result.clone()),
        ..Appeal::default()
    })
}

/// The day on which the last of the others had a copy.
fn copies_served_on(case: &CaseState) -> Option<jiff::civil::Date> {
    let petitions = case.materials_in_order().filter(|paper| paper.kind == PaperKind::AppealPetition);
    let days = petitions.flat_map(|paper| {
        let from = match &paper.about {
            Some(About::Words { party, .. }) => *party,
            _ => None,
        };
        let others = case.party_order.iter().filter(move |party| Some(**party) != from);
        others.filter_map(move |party| case.served_on(paper.id, *party))
    });
    days.max()
}

fn has_secondary(case: &CaseState) -> bool {
    case.materials_in_order().any(|paper| paper.place == Place::InFile && paper.volume == Volume::Secondary)
}
