//! One page as it is read: its image, its text in its place, what was found on it, what was noted on it. All of it is
//! one drawing, so that it grows, turns and prints as one, without a script or a style of its own.

use xiezhi_app::{
    ports::{PageText, Source},
    texts::{self, Spot, turned_back},
};
use xiezhi_domain::ids::{CaseId, MaterialId};

use crate::{
    capability::{annotation::NoteView, prelude_of_cases::route},
    frame::prelude::*,
    http::{prelude::*, showing::PageParts},
    messages::{
        day,
        material::{self as words, Key},
        t,
    },
};

/// The width of the drawing's own measure.
const WIDE: f32 = 1000.0;
/// A sheet whose measures nobody knows is drawn as A4.
const A4: (f32, f32) = (595.0, 842.0);
/// The width of the image that comes first: readable, and a fifth of the bytes.
const SOON_PX: u32 = 480;

/// A piece of text and where it stands, in shares of the page.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct RunView {
    /// The text.
    pub text: String,
    /// Where, on the page once it is turned as its text wants it.
    #[serde(flatten)]
    pub spot: Spot,
    /// Where each letter begins, in thousandths of the width; of recognised text alone.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub starts: Vec<u16>,
    /// The letters, counted from zero, that may be others; of recognised text alone.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unsure: Vec<u16>,
}

/// A page of a paper.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct LeafView {
    /// The case.
    pub case: CaseId,
    /// The paper.
    pub material: MaterialId,
    /// Its title.
    pub title: String,
    /// The page, from 1.
    pub page: u32,
    /// Of how many.
    pub pages: u32,
    /// Width and height in points; of a picture in pixels.
    pub size: (f32, f32),
    /// How it is turned, in degrees clockwise: as the reader turned it, else as its text wants it.
    pub turn: u16,
    /// How its text wants it turned.
    pub text_turn: u16,
    /// Where its text comes from.
    pub source: Source,
    /// Its text; none of a scan.
    pub runs: Vec<RunView>,
    /// Where the words looked for stand, hit by hit.
    pub hits: Vec<Vec<Spot>>,
    /// What was noted on it, as far as the reader may read it.
    pub notes: Vec<NoteView>,
}

/// What a page is shown with.
#[derive(Clone, Copy, Debug, Default)]
pub struct With {
    /// The hit in the light, by its number on this page.
    pub hit: Option<usize>,
}

impl LeafView {
    /// A page with its text and the places of `sought`.
    pub fn of(case: CaseId, material: MaterialId, title: &str, at: (u32, u32), text: Option<&PageText>, sought: &str) -> Self {
        let runs = text.map(|text| text.runs.as_slice()).unwrap_or_default();
        let turn = text.map_or(0, |text| text.turn);
        let on_page = |spots: Vec<Spot>| spots.into_iter().map(|spot| turned_back(spot, turn)).collect();
        let hits = texts::find(runs, sought).into_iter().map(|found| on_page(found.spots)).collect();
        let view = |run: &xiezhi_app::ports::TextRun| RunView {
            text: run.text.clone(),
            spot: Spot { x: run.x, y: run.y, w: run.w, h: run.h },
            starts: run.starts.clone(),
            unsure: run.unsure.clone(),
        };
        Self {
            case,
            material,
            title: title.to_owned(),
            page: at.0,
            pages: at.1,
            size: text.map_or(A4, |text| (text.width, text.height)),
            turn,
            text_turn: turn,
            source: text.map(|text| text.source).unwrap_or_default(),
            runs: runs.iter().map(view).collect(),
            hits,
            notes: vec![],
        }
    }

    /// As the reader turned it.
    pub fn turned(self, degrees: Option<&u16>) -> Self {
        Self { turn: degrees.copied().unwrap_or(self.turn), ..self }
    }

    /// With what was noted on it.
    pub fn with_notes(self, notes: impl Iterator<Item = NoteView>) -> Self {
        let (page, material) = (self.page, self.material);
        let own = notes.filter(|note| note.page == page && note.material == material && !note.withdrawn);
        Self { notes: own.collect(), ..self }
    }

    /// The text of the page, line by line.
    pub fn text(&self) -> String {
        texts::lines(&self.runs.iter().map(RunView::run).collect::<Vec<_>>())
    }

    /// What a reader must know of its text.
    pub fn caution(&self) -> Option<Key> {
        match self.source {
            Source::Recognised if !self.runs.is_empty() => Some(Key::Recognised),
            Source::Awaited => Some(Key::Awaited),
            _ => None,
        }
    }

