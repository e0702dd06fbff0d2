//! Making a copy that hides something (遮盖副本): what is meant to be hidden is working data of whoever makes the copy;
//! the copy is drawn in the confined process, read again, and taken into the file only if nothing of it is left.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use xiezhi_documents::elements::{self, What};
use xiezhi_domain::{
    Refusal,
    access::{self, Act},
    annotation::{Area, SIDE},
    case::CaseState,
    command::CaseCommand,
    ids::{CaseId, CommandId, MaterialId, PersonId},
    law::identity::IdCardNo,
    material::{
        Hidden, HidingGround, Material, MaterialCommand, MaterialRefusal, Redaction, check_copy, check_redaction,
    },
    people::Actor,
};

use crate::{
    App, AppError,
    cases::Decided,
    ports::{Blot, KeptFile, PageText, Source},
    texts::{self, Spot},
};

const INTENDED: &str = "redaction";
const INTENDED_DAYS: i64 = 30;
/// Most words and boxes of one copy; the places that words stand at are counted apart.
const MOST_INTENDED: usize = 500;
/// Longest word, in characters.
const LONGEST_WORD: usize = 100;
/// What is hidden reaches so far beyond its letters, in their size: where a letter begins is measured or reckoned,
/// and its strokes stand out of its box. Of an X that ended a number, the feet were left to be seen.
const BEYOND: f32 = 0.15;

/// What someone means to hide in a copy of a paper.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Intended {
    /// Words that are hidden wherever they stand.
    pub words: Vec<(String, HidingGround)>,
    /// Boxes.
    pub boxes: Vec<Hidden>,
    /// Personal data that were found and stay to be seen.
    pub left: BTreeSet<String>,
}

/// A change of what is meant to be hidden.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// A word is hidden wherever it stands.
    Word(String, HidingGround),
    /// A word is not hidden any more.
    DropWord(usize),
    /// A box is hidden.
    Box(Hidden),
    /// A box is not hidden any more.
    DropBox(usize),
    /// Personal data that were found stay to be seen.
    Leave(String),
    /// They are hidden after all.
    Hide(String),
}

impl Intended {
    fn changed(mut self, change: Change) -> Self {
        match change {
            Change::Word(word, ground) => {
                self.words.retain(|(known, _)| *known != word);
                self.words.push((word, ground));
            }
            Change::DropWord(at) if at < self.words.len() => {
                self.words.remove(at);
            }
            Change::Box(hidden) if !self.boxes.contains(&hidden) => self.boxes.push(hidden),
            Change::DropBox(at) if at < self.boxes.len() => {
                self.boxes.remove(at);
            }
            Change::Leave(written) => {
                self.left.insert(written);
            }
            Change::Hide(written) => {
                self.left.remove(&written);
            }
            Change::DropWord(_) | Change::DropBox(_) | Change::Box(_) => {}
        }
        self
    }

    fn is_within_limits(&self) -> bool {
        self.words.len() + self.boxes.len() + self.left.len() <= MOST_INTENDED
    }
}

/// Words or data, and where they stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sought {
    /// As they were typed, or stand there.
    pub written: String,
    /// Why they are hidden.
    pub ground: HidingGround,
    /// Whether they are.
    pub hidden: bool,
    /// Where they stand.
    pub places: Vec<Hidden>,
}

/// What a copy would hide, before it is made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preview {
    /// Personal data that were found, hidden unless somebody left them.
    pub found: Vec<Sought>,
    /// Words that were typed.
    pub words: Vec<Sought>,
    /// Boxes.
    pub boxes: Vec<Hidden>,
    /// Pages (from 1) without text, in which nothing can be found.
    pub without_text: Vec<u32>,
}

impl Preview {
    /// Every place that is hidden, once, in the order of the pages.
    pub fn hidden(&self) -> Vec<Hidden> {
        let sought = self.found.iter().chain(&self.words).filter(|sought| sought.hidden);
        let mut all: Vec<Hidden> = sought.flat_map(|sought| sought.places.clone()).chain(self.boxes.clone()).collect();
        all.sort_by_key(|hidden| (hidden.page, hidden.area.y, hidden.area.x, hidden.area.w, hidden.area.h));
        all.dedup_by_key(|hidden| (hidden.page, hidden.area));
        all
    }

