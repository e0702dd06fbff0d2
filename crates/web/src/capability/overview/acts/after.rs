//! Acts around the trial and after it, in words: approvals, the course, the end, the archive, what follows.

use xiezhi_domain::{
    appeal::AppealEvent,
    approval::ApprovalEvent,
    archive::ArchiveEvent,
    closing::ClosingEvent,
    correcting::CorrectingEvent,
    counter::CounterEvent,
    ids::{ShareId},
    law::four_properties::Outcome,
    on_paper::OnPaperEvent,
    procedure::ProcedureEvent,
    series::SeriesEvent,
    sharing::SharingEvent,
    supervision::SupervisionEvent,
};

use super::{Key, Names, Words, joined};
use crate::messages::{Lang, case as case_words, day, overview::acts as words, package as package_words, t};

pub(super) fn sharing(event: &SharingEvent, names: &Names<'_>) -> Words {
    let with = |share: &ShareId| names.case.shares.get(share).map_or("—", |share| share.terms.with.name.as_str());
    match event {
        SharingEvent::Granted { terms, .. } => {
            let until = day(terms.until_on);
            (Key::SharingGranted, joined(&[&terms.with.name, &terms.with.organisation, &terms.purpose, &until]))
        }
        SharingEvent::Mistyped { share, .. } => (Key::SharingMistyped, with(share).to_owned()),
        SharingEvent::Revoked { share, reason } => (Key::SharingRevoked, joined(&[with(share), reason])),
    }
}

pub(super) fn supervision(event: &SupervisionEvent) -> Words {
    match event {
        SupervisionEvent::Marked { reason, .. } => (Key::CaseMarked, reason.clone()),
        SupervisionEvent::Lifted { reason, .. } => (Key::CaseUnmarked, reason.clone()),
    }
}

pub(super) fn series(lang: Lang, event: &SeriesEvent, names: &Names<'_>) -> Words {
    match event {
        SeriesEvent::Joined { name, .. } => (Key::SeriesJoined, name.clone()),
        SeriesEvent::Left { .. } => (Key::SeriesLeft, String::new()),
        SeriesEvent::Applied { document, .. } => (Key::SeriesApplied, names.document(lang, *document).to_owned()),
    }
}

pub(super) fn correcting(lang: Lang, event: &CorrectingEvent, names: &Names<'_>) -> Words {
    match event {
        CorrectingEvent::SlipsMarked { of, slips, .. } => {
            let slips: Vec<String> = slips.iter().map(|slip| format!("“{}”→“{}”", slip.wrong, slip.right)).collect();
            (Key::SlipsMarked, joined(&[names.document(lang, *of), &slips.join("；")]))
        }
        CorrectingEvent::CopyBegun { replaces, .. } => (Key::CopyBegun, names.document(lang, *replaces).to_owned()),
        CorrectingEvent::Opened { document, .. } => {
            (Key::CorrectionOpened, names.document(lang, *document).to_owned())
        }
        CorrectingEvent::Revoked { material, reason, .. } => (Key::PaperRevoked, joined(&[names.paper(*material), reason])),
    }
}

pub(super) fn approval(lang: Lang, event: &ApprovalEvent, names: &Names<'_>) -> Words {
    let asked = |id| {
        let known = names.case.approvals.get(id);
        known.map_or("", |approval| t(lang, words::matter(&approval.matter)))
    };
    match event {
        ApprovalEvent::Asked { request, .. } => (Key::ApprovalAsked, t(lang, words::matter(request)).to_owned()),
        ApprovalEvent::Granted { approval, word } => {
            (Key::ApprovalGranted, joined(&[asked(approval), names.person(word.by), &word.opinion]))
        }
        ApprovalEvent::Refused { approval, word } => {
            (Key::ApprovalRefused, joined(&[asked(approval), names.person(word.by), &word.opinion]))
        }
    }
}

pub(super) fn procedure(lang: Lang, event: &ProcedureEvent) -> Words {
    match event {
        ProcedureEvent::Advanced { to } => (Key::Advanced, t(lang, case_words::stage(*to)).to_owned()),
        ProcedureEvent::Stayed { ground, on } => (Key::Stayed, joined(&[&day(*on), ground])),
        ProcedureEvent::Resumed { on } => (Key::Resumed, day(*on)),
        ProcedureEvent::Converted { to, reason } => {
            (Key::Converted, joined(&[t(lang, case_words::procedure(*to)), reason]))
        }
    }
}

