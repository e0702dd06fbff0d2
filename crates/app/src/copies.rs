//! Reading copies (阅读副本): a paper as one PDF, with what was recognised on its scans laid unseen where it stands, and
//! at the foot of each page who took it and when. A rendition: the original stays what it is, byte for byte, and leaves
//! by a way of its own. That a copy left is on the log of looks before it does.
//! Where more was recognised than one PDF takes, each page says from which on there is no text.

use std::collections::BTreeMap;

use xiezhi_domain::{
    access::{Act, Denial, Reader, may_take_away},
    case::CaseState,
    ids::{CaseId, MaterialId},
    material::{FileRef, Material},
    moment::court_offset,
    people::Actor,
};

use crate::{
    App, AppError,
    access::{AccessEvent, Look},
    ports::{Binding, ComposedLeaf, LaidLetters},
    scans::{Recognised, may_be_scan},
};

/// Most pages of a reading copy, and most bytes of what it is made of.
pub const MOST_PAGES: u32 = 3_000;
const MOST_BYTES: u64 = 200 * 1024 * 1024;
/// Most bytes of recognised text that go into one PDF, and what a line takes beside its letters.
const MOST_LETTERS: usize = 24 * 1024 * 1024;
const LINE_BYTES: usize = 150;
const START_BYTES: usize = 5;
/// What stands before the name at the foot of a reading copy.
const COPY: &str = "阅读副本，非原件";

/// Whether there is a reading copy of a paper: it has pages, and not too many.
pub fn is_copied(paper: &Material) -> bool {
    let FileRef { pages, size_bytes, .. } = paper.file;
    paper.erased_on.is_none() && (1..=MOST_PAGES).contains(&pages) && size_bytes <= MOST_BYTES
}

/// Who took something and when, to the minute by the court's clock, as it stands on every page of it.
pub fn mark(what: &str, name: &str, at: jiff::Timestamp) -> String {
    let at = court_offset().to_datetime(at).strftime("%Y-%m-%d %H:%M");
    [what, name, &at.to_string()].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// What was recognised on what is put together, as far as one PDF takes it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Letters {
    /// Page by page.
    pub(crate) laid: Vec<LaidLetters>,
    /// The first page (from 1) whose text is left out, if any is.
    pub(crate) left_out_from: Option<u32>,
}

impl Letters {
    /// `what`, and from which page on there is no text, where some is left out.
    pub(crate) fn told(&self, what: &str, without_text: impl Fn(u32) -> String) -> String {
        let without = self.left_out_from.map(without_text);
        [what.to_owned()].into_iter().chain(without).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    }

    /// Adds what was recognised on a file whose pages begin at a leaf (from 0). From the first page that does not fit
    /// nothing is added any more.
    fn lay(&mut self, recognised: BTreeMap<u32, Recognised>, first_leaf: usize, left_bytes: &mut usize) {
        let leaf = |no: u32| first_leaf + usize::try_from(no - 1).unwrap_or(usize::MAX);
        let with_words: BTreeMap<u32, Recognised> =
            recognised.into_iter().filter(|(no, page)| *no > 0 && !page.runs.is_empty()).collect();
        let pages: Vec<u32> = with_words.keys().copied().collect();
        let laid = laid(with_words, first_leaf, left_bytes);
        if let Some(no) = pages.get(laid.len()) {
            self.left_out_from.get_or_insert(u32::try_from(leaf(*no) + 1).unwrap_or(u32::MAX));
        }
        self.laid.extend(laid);
    }
}

/// What was recognised on the pages of a file, which begin at a leaf of what is put together (from 0).
fn laid(recognised: BTreeMap<u32, Recognised>, first_leaf: usize, left_bytes: &mut usize) -> Vec<LaidLetters> {
    let size = |page: &Recognised| {
        let line = |run: &crate::ports::TextRun| LINE_BYTES + run.text.len() + run.starts.len() * START_BYTES;
        page.runs.iter().map(line).sum::<usize>()
    };
    let fits = recognised.into_iter().take_while(|(_, page)| {
        let left = left_bytes.checked_sub(size(page));
        *left_bytes = left.unwrap_or(0);
        left.is_some()
    });
    let lay = |(no, page): (u32, Recognised)| LaidLetters {
        leaf: first_leaf + usize::try_from(no - 1).unwrap_or(usize::MAX),
        turn: page.turn,
        runs: page.runs,
    };
    fits.map(lay).collect()
}