    /// What was seen, in short: who confirms a copy says what of.
    pub fn digest(&self) -> String {
        let plain = serde_json::to_vec(&self.hidden()).expect("places are plain data");
        Sha256::digest(plain).iter().take(16).map(|byte| format!("{byte:02x}")).collect()
    }

    /// What may not be found in the copy any more, nor stand in its title.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        let sought = self.found.iter().chain(&self.words).filter(|sought| sought.hidden);
        sought.map(|sought| sought.written.as_str())
    }
}

fn note_id(person: PersonId, material: MaterialId) -> String {
    format!("{person}/{material}")
}

impl App {
    /// What `person` means to hide in a copy of a paper.
    pub async fn intended(&self, person: PersonId, material: MaterialId) -> Result<Intended, AppError> {
        Ok(self.note_of(INTENDED, &note_id(person, material), person).await?.unwrap_or_default())
    }

    /// Changes it.
    pub async fn intend(&self, person: PersonId, paper: &Material, change: Change) -> Result<(), AppError> {
        let fault = |field: &str, code: &str| AppError::Invalid(vec![(field.to_owned(), code.to_owned())]);
        match &change {
            Change::Word(word, _) if word.trim().is_empty() => return Err(fault("word", "input.required")),
            Change::Word(word, _) if word.chars().count() > LONGEST_WORD => {
                return Err(fault("word", "input.too_long"));
            }
            Change::Box(hidden) if !(1..=paper.file.pages).contains(&hidden.page) => {
                return Err(fault("page", "input.unknown_choice"));
            }
            _ => {}
        }
        let intended = self.intended(person, paper.id).await?.changed(change);
        if !intended.is_within_limits() {
            return Err(fault("word", "input.too_long"));
        }
        self.keep_note(INTENDED, &note_id(person, paper.id), person, &intended, INTENDED_DAYS).await
    }

    /// What a copy of a paper would hide.
    pub async fn preview_redaction(&self, case: &CaseState, paper: &Material, intended: &Intended) -> Preview {
        let layer = self.text_layer(&paper.file).await;
        let today = self.ports().clock.moment().today;
        let pages: Vec<String> = layer.iter().map(|page| texts::lines(&page.runs)).collect();
        let mut found = personal(&layer, &pages);
        let minors: BTreeSet<String> = minors_of(case, today).chain(elements::minors(&pages, today)).collect();
        found.extend(minors.iter().map(|name| sought(&layer, name, HidingGround::Minor)));
        found.retain(|sought| !sought.places.is_empty());
        for sought in &mut found {
            sought.hidden = !intended.left.contains(&sought.written);
        }
        let without_text = (1..).zip(layer.iter()).filter(|(_, page)| is_without_text(page)).map(|(no, _)| no);
        Preview {
            found,
            words: intended.words.iter().map(|(word, ground)| sought(&layer, word, *ground)).collect(),
            boxes: intended.boxes.clone(),
            without_text: without_text.collect(),
        }
    }

    /// Makes the copy that was seen as `seen`, and takes it into the file.
    ///
    /// # Errors
    /// A [`MaterialRefusal`] when something changed since it was seen, or the copy would still say what it must not.
    pub async fn redact(
        &self,
        id: CaseId,
        actor: &Actor,
        command_id: CommandId,
        (from, material): (MaterialId, MaterialId),
        (seen, title): (&str, &str),
    ) -> Result<Decided, AppError> {
        let (case, reader) = self.view(id, actor).await?;
        access::may(&reader, Act::RedactPaper, case.stage).map_err(AppError::Denied)?;
        let person = actor.person().ok_or(AppError::NotFound)?;
        let paper = case.materials.get(&from).filter(|paper| access::may_see(&reader, &case, paper));
        let paper = paper.ok_or(AppError::NotFound)?;
        let preview = self.preview_redaction(&case, paper, &self.intended(person, from).await?).await;
        let hidden = preview.hidden();
        check_redaction(&case, from, &paper.file.sha256, &hidden).map_err(Refusal::from)?;
        if preview.words().any(|word| title.contains(word)) {
            return Err(AppError::Invalid(vec![("title".to_owned(), "input.says_hidden".to_owned())]));
        }
        if preview.digest() != seen {
            return Err(Refusal::from(MaterialRefusal::ChangedMeanwhile).into());
        }
        let copy = self.ports().reading.redact(&self.kept(&paper.file.sha256)?, &blots(&hidden)).await?;
        let left = self.left_in(copy.clone(), &preview, &hidden).await?;
        check_copy(&left).map_err(Refusal::from)?;
        let file = self.keep(copy, "application/pdf", format!("{title}.pdf"), paper.file.pages).await?;
        let (from_sha256, title) = (paper.file.sha256.clone(), title.to_owned());
        let made = Redaction { from, from_sha256, title, file, hidden };
        self.decide(id, actor, command_id, CaseCommand::Material(MaterialCommand::Redact { material, made })).await
    }

