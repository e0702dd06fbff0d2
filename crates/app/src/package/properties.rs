//! The four-property test (四性检测) of an archived file: what a program can test it tests, and what it can't it says.

use xiezhi_domain::{
    archive::{self, ArchiveEvent, Missing},
    case::CaseState,
    decision::{Context, Decision},
    event::CaseEvent,
    law::four_properties::{Item, Outcome, Tested},
    material::{Material, Place, Submitter},
    moment::Recorded,
    paper::Volume,
};
use xiezhi_package::{EventRow, layout, sums::sha256_hex};
use xiezhi_signing::verify_pdf;
use xiezhi_store::{LogId, blob::Digest};

use super::facts;
use crate::{App, AppError, codec, ports::BrokenRule};

/// Formats that are kept for good, by their types; a PDF must be PDF/A besides.
///
/// Source: retention.toml, `four_property_test.usability`.
const LASTING: &[&str] =
    &["application/pdf", "application/ofd", "image/jpeg", "video/mp4", "audio/mpeg", "audio/wav", "audio/x-wav"];

/// What a look into each paper found, of one kind.
#[derive(Default)]
struct Findings {
    failed: Vec<String>,
    tested: usize,
    untested: usize,
}

impl Findings {
    fn take(&mut self, holds: Option<bool>, of: &str) {
        match holds {
            Some(true) => self.tested += 1,
            Some(false) => self.failed.push(of.to_owned()),
            None => self.untested += 1,
        }
    }

    fn of(item: Item, all: impl IntoIterator<Item = (bool, String)>) -> Tested {
        let mut findings = Findings::default();
        all.into_iter().for_each(|(holds, of)| findings.take(Some(holds), &of));
        findings.tested(item)
    }

    /// What failed decides; what could not be tested keeps it from having passed.
    fn tested(self, item: Item) -> Tested {
        let outcome = match self {
            Findings { ref failed, .. } if !failed.is_empty() => Outcome::Failed,
            Findings { untested: 1.., .. } => Outcome::NotTested,
            Findings { tested: 0, .. } => Outcome::NothingToTest,
            _ => Outcome::Passed,
        };
        Tested { property: item.property(), item, outcome, about: self.failed }
    }
}

/// What is found by opening each paper.
#[derive(Default)]
struct Opened {
    hashes: Findings,
    opens: Findings,
    pages: Findings,
    format: Findings,
    text: Findings,
    active: Findings,
}

impl App {
    /// Makes the test that a decision orders and adds what came of it, as papers that are ordered are added.
    pub(crate) async fn write_test(
        &self,
        decision: &Decision,
        after: &mut CaseState,
        events: &mut Vec<CaseEvent>,
        ctx: &Context<'_>,
    ) -> Result<(), AppError> {
        let Some(occasion) = decision.test else { return Ok(()) };
        let stored = self.ports().store.read_stream(LogId::RECORD, &codec::case_stream(after.id), 0).await?;
        let rows = stored.iter().map(|event| facts::event_row(event, vec![])).collect::<Result<Vec<_>, _>>()?;
        let results = self.test(after, &rows).await?;
        let tested: CaseEvent = ArchiveEvent::Tested { occasion, results }.into();
        after.apply(&tested, &Recorded { moment: ctx.moment, rev: after.rev + 1 });
        events.push(tested);
        Ok(())
    }

    /// Tests an archived file, item by item.
    pub(super) async fn test(&self, case: &CaseState, events: &[EventRow]) -> Result<Vec<Tested>, AppError> {
        let (mut opened, infected) = (Opened::default(), self.infected().await?);
        for paper in kept(case) {
            self.open_paper(paper, infected.contains_key(&paper.file.sha256), &mut opened).await?;
        }
        let mut viruses = Findings::default();
        for (holds, title) in self.looked_through(kept(case)).await? {
            viruses.take(holds, title);
        }
        let media =
            kept(case).filter(|paper| paper.file.media.starts_with("audio/") || paper.file.media.starts_with("video/"));
        let media = Findings { untested: media.count(), ..Findings::default() };
        let secondary = kept(case).filter(|paper| paper.volume == Volume::Secondary);
        Ok(vec![
            Findings::of(Item::SourceRecorded, events.iter().map(|row| (!row.actor.is_empty(), row.name.clone()))),
            self.signatures(case).await?.tested(Item::SignaturesValid),
            opened.hashes.tested(Item::HashesKept),
            Findings::of(Item::MetadataFits, days(case)),
            Findings::of(Item::RequiredPresent, required(case)),
            opened.pages.tested(Item::PagesFit),
            Findings::of(Item::NoGap, (1..).zip(events).map(|(rev, row)| (row.rev == rev, row.rev.to_string()))),
            self.attachments(events).await?.tested(Item::AttachmentsPresent),
            opened.opens.tested(Item::Opens),
            opened.format.tested(Item::FormatLasts),
            opened.text.tested(Item::TextReadable),
            media.tested(Item::MediaPlays),
            viruses.tested(Item::NoVirus),
            Findings::of(
                Item::AccessSet,
                kept(case).map(|paper| (paper.volume == paper.kind.volume(), paper.title.clone())),
            ),
            Findings::of(
                Item::SecondaryApart,
                secondary.map(|paper| (paper.disclosed_to.is_empty(), paper.title.clone())),
            ),
            opened.active.tested(Item::NothingActive),
        ])
    }

