//! Contents on paper and bundles (目录打印、材料汇编): what a reader may see of a file, in the order of its catalogue or
//! as they arrange it, in one PDF with an index that leads to its pages. Derived, never an original; that it left is on
//! the log of looks before it does.

use std::sync::Arc;

use xiezhi_documents::{
    bundling::{self, Contents, Line},
    structure::Document,
};
use xiezhi_domain::{
    access::{self, Act, Reader},
    case::CaseState,
    ids::{CaseId, MaterialId},
    material::{Material, Place},
    paper::{PaperKind, Volume},
    people::Actor,
};

use crate::{
    App, AppError,
    access::{AccessEvent, Look},
    papers::place_in_catalogue,
    ports::{Binding, ComposedLeaf, Heading, KeptFile, LinkTo, PageText},
    texts,
};

/// Most pages of a bundle, and most bytes of what goes into it.
pub const MOST_PAGES: u32 = 3_000;
const MOST_BYTES: u64 = 200 * 1024 * 1024;
/// How often the index is printed until its own length is right.
const PRINTS: usize = 4;
/// Letters by which a line of the index is found on it.
const SOUGHT: usize = 8;

/// What a bundle is made of, and how it is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// The papers, in order.
    pub materials: Vec<MaterialId>,
    /// What it is called.
    pub title: String,
    /// For what it is made.
    pub purpose: String,
}

/// What a paper needs to go into a bundle, and into a list of contents.
pub fn is_bound(reader: &Reader, case: &CaseState, paper: &Material) -> bool {
    let there = matches!(paper.place, Place::InFile) && paper.erased_on.is_none();
    there && access::may_take_away(reader, case, paper)
}

/// Papers of a volume in the order of its catalogue, as far as `reader` may see them.
fn of_volume<'a>(case: &'a CaseState, reader: &Reader, volume: Volume) -> Vec<&'a Material> {
    let frame = [PaperKind::Cover, PaperKind::Contents, PaperKind::ReferenceSheet];
    let there =
        |paper: &&Material| paper.place == Place::InFile && paper.volume == volume && !frame.contains(&paper.kind);
    let seen = case.materials_in_order().filter(there).filter(|paper| access::may_see(reader, case, paper));
    let mut papers: Vec<&Material> = seen.collect();
    papers.sort_by_key(|paper| place_in_catalogue(paper.kind));
    papers
}

/// Lines of contents whose papers begin at page `first`.
fn lines(papers: &[&Material], first: u32) -> Vec<Line> {
    let mut next = first;
    let line = |paper: &&Material| {
        let first_page = next;
        next += paper.file.pages.max(1);
        Line {
            title: paper.title.clone(),
            on: paper.received_on,
            first_page,
            pages: paper.file.pages,
            secondary: paper.volume == Volume::Secondary,
        }
    };
    papers.iter().map(line).collect()
}

impl App {
    /// The contents of a volume (目录), printed: what the reader may see of it, pages numbered through.
    pub async fn print_contents(&self, id: CaseId, actor: &Actor, volume: Volume) -> Result<Vec<u8>, AppError> {
        let (case, reader) = self.view(id, actor).await?;
        let act = if volume == Volume::Main { Act::ViewMain } else { Act::ViewSecondary };
        let rule = access::may(&reader, act, case.stage).map_err(|_| AppError::NotFound)?;
        let inside = reader.is_inside();
        if volume == Volume::Secondary && !inside {
            return Err(AppError::NotFound);
        }
        let lines = lines(&of_volume(&case, &reader, volume), 1);
        let title = if volume == Volume::Main { "卷内目录（正卷）" } else { "卷内目录（副卷）" };
        let made_by = self.made_by(actor).await?;
        let purpose = if inside { "" } else { "当事人可见材料" };
        let document = self.listed(&case, &lines, (title, purpose, &made_by), bundling::contents);
        let (pdf, pages) = self.printed(document).await?;
        let leaves: Vec<ComposedLeaf> = (1..=pages).map(|page| leaf(0, page)).collect();
        let binding = Binding { mark: Some(self.marked(actor, "").await?), ..Binding::default() };
        let pdf = self.ports().reading.bind(&[KeptFile::made(pdf)], &leaves, &binding).await?;
        self.left(actor, id, None, title, rule).await?;
        Ok(pdf)
    }