    fn tall(&self) -> f32 {
        let (width, height) = self.size;
        (WIDE * height.max(1.0) / width.max(1.0)).clamp(50.0, 20_000.0).round()
    }

    /// The frame of the drawing, and how its content is turned within it.
    fn frame(&self) -> (String, Option<String>) {
        let tall = self.tall();
        match self.turn % 360 {
            90 => (format!("0 0 {tall} {WIDE}"), Some(format!("translate({tall} 0) rotate(90)"))),
            180 => (format!("0 0 {WIDE} {tall}"), Some(format!("translate({WIDE} {tall}) rotate(180)"))),
            270 => (format!("0 0 {tall} {WIDE}"), Some(format!("translate(0 {WIDE}) rotate(270)"))),
            _ => (format!("0 0 {WIDE} {tall}"), None),
        }
    }

    /// How letters of a page that lies on its side or its head are laid on it, and their own width and height.
    fn lettering(&self) -> (Option<String>, f32, f32) {
        let tall = self.tall();
        match self.text_turn % 360 {
            90 => (Some(format!("rotate(-90) translate({} 0)", -tall)), tall, WIDE),
            180 => (Some(format!("rotate(180) translate({} {})", -WIDE, -tall)), WIDE, tall),
            270 => (Some(format!("rotate(90) translate(0 {})", -WIDE)), tall, WIDE),
            _ => (None, WIDE, tall),
        }
    }

    /// The page; who reads it and when stands under it.
    pub fn show(&self, to: &Showing, with: With) -> Markup {
        let lang = to.lang();
        let (frame, turned) = self.frame();
        let zoom = to.look.reading.zoom;
        let reader = to.person.as_ref().map_or("", |person| person.name.as_str());
        html! {
            figure id={ "p" (self.page) } class={ "leaf zoom-" (zoom.code()) } data-page=(self.page) data-turn=(self.turn) {
                div.stacked {
                    svg.page viewBox=(frame) role="img" aria-label=(words::page_alt(lang, &self.title, self.page)) {
                        g transform=[turned.as_deref()] { (self.image(zoom)) (self.found(with.hit)) (self.letters()) }
                    }
                    svg.marks viewBox=(frame) id={ "marks-" (self.page) } data-live={ "case:" (self.case) } data-live-from={ (self.own()) "/leaves/" (self.page) } aria-hidden="true" {
                        g transform=[turned.as_deref()] { @for note in &self.notes { (note.drawn(WIDE, self.tall())) } }
                    }
                }
                figcaption.faint.small { (words::read_by(lang, reader, &day(to.today))) @if let Some(caution) = self.caution() { " · " (t(lang, caution)) } span.push { (words::page_of(lang, self.page, self.pages)) } }
            }
        }
    }

    fn own(&self) -> String {
        route(self.case, &format!("/file/{}", self.material))
    }

    /// The page in two sizes: one soon, one sharp over it.
    fn image(&self, zoom: Zoom) -> Markup {
        let src = |width: u32| format!("{}/pages/{}.jpg?w={width}", self.own(), self.page);
        let sharp = match zoom {
            Zoom::Double | Zoom::Triple => 2000,
            Zoom::OneAndAHalf => 1400,
            _ => 900,
        };
        html! {
            rect.ground width=(WIDE) height=(self.tall()) {}
            image.soon href=(src(SOON_PX)) width=(WIDE) height=(self.tall()) preserveAspectRatio="none" {}
            image.sharp href=(src(sharp)) width=(WIDE) height=(self.tall()) preserveAspectRatio="none" {}
        }
    }

    fn found(&self, here: Option<usize>) -> Markup {
        let boxes = self.hits.iter().enumerate().flat_map(|(at, spots)| spots.iter().map(move |spot| (at, spot)));
        html! {
            @for (at, spot) in boxes {
                rect.hit.here[here == Some(at)] x=(spot.x * WIDE) y=(spot.y * self.tall()) width=(spot.w * WIDE) height=(spot.h * self.tall()) rx="3" {}
            }
        }
    }

    /// The letters lie unseen over their image, so that they can be chosen with a mouse; those that may be others are
    /// underlined.
    fn letters(&self) -> Markup {
        let (turned, wide, tall) = self.lettering();
        html! {
            g transform=[turned] {
                @for (at, run) in self.runs.iter().enumerate() {
                    @let Spot { x, y, w, h } = run.spot;
                    text.run data-run=(at) data-starts=[run.places()] x=(x * wide) y=((y + h * 0.8) * tall) font-size=(size(run, (wide, tall))) textLength=[(w > 0.0).then_some(w * wide)] lengthAdjust="spacingAndGlyphs" { (run.text) }
                    @for spot in run.doubts() { line.doubt x1=(spot.x * wide) x2=((spot.x + spot.w) * wide) y1=((spot.y + spot.h) * tall) y2=((spot.y + spot.h) * tall) {} }
                }
            }
        }
    }
}