    /// The pages of a copy on which something is left of what it must not say: words anywhere, or any letter where a
    /// box lies.
    async fn left_in(&self, copy: Vec<u8>, preview: &Preview, hidden: &[Hidden]) -> Result<Vec<u32>, AppError> {
        let layer = self.ports().reading.texts(&KeptFile::made(copy)).await?;
        let says = |no: u32, page: &PageText| {
            preview.words().any(|word| !texts::find(&page.runs, word).is_empty())
                || hidden.iter().any(|hidden| hidden.page == no && has_letters(page, hidden.area))
        };
        Ok((1..).zip(&layer).filter(|(no, page)| says(*no, page)).map(|(no, _)| no).collect())
    }
}

/// ID numbers, telephones and accounts, each value once with all its places.
fn personal(layer: &[PageText], pages: &[String]) -> Vec<Sought> {
    let ground = |what: &What| match what {
        What::IdNumber { .. } => Some(HidingGround::IdNumber),
        What::Phone => Some(HidingGround::Phone),
        What::Account => Some(HidingGround::Account),
        _ => None,
    };
    let mut told = BTreeSet::new();
    let said = elements::read(pages).into_iter().filter_map(|element| Some((ground(&element.what)?, element.written)));
    let once = said.filter(|(_, written)| told.insert(written.clone()));
    once.collect::<Vec<_>>().iter().map(|(ground, written)| sought(layer, written, *ground)).collect()
}

/// Parties who are minors.
fn minors_of(case: &CaseState, today: Date) -> impl Iterator<Item = String> {
    let born = move |party: &xiezhi_domain::party::Party| {
        let by_number = || party.id_no.as_deref().and_then(|number| IdCardNo::parse(number, today).ok());
        party.birth_on.or_else(|| by_number().map(|number| number.birth_on()))
    };
    let is_minor =
        move |party: &&xiezhi_domain::party::Party| born(party).is_some_and(|on| elements::is_minor(on, today));
    case.parties_in_order().filter(is_minor).map(|party| party.name.clone())
}

/// Where words stand on the pages as they are drawn.
fn sought(layer: &[PageText], written: &str, ground: HidingGround) -> Sought {
    let on_page = |(page, text): (u32, &PageText)| {
        let spots = texts::find(&text.runs, written).into_iter().flat_map(|found| found.spots);
        let turn = text.turn;
        let size = if text.turn % 180 == 0 { (text.width, text.height) } else { (text.height, text.width) };
        let places = spots.map(move |spot| {
            let spot = texts::turned_back(beyond(spot, size), turn);
            Hidden { page, area: area(spot), ground }
        });
        places.collect::<Vec<_>>()
    };
    let places = (1..).zip(layer).flat_map(on_page).collect();
    Sought { written: written.to_owned(), ground, hidden: true, places }
}

/// A place with a little more on each side along its line, on a page of this width and height.
fn beyond(spot: Spot, (width, height): (f32, f32)) -> Spot {
    let (across, down) = (spot.w * width, spot.h * height);
    let is_downward = down > across * 1.6;
    if is_downward {
        let more = across * BEYOND / height.max(1.0);
        return Spot { y: spot.y - more, h: spot.h + more * 2.0, ..spot };
    }
    let more = down * BEYOND / width.max(1.0);
    Spot { x: spot.x - more, w: spot.w + more * 2.0, ..spot }
}