    /// A bundle of chosen papers (材料汇编). `without_text` says to its reader from which page on what was recognised is
    /// left out, where it is too much for one PDF.
    ///
    /// # Errors
    /// [`AppError::NotFound`] where one of them is not the reader's to take away, and [`AppError::Invalid`] where nothing
    /// was chosen or it would be too much.
    pub async fn bind(
        &self,
        id: CaseId,
        actor: &Actor,
        wanted: &Wanted,
        without_text: impl Fn(u32) -> String,
    ) -> Result<Vec<u8>, AppError> {
        let (case, reader) = self.view(id, actor).await?;
        let rule = access::may(&reader, Act::ViewMain, case.stage).map_err(|_| AppError::NotFound)?;
        let chosen: Option<Vec<&Material>> = wanted.materials.iter().map(|id| case.materials.get(id)).collect();
        let chosen = chosen.ok_or(AppError::NotFound)?;
        if !chosen.iter().all(|paper| is_bound(&reader, &case, paper)) {
            return Err(AppError::NotFound);
        }
        check(&chosen)?;
        let made_by = self.made_by(actor).await?;
        let title = if wanted.title.is_empty() { "材料汇编" } else { wanted.title.as_str() };
        let about = (title, wanted.purpose.as_str(), made_by.as_str());
        let (index, lines, own_pages) = self.index(&case, &chosen, about).await?;
        let index = KeptFile::made(index);
        let places = self.ports().reading.texts(&index).await?;
        let mut files = vec![index];
        let mut leaves: Vec<ComposedLeaf> = (1..=own_pages).map(|page| leaf(0, page)).collect();
        let mut scans = vec![];
        for paper in &chosen {
            self.refuse_infected(&paper.file.sha256).await?;
            scans.push((&paper.file, leaves.len()));
            leaves.extend((1..=paper.file.pages).map(|page| leaf(files.len(), page)));
            files.push(self.opened(&paper.file.sha256).await?);
        }
        let own = Heading { title: "目录".to_owned(), level: 1, page: 1 };
        let heading = |line: &Line| {
            let title = if line.secondary { format!("〔副卷〕{}", line.title) } else { line.title.clone() };
            Heading { title, level: 1, page: line.first_page }
        };
        let headings = std::iter::once(own).chain(lines.iter().map(heading)).collect();
        let letters = self.letters_of(scans).await?;
        let mark = Some(self.marked(actor, &letters.told("", without_text)).await?);
        let links = links(&places, &lines);
        let binding = Binding { numbered: true, headings, links, letters: letters.laid, mark };
        let pdf = self.ports().reading.bind(&files, &leaves, &binding).await?;
        for paper in &chosen {
            self.left(actor, id, Some(paper.id), title, rule).await?;
        }
        Ok(pdf)
    }

    /// The index with the lines that it holds and its own number of pages: printed until its length counts itself.
    async fn index(
        &self,
        case: &CaseState,
        chosen: &[&Material],
        about: (&str, &str, &str),
    ) -> Result<(Vec<u8>, Vec<Line>, u32), AppError> {
        let mut own_pages = 1;
        for _ in 0..PRINTS {
            let lines = lines(chosen, own_pages + 1);
            let (pdf, pages) = self.printed(self.listed(case, &lines, about, bundling::index)).await?;
            if pages == own_pages {
                return Ok((pdf, lines, own_pages));
            }
            own_pages = pages;
        }
        Err(AppError::Busy)
    }