pub(super) fn closing(event: &ClosingEvent, names: &Names<'_>) -> Words {
    match event {
        ClosingEvent::WithdrawalAsked { party, .. } => (Key::WithdrawalAsked, names.party(*party).to_owned()),
        ClosingEvent::Closed { on, .. } => (Key::Closed, day(*on)),
        ClosingEvent::Effective { on } => (Key::Effective, day(*on)),
    }
}

pub(super) fn appeal(event: &AppealEvent, names: &Names<'_>) -> Words {
    match event {
        AppealEvent::Filed { party, on, .. } => (Key::Appealed, joined(&[names.party(*party), &day(*on)])),
        AppealEvent::Transferred { to } => (Key::Transferred, to.clone()),
        AppealEvent::Returned { result, .. } => (Key::AppealReturned, result.clone()),
    }
}

pub(super) fn archive(lang: Lang, event: &ArchiveEvent, names: &Names<'_>) -> Words {
    match event {
        ArchiveEvent::Submitted {} => (Key::ArchiveSubmitted, String::new()),
        ArchiveEvent::Returned { marks } => (Key::ArchiveReturned, marks.join("；")),
        ArchiveEvent::Sealed { archive_no, .. } => (Key::Sealed, archive_no.clone()),
        ArchiveEvent::Lent { to, until_on, .. } => {
            (Key::Lent, joined(&[names.person(*to), &words::until(lang, &day(*until_on))]))
        }
        ArchiveEvent::LoanEnded { to } => (Key::LoanEnded, names.person(*to).to_owned()),
        ArchiveEvent::AccessGranted { visit } => (Key::AccessGranted, joined(&[&visit.name, &visit.purpose])),
        ArchiveEvent::Reclassified { reason, .. } => (Key::Reclassified, reason.clone()),
        ArchiveEvent::Linked { reason, .. } => (Key::CaseLinked, reason.clone()),
        ArchiveEvent::BorrowingAsked { by, purpose, until_on, .. } => {
            (Key::BorrowingAsked, joined(&[names.person(*by), purpose, &words::until(lang, &day(*until_on))]))
        }
        ArchiveEvent::BorrowingAnswered { by, granted: true, .. } => (Key::BorrowingGranted, names.person(*by).to_owned()),
        ArchiveEvent::BorrowingAnswered { by, reason, .. } => (Key::BorrowingRefused, joined(&[names.person(*by), reason])),
        ArchiveEvent::Tested { results, .. } => {
            let failed = results.iter().filter(|tested| tested.outcome == Outcome::Failed);
            let failed: Vec<&str> = failed.map(|tested| t(lang, package_words::item(tested.item))).collect();
            let said = match failed.as_slice() {
                [] => t(lang, Key::TestedFine).to_owned(),
                failed => words::tests_failed(lang, &failed.join(lang.pick("、", ", "))),
            };
            let untested = results.iter().filter(|tested| tested.outcome == Outcome::NotTested).count();
            let untested = if untested > 0 { words::untested(lang, untested) } else { String::new() };
            (Key::FourProperties, joined(&[&said, &untested]))
        }
    }
}

pub(super) fn on_paper(lang: Lang, event: &OnPaperEvent, names: &Names<'_>) -> Words {
    let OnPaperEvent::Entered { party, came, .. } = event;
    let compared = words::compared_by(lang, names.person(came.compared_by));
    let detail = [names.party(*party), t(lang, words::way(came.way)), &day(came.on), &compared];
    (Key::EnteredFromPaper, joined(&detail))
}

pub(super) fn counter(event: &CounterEvent, names: &Names<'_>) -> Words {
    let CounterEvent::Taken { party, brought_by, items, .. } = event;
    let papers: Vec<&str> = items.iter().map(|item| item.name.as_str()).collect();
    (Key::TakenAtCounter, joined(&[names.party(*party), brought_by, &papers.join("、")]))
}