    /// Of an infected paper the bytes are held against their name, and nothing opens them.
    async fn open_paper(&self, paper: &Material, infected: bool, opened: &mut Opened) -> Result<(), AppError> {
        let (title, file) = (&paper.title, &paper.file);
        let bytes = match self.bytes(&file.sha256).await {
            Ok(bytes) => bytes,
            Err(_) => {
                opened.hashes.take(Some(false), title);
                return Ok(());
            }
        };
        opened.hashes.take(Some(sha256_hex(&bytes) == file.sha256), title);
        if infected {
            let other = [&mut opened.opens, &mut opened.pages, &mut opened.format, &mut opened.active];
            other.into_iter().for_each(|item| item.take(None, title));
            return Ok(());
        }
        let broken = self.broken_rules(&file.media, &file.sha256).await?;
        opened.format.take(lasts(&file.media, broken.as_deref()), title);
        opened.active.take(is_inert(&file.media, broken.as_deref()), title);
        let own = paper.by == Submitter::Court;
        let found = self.ports().reading.inspect(&self.kept(&file.sha256)?).await;
        let read = found.as_ref().ok();
        let opens = match &found {
            Ok(found) => Some(found.problem.is_none()),
            Err(AppError::Invalid(_)) => Some(false),
            Err(_) => None,
        };
        opened.opens.take(opens, title);
        opened.pages.take(read.map(|found| found.pages == file.pages), title);
        if own && file.media == "application/pdf" {
            let text = self.ports().reading.page_text(&self.kept(&file.sha256)?, 1).await;
            opened.text.take(text.ok().map(|runs| !runs.is_empty()), title);
        }
        Ok(())
    }

    /// Signatures and seals of the documents that the court issued: each bears those of all who signed it, judges and
    /// clerk, and the seal of the court; one that bears fewer fails.
    ///
    /// Source: 《民事诉讼法》第一百条第二款、第一百五十五条第二款、第一百五十七条第三款.
    async fn signatures(&self, case: &CaseState) -> Result<Findings, AppError> {
        let (root, authorities) = (self.ports().keys.authority.trust_root(), self.stamp_roots());
        let mut findings = Findings::default();
        let issued = case.drafts.values().filter_map(|draft| {
            let paper = case.materials.get(&draft.issued?)?;
            Some((paper, draft.signed.len() + 1))
        });
        // A statement that no draft stands behind was written with the parties' last signature.
        let statement = case.statement_in_force().map(|paper| (paper, 1));
        for (paper, wanted) in issued.chain(statement) {
            let bytes = self.bytes(&paper.file.sha256).await?;
            let reports = verify_pdf(&bytes, std::slice::from_ref(&root), &authorities).unwrap_or_default();
            let holds = reports.len() >= wanted && reports.iter().all(xiezhi_signing::SignatureReport::is_valid);
            findings.take(Some(holds), &paper.title);
        }
        Ok(findings)
    }

    /// The rules of lasting PDFs that a file breaks; nothing for other files, and for one that could not be looked at.
    pub(super) async fn broken_rules(&self, media: &str, sha256: &str) -> Result<Option<Vec<BrokenRule>>, AppError> {
        if media != "application/pdf" {
            return Ok(None);
        }
        match self.ports().reading.broken_rules(&self.kept(sha256)?).await {
            Ok(broken) => Ok(Some(broken)),
            // A file that does not open lasts for nobody.
            Err(AppError::Invalid(_)) => Ok(Some(vec![BrokenRule { clause: Some("6.1"), acts: false }])),
            Err(_) => Ok(None),
        }
    }