    fn listed(
        &self,
        case: &CaseState,
        lines: &[Line],
        (title, purpose, made_by): (&str, &str, &str),
        write: impl Fn(&Contents<'_>) -> Document,
    ) -> Document {
        let today = self.ports().clock.moment().today;
        let settings = self.rules(today).settings;
        let document = write(&Contents {
            court: &settings.court_name,
            title,
            number: &case.number.as_ref().map(ToString::to_string).unwrap_or_default(),
            parties: &case.short_title(),
            purpose,
            made_by,
            made_on: today,
            lines,
        });
        Document { watermark: settings.demonstration.then(|| "演示".to_owned()), ..document }
    }

    async fn printed(&self, document: Document) -> Result<(Vec<u8>, u32), AppError> {
        let press = Arc::clone(&self.ports().press);
        let printed = tokio::task::spawn_blocking(move || press.print(&document));
        let printed = printed.await.map_err(|fault| AppError::failed("the press", fault))??;
        Ok((printed.pdf, printed.pages))
    }

    /// Who made it, as it stands on it.
    async fn made_by(&self, actor: &Actor) -> Result<String, AppError> {
        let Some(person) = actor.person() else { return Ok(String::new()) };
        Ok(self.person(person).await?.map(|person| person.name).unwrap_or_default())
    }

    /// That something is about to leave.
    async fn left(
        &self,
        actor: &Actor,
        case: CaseId,
        material: Option<MaterialId>,
        title: &str,
        rule: &str,
    ) -> Result<(), AppError> {
        let Actor::Person { id: reader, post, .. } = actor else { return Ok(()) };
        self.record_look(AccessEvent::Looked {
            reader: *reader,
            post: *post,
            look: Look::Export,
            case: Some(case),
            material,
            pages: vec![],
            words: Some(title.to_owned()),
            rule: rule.to_owned(),
        })
        .await
    }
}

fn leaf(source: usize, page: u32) -> ComposedLeaf {
    ComposedLeaf { source, page, turn: 0, skew_tenths: 0 }
}

fn check(chosen: &[&Material]) -> Result<(), AppError> {
    let fault = |code: &str| Err(AppError::Invalid(vec![("material".to_owned(), code.to_owned())]));
    let pages: u32 = chosen.iter().map(|paper| paper.file.pages).sum();
    let size_bytes: u64 = chosen.iter().map(|paper| paper.file.size_bytes).sum();
    match chosen {
        [] => fault("input.nothing_chosen"),
        _ if chosen.iter().any(|paper| paper.file.pages == 0) => fault("bundle.no_pages"),
        _ if pages > MOST_PAGES || size_bytes > MOST_BYTES => fault("bundle.too_large"),
        _ => Ok(()),
    }
}

/// Where the lines of the index stand on it, each leading to its paper: found in order by the letters of its title.
fn links(index: &[PageText], lines: &[Line]) -> Vec<LinkTo> {
    let mut links = vec![];
    let mut from = (0, 0.0);
    for line in lines {
        let sought: String = line.title.chars().filter(|letter| !letter.is_whitespace()).take(SOUGHT).collect();
        let found = index.iter().enumerate().skip(from.0).find_map(|(at, page)| {
            let below = |y: f32| at > from.0 || y > from.1;
            let spots = texts::find(&page.runs, &sought).into_iter().filter_map(|found| found.spots.first().copied());
            let first = spots.filter(|spot| below(spot.y)).min_by(|one, other| one.y.total_cmp(&other.y));
            first.map(|spot| (at, spot))
        });
        let Some((at, spot)) = found else { continue };
        from = (at, spot.y);
        let page = u32::try_from(at + 1).unwrap_or(u32::MAX);
        links.push(LinkTo { page, spot: texts::Spot { x: 0.1, w: 0.8, ..spot }, to: line.first_page });
    }
    links
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::TextRun;

    fn run(text: &str, y: f32) -> TextRun {
        TextRun { text: text.to_owned(), x: 0.2, y, w: 0.3, h: 0.02, ..TextRun::default() }
    }

    fn line(title: &str, first_page: u32) -> Line {
        Line { title: title.to_owned(), on: jiff::civil::date(2026, 3, 2), first_page, pages: 1, secondary: false }
    }

    #[test]
    fn lines_with_the_same_title_lead_each_to_its_own_paper() {
        let page = |runs| PageText { width: 595.0, height: 842.0, runs, ..PageText::default() };
        let index = [page(vec![run("借条", 0.3), run("借条", 0.4)]), page(vec![run("收条", 0.1)])];
        let links = links(&index, &[line("借条", 3), line("借条", 4), line("收条", 5)]);
        let told: Vec<(u32, u32)> = links.iter().map(|link| (link.page, link.to)).collect();
        assert_eq!(told, [(1, 3), (1, 4), (2, 5)]);
        assert!(links[0].spot.y < links[1].spot.y);
    }
}