impl App {
    /// A paper as a reading copy (阅读副本). Taking it is on the log of looks before its first byte leaves.
    ///
    /// * `without_text`: says to its reader from which page on what was recognised is left out, where it is too much.
    ///
    /// # Errors
    /// [`AppError::NotFound`] where the reader may not see the paper, [`AppError::Denied`] where they may not take it
    /// away, and [`AppError::Invalid`] where it has no pages, or too many.
    pub async fn reading_copy(
        &self,
        (case, reader): (&CaseState, &Reader),
        actor: &Actor,
        paper: &Material,
        rule: &str,
        without_text: impl Fn(u32) -> String,
    ) -> Result<Vec<u8>, AppError> {
        if !may_take_away(reader, case, paper) {
            return Err(AppError::Denied(Denial::NotAllowed { act: Act::ViewMain }));
        }
        if !is_copied(paper) {
            let code = if paper.file.pages == 0 { "bundle.no_pages" } else { "bundle.too_large" };
            return Err(AppError::Invalid(vec![("material".to_owned(), code.to_owned())]));
        }
        self.refuse_infected(&paper.file.sha256).await?;
        let leaf = |page| ComposedLeaf { source: 0, page, turn: 0, skew_tenths: 0 };
        let leaves: Vec<ComposedLeaf> = (1..=paper.file.pages).map(leaf).collect();
        let letters = self.letters_of([(&paper.file, 0)]).await?;
        let mark = self.marked(actor, &letters.told(COPY, without_text)).await?;
        let binding = Binding { letters: letters.laid, mark: Some(mark), ..Binding::default() };
        let pdf = self.ports().reading.bind(&[self.kept(&paper.file.sha256)?], &leaves, &binding).await?;
        self.took_away(actor, (case.id, paper.id), rule).await?;
        Ok(pdf)
    }

    async fn took_away(&self, actor: &Actor, (case, paper): (CaseId, MaterialId), rule: &str) -> Result<(), AppError> {
        let Actor::Person { id: reader, post, .. } = actor else { return Ok(()) };
        self.record_look(AccessEvent::Looked {
            reader: *reader,
            post: *post,
            look: Look::Download,
            case: Some(case),
            material: Some(paper),
            pages: vec![],
            words: Some(COPY.to_owned()),
            rule: rule.to_owned(),
        })
        .await
    }

    /// What was recognised on files that are put together, each with the leaf where its pages begin (from 0).
    pub(crate) async fn letters_of(
        &self,
        files: impl IntoIterator<Item = (&FileRef, usize)>,
    ) -> Result<Letters, AppError> {
        let (mut letters, mut left_bytes) = (Letters::default(), MOST_LETTERS);
        for (file, first_leaf) in files {
            if may_be_scan(file) {
                letters.lay(self.recognised(&file.sha256).await?, first_leaf, &mut left_bytes);
            }
        }
        Ok(letters)
    }

    /// Who takes something now, as it stands at the foot of its pages.
    pub(crate) async fn marked(&self, actor: &Actor, what: &str) -> Result<String, AppError> {
        let name = match actor.person() {
            Some(person) => self.person(person).await?.map(|person| person.name).unwrap_or_default(),
            None => String::new(),
        };
        Ok(mark(what, &name, self.ports().clock.now()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ports::TextRun, scans::RecognisedBy};

    fn page(words: &str) -> Recognised {
        let run = TextRun { text: words.to_owned(), x: 0.1, y: 0.1, w: 0.5, h: 0.02, ..TextRun::default() };
        let runs = if words.is_empty() { vec![] } else { vec![run] };
        Recognised { turn: 90, skew: 0.0, runs, by: RecognisedBy::Networks }
    }

    #[test]
    fn the_mark_tells_the_minute_by_the_courts_clock() {
        let at = "2026-03-02T16:05:59Z".parse().expect("a moment");
        assert_eq!(mark("阅读副本", "甲", at), "阅读副本 甲 2026-03-03 00:05");
        assert_eq!(mark("", "甲", at), "甲 2026-03-03 00:05");
    }

    #[test]
    fn words_lie_on_the_leaf_of_their_page_and_pages_without_words_have_none() {
        let recognised = BTreeMap::from([(1, page("")), (2, page("借条")), (3, page("收条"))]);
        let mut left = usize::MAX;
        let mut letters = Letters::default();
        letters.lay(recognised, 5, &mut left);
        let told: Vec<(usize, u16, &str)> =
            letters.laid.iter().map(|it| (it.leaf, it.turn, it.runs[0].text.as_str())).collect();
        assert_eq!(told, [(6, 90, "借条"), (7, 90, "收条")]);
    }

    #[test]
    fn more_words_than_one_pdf_takes_are_left_out_from_the_first_that_does_not_fit() {
        let recognised = BTreeMap::from([(1, page("借条")), (2, page(&"字".repeat(100))), (3, page("收条"))]);
        let mut left = LINE_BYTES + 200;
        let mut letters = Letters::default();
        letters.lay(recognised, 4, &mut left);
        letters.lay(BTreeMap::from([(1, page("另一份"))]), 7, &mut left);
        assert_eq!(
            (letters.laid.len(), letters.left_out_from, left),
            (1, Some(6), 0),
            "on the second page of the file"
        );
        assert_eq!(letters.told("副本", |page| format!("第{page}页起没有文字")), "副本 第6页起没有文字");
        let (mut whole, mut left) = (Letters::default(), usize::MAX);
        whole.lay(BTreeMap::from([(1, page("借条"))]), 0, &mut left);
        assert_eq!(whole.told("副本", |_| "not all".to_owned()), "副本");
    }
}