impl RunView {
    fn run(&self) -> xiezhi_app::ports::TextRun {
        let Spot { x, y, w, h } = self.spot;
        let (starts, unsure) = (self.starts.clone(), self.unsure.clone());
        xiezhi_app::ports::TextRun { text: self.text.clone(), x, y, w, h, starts, unsure }
    }

    /// Where its letters begin, for the script that chooses some of them.
    fn places(&self) -> Option<String> {
        let places = self.starts.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
        (!places.is_empty()).then_some(places)
    }

    /// Where letters stand that may be others; neighbours are one place.
    fn doubts(&self) -> Vec<Spot> {
        let run = self.run();
        let neighbours = self.unsure.chunk_by(|one, next| one + 1 == *next);
        let place = |some: &[u16]| texts::part_of(&run, some[0].into(), usize::from(some[some.len() - 1]) + 1);
        neighbours.map(place).collect()
    }
}

/// The size of the letters of a run; a line that runs downwards is as large as it is wide.
fn size(run: &RunView, (wide, tall): (f32, f32)) -> f32 {
    let Spot { w, h, .. } = run.spot;
    (h * tall).min(w * wide * 1.5).max(1.0)
}

impl View for LeafView {
    fn page(&self, to: &Showing) -> Markup {
        let file = self.own();
        let back = (t(to.lang(), Key::BackToPapers), file.as_str());
        let parts = PageParts { back: Some(back), place: &self.title, ..PageParts::default() };
        to.page_with(&self.title, parts, html! { h1.unseen lang="zh-CN" { (self.title) } (self.show(to, With::default())) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leaf(turn: u16) -> LeafView {
        let text = PageText { width: 600.0, height: 900.0, ..PageText::default() };
        let id = uuid::Uuid::nil();
        LeafView::of(CaseId(id), MaterialId(id), "借条", (1, 1), Some(&text), "").turned(Some(&turn))
    }

    #[test]
    fn a_page_on_its_side_is_framed_on_its_side() {
        assert_eq!(leaf(0).frame(), ("0 0 1000 1500".to_owned(), None));
        assert_eq!(leaf(90).frame().0, "0 0 1500 1000");
        assert_eq!(leaf(90).frame().1.as_deref(), Some("translate(1500 0) rotate(90)"));
        assert_eq!(leaf(270).frame().1.as_deref(), Some("translate(0 1000) rotate(270)"));
    }

    #[test]
    fn a_place_on_a_turned_page_is_found_on_the_page_as_it_lies() {
        let spot = Spot { x: 0.1, y: 0.2, w: 0.3, h: 0.05 };
        let near = |one: Spot, other: Spot| {
            [one.x - other.x, one.y - other.y, one.w - other.w, one.h - other.h].iter().all(|far| far.abs() < 1e-6)
        };
        // Turned four times by a quarter it is where it was.
        let around = (0..4).fold(spot, |spot, _| turned_back(spot, 90));
        assert!(near(around, spot));
        assert!(near(turned_back(turned_back(spot, 90), 90), turned_back(spot, 180)));
        assert!(near(turned_back(turned_back(spot, 180), 90), turned_back(spot, 270)));
        // The upper left of a page turned clockwise was its lower left.
        let corner = turned_back(Spot { x: 0.0, y: 0.0, w: 0.1, h: 0.1 }, 90);
        assert!(near(corner, Spot { x: 0.0, y: 0.9, w: 0.1, h: 0.1 }));
    }

    #[test]
    fn a_scan_on_its_head_is_shown_upright_until_its_reader_turns_it() {
        let text = PageText { width: 600.0, height: 900.0, turn: 180, source: Source::Recognised, ..PageText::default() };
        let id = uuid::Uuid::nil();
        let leaf = LeafView::of(CaseId(id), MaterialId(id), "借条", (1, 1), Some(&text), "");
        assert_eq!((leaf.turn, leaf.clone().turned(None).turn, leaf.clone().turned(Some(&90)).turn), (180, 180, 90));
        assert_eq!(leaf.lettering().0.as_deref(), Some("rotate(180) translate(-1000 -1500)"));
    }
}