    async fn attachments(&self, events: &[EventRow]) -> Result<Findings, AppError> {
        let mut named = std::collections::BTreeMap::new();
        events.iter().for_each(|row| layout::named_files(&row.body_value(), &mut named));
        let mut findings = Findings::default();
        for sha256 in named.keys() {
            let holds = match sha256.parse::<Digest>() {
                Ok(digest) => self.ports().blobs.exists(digest).await?,
                Err(_) => false,
            };
            findings.take(Some(holds), sha256);
        }
        Ok(findings)
    }
}

/// Papers that lie in the file, with their bytes.
fn kept(case: &CaseState) -> impl Iterator<Item = &Material> {
    let kept = |paper: &&Material| matches!(paper.place, Place::InFile | Place::Struck) && paper.erased_on.is_none();
    case.materials_in_order().filter(kept)
}

/// Days of the case in the order in which they come: each with the one before it.
fn days(case: &CaseState) -> Vec<(bool, String)> {
    let days = [
        ("submitted_on", Some(case.submitted_on)),
        ("filed_on", case.filed_on),
        ("closed_on", case.closing.as_ref().map(|closing| closing.on)),
        ("effective_on", case.effective_on),
        ("accepted_on", case.archive.accepted_on),
    ];
    let known: Vec<_> = days.into_iter().filter_map(|(name, day)| Some((name, day?))).collect();
    let pair = |pair: &[(&str, jiff::civil::Date)]| (pair[0].1 <= pair[1].1, format!("{} > {}", pair[0].0, pair[1].0));
    known.windows(2).map(pair).chain([(case.number.is_some(), "case_number".to_owned())]).collect()
}

fn required(case: &CaseState) -> Vec<(bool, String)> {
    let missing = archive::missing(case).into_iter().filter_map(|missing| match missing {
        Missing::Paper { kind } => Some((false, kind.name_zh().to_owned())),
        _ => None,
    });
    missing.chain([(true, String::new())]).collect()
}

/// Whether a file of this type can be read in a hundred years; nothing where it could not be looked at.
pub(super) fn lasts(media: &str, broken: Option<&[BrokenRule]>) -> Option<bool> {
    match media {
        "application/pdf" => broken.map(|broken| broken.iter().all(|rule| rule.clause.is_none())),
        media => Some(LASTING.contains(&media)),
    }
}

/// Whether nothing in a file acts.
fn is_inert(media: &str, broken: Option<&[BrokenRule]>) -> Option<bool> {
    match media {
        media if media.starts_with("image/") => Some(true),
        "application/pdf" => broken.map(|broken| !broken.iter().any(|rule| rule.acts)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_not_be_tested_has_not_passed() {
        let found = |findings: Findings| findings.tested(Item::Opens).outcome;
        let mut one = Findings::default();
        assert_eq!(found(Findings::default()), Outcome::NothingToTest);
        one.take(Some(true), "a");
        one.take(None, "b");
        assert_eq!(found(one), Outcome::NotTested);
        let mut failed = Findings::default();
        failed.take(None, "a");
        failed.take(Some(false), "b");
        assert_eq!(found(failed), Outcome::Failed);
    }

    #[test]
    fn a_pdf_lasts_if_it_breaks_no_rule_and_acts_if_it_breaks_one_of_acting() {
        let (script, font) =
            (BrokenRule { clause: Some("6.5"), acts: true }, BrokenRule { clause: Some("6.2.11.4"), acts: false });
        fn told(broken: Option<&[BrokenRule]>) -> (Option<bool>, Option<bool>) {
            (lasts("application/pdf", broken), is_inert("application/pdf", broken))
        }
        assert_eq!(told(Some(&[])), (Some(true), Some(true)));
        assert_eq!(told(Some(&[font])), (Some(false), Some(true)));
        assert_eq!(told(Some(&[BrokenRule { clause: None, acts: true }])), (Some(true), Some(false)));
        assert_eq!(told(Some(&[font, script])), (Some(false), Some(false)));
        assert_eq!(told(None), (None, None), "what could not be looked at is not judged");
        assert_eq!((lasts("image/jpeg", None), is_inert("image/jpeg", None)), (Some(true), Some(true)));
        assert_eq!((lasts("image/heic", None), is_inert("video/mp4", None)), (Some(false), None));
    }
}