/// A place in whole ten-thousandths, never smaller than it is, never off the page.
fn area(spot: Spot) -> Area {
    let side = f32::from(SIDE);
    let low = |share: f32| (share * side).floor().clamp(0.0, side - 1.0) as u16;
    let (x, y) = (low(spot.x), low(spot.y));
    let length = |from: u16, end: f32| (((end * side).ceil().min(side)) as u16).saturating_sub(from).max(1);
    Area { x, y, w: length(x, spot.x + spot.w), h: length(y, spot.y + spot.h) }
}

fn blots(hidden: &[Hidden]) -> Vec<Blot> {
    let share = |part: u16| f32::from(part) / f32::from(SIDE);
    let blot = |Hidden { page, area, .. }: &Hidden| {
        let spot = Spot { x: share(area.x), y: share(area.y), w: share(area.w), h: share(area.h) };
        Blot { page: *page, spot }
    };
    hidden.iter().map(blot).collect()
}

/// Whether the middle of a letter lies in the area.
fn has_letters(page: &PageText, area: Area) -> bool {
    let share = |part: u16| f32::from(part) / f32::from(SIDE);
    let (x, y, w, h) = (share(area.x), share(area.y), share(area.w), share(area.h));
    let lies_in = |spot: Spot| {
        let (middle_x, middle_y) = (spot.x + spot.w / 2.0, spot.y + spot.h / 2.0);
        (x..x + w).contains(&middle_x) && (y..y + h).contains(&middle_y)
    };
    page.runs.iter().any(|run| {
        let letters = run.text.chars().enumerate().filter(|(_, letter)| !letter.is_whitespace());
        letters.map(|(at, _)| texts::part_of(run, at, at + 1)).any(lies_in)
    })
}

fn is_without_text(page: &PageText) -> bool {
    page.runs.is_empty() || page.source == Source::Awaited
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::TextRun;

    fn page(text: &str) -> PageText {
        let run = TextRun { text: text.to_owned(), x: 0.1, y: 0.5, w: 0.5, h: 0.02, ..TextRun::default() };
        PageText { width: 595.0, height: 842.0, runs: vec![run], ..PageText::default() }
    }

    #[test]
    fn a_place_covers_what_it_is_measured_of_and_stays_on_the_page() {
        let area = area(Spot { x: 0.123_46, y: 0.999_99, w: 0.1, h: 0.1 });
        assert_eq!((area.x, area.y), (1_234, 9_999));
        assert!(area.x + area.w >= 2_235 && area.y + area.h == SIDE, "{area:?}");
    }

    #[test]
    fn what_is_hidden_reaches_beyond_the_boxes_of_its_letters() {
        let layer = [page("号码37069119860315023X，电话")];
        let written = "37069119860315023X";
        let measured = texts::find(&layer[0].runs, written)[0].spots[0];
        let Area { x, w, .. } = sought(&layer, written, HidingGround::IdNumber).places[0].area;
        let (from, until) = (f32::from(x) / 10_000.0, f32::from(x + w) / 10_000.0);
        let em = 0.02 * 842.0 / 595.0;
        assert!(from < measured.x - em * 0.14 && until > measured.x + measured.w + em * 0.14, "{from} {until}");
        assert!(from > measured.x - em * 0.2, "a whole letter beside it is hidden too: {from}");
    }

    #[test]
    fn every_hit_of_a_word_is_a_place() {
        let layer = [page("贾小孩与贾大人"), page("无关"), page("贾小孩")];
        let found = sought(&layer, "贾小孩", HidingGround::Minor);
        assert_eq!(found.places.iter().map(|place| place.page).collect::<Vec<_>>(), [1, 3]);
    }

    #[test]
    fn personal_data_are_told_once_with_all_their_places() {
        let layer = [page("电话13800138000"), page("联系13800138000")];
        let pages: Vec<String> = layer.iter().map(|page| texts::lines(&page.runs)).collect();
        let found = personal(&layer, &pages);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].ground, found[0].places.len()), (HidingGround::Phone, 2));
    }

    #[test]
    fn a_letter_in_a_box_is_found_and_one_beside_it_is_not() {
        let layer = page("甲乙丙丁戊");
        assert!(has_letters(&layer, Area { x: 2_900, y: 4_900, w: 1_200, h: 400 }));
        assert!(!has_letters(&layer, Area { x: 6_500, y: 4_900, w: 1_200, h: 400 }));
    }
}
