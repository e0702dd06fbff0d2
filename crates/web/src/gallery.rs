//! The gallery (展厅): every view in its telling states, for the eye and for the tests. A demonstration
//! court shows it at `/gallery`; nothing in it is a case of the court.

pub mod lived;

mod components;
#[cfg(test)]
mod tests;

use std::sync::{Arc, OnceLock};

use maud::{Markup, html};
use xiezhi_domain::{
    ids::CommandId,
    people::{Directory, Person, Post},
    rules::Settings,
};

use crate::{
    capability,
    frame::{look::Look, prelude::*},
    http::{prelude::*, problem::samples as problem},
    messages::{Lang, gallery::Key, nav, t},
};

/// The telling states of a view: empty, ordinary, full, refused, closed, as each reader sees it. Every
/// [`View`] has them, or it does not compile; [`capability::pieces`] hangs them, or a test fails.
pub trait Samples: Sized {
    /// The states, said in `lang` where the view itself holds words.
    fn samples(lang: Lang) -> Vec<Sample<Self>>;
}

/// A view in one state, before one reader.
#[derive(Clone, Debug)]
pub struct Sample<V> {
    /// What it shows, as an address: `fees-due-plaintiff`.
    pub name: &'static str,
    /// The reader, and today.
    pub to: Showing,
    /// The view.
    pub view: V,
}

impl<V> Sample<V> {
    /// A state of a view.
    pub fn new(name: &'static str, to: Showing, view: V) -> Self {
        Self { name, to, view }
    }

    /// States of a view, all before one reader.
    pub fn each(to: &Showing, states: Vec<(&'static str, V)>) -> Vec<Self> {
        states.into_iter().map(|(name, view)| Self::new(name, to.clone(), view)).collect()
    }
}

/// A sample on the wall, whatever its view is.
pub struct Piece {
    /// Name of the sample.
    pub name: &'static str,
    /// Its reader.
    pub to: Showing,
    /// The type of its view.
    pub of: &'static str,
    view: Box<dyn Hung + Send + Sync>,
}

impl Piece {
    /// A sample of any view.
    pub fn of<V: View + Send + Sync + 'static>(sample: Sample<V>) -> Self {
        Self { name: sample.name, to: sample.to, of: std::any::type_name::<V>(), view: Box::new(sample.view) }
    }

    /// The page, in the look of whoever stands before it.
    pub fn page(&self, look: Look) -> Markup {
        self.view.page_to(&Showing { look, here: format!("/gallery/{}", self.name), ..self.to.clone() })
    }

    /// The view as a program gets it.
    pub fn json(&self) -> serde_json::Value {
        self.view.json()
    }
}

/// A view of which only the showing is asked.
trait Hung {
    fn page_to(&self, to: &Showing) -> Markup;
    fn json(&self) -> serde_json::Value;
}

impl<V: View> Hung for V {
    fn page_to(&self, to: &Showing) -> Markup {
        self.page(to)
    }
    fn json(&self) -> serde_json::Value {
        serde_json::to_value(self).expect("a view is plain data")
    }
}

/// The samples of these views, on the wall.
macro_rules! hang {
    ($lang:expr; $($view:ty),+ $(,)?) => {{
        let mut pieces: Vec<$crate::gallery::Piece> = vec![];
        $(pieces.extend(<$view as $crate::gallery::Samples>::samples($lang).into_iter().map($crate::gallery::Piece::of));)+
        pieces
    }};
}
pub(crate) use hang;

/// Everything that hangs in the gallery, in `lang`; made once.
pub fn pieces(lang: Lang) -> &'static [Piece] {
    static ROOMS: [OnceLock<Vec<Piece>>; 2] = [OnceLock::new(), OnceLock::new()];
    let room = &ROOMS[usize::from(lang == Lang::En)];
    room.get_or_init(|| {
        [components::pieces(lang), problem::pieces(lang), capability::pieces(lang)].into_iter().flatten().collect()
    })
}

/// The settings of the court in the gallery.
fn settings() -> Arc<Settings> {
    static SETTINGS: OnceLock<Arc<Settings>> = OnceLock::new();
    Arc::clone(SETTINGS.get_or_init(|| Arc::new(Settings::demonstration())))
}

/// How a page is shown to `person` on `today`.
pub fn showing(lang: Lang, person: Option<&Person>, people: &Arc<Directory>, today: jiff::civil::Date) -> Showing {
    Showing {
        format: Format::Html,
        look: Look { lang, ..Look::default() },
        person: person.cloned(),
        settings: settings(),
        people: Arc::clone(people),
        today,
        now: xiezhi_domain::moment::instant(today, 9, 30),
        here: "/".to_owned(),
        news: 3,
        waiting: 12,
        command: CommandId(uuid::Uuid::from_u128(0x6a11)),
        within: false,
    }
}

/// Someone on `post`, away from any case.
pub fn on_post(lang: Lang, post: Post) -> Showing {
    let lived = lived::Tale::Sale.whole();
    let person = lived.people.on(post).next().expect("the cast has every post");
    showing(lang, Some(person), &lived.people, lived::TODAY)
}

/// A passer-by.
pub fn passer_by(lang: Lang) -> Showing {
    showing(lang, None, &lived::Tale::Sale.whole().people, lived::TODAY)
}

/// The routes of the gallery; they exist in a demonstration court alone.
pub fn routes() -> Routes {
    Routes::new().get("/gallery", Op::ListGallery, list).get("/gallery/{piece}", Op::ShowPiece, piece)
}

/// What hangs in the gallery.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct GalleryView {
    /// Name of each sample, and the post of its reader.
    pub pieces: Vec<(&'static str, Option<Post>)>,
}

/// A stranger's court has no gallery.
fn open(web: &Web) -> Result<(), Problem> {
    if web.app.ports().settings.demonstration { Ok(()) } else { Err(Problem::not_found()) }
}

async fn list(State(web): State<Web>, visitor: Visitor) -> Result<Shown<GalleryView>, Problem> {
    open(&web)?;
    let hung = pieces(visitor.showing.lang()).iter();
    let named = hung.map(|piece| (piece.name, piece.to.person.as_ref().map(|person| person.post)));
    Ok(show(&visitor.showing, &GalleryView { pieces: named.collect() }))
}

async fn piece(
    State(web): State<Web>,
    visitor: Visitor,
    Path(name): Path<String>,
) -> Result<Shown<serde_json::Value>, Problem> {
    open(&web)?;
    let to = &visitor.showing;
    let piece = pieces(to.lang()).iter().find(|piece| piece.name == name).ok_or_else(Problem::not_found)?;
    Ok(match to.format {
        Format::Html => Shown::page(piece.page(to.look)),
        Format::Json => Shown::data(&piece.json()),
    })
}

impl View for GalleryView {
    fn page(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let hrefs: Vec<String> = self.pieces.iter().map(|(name, _)| format!("/gallery/{name}")).collect();
        let shown: Vec<Line<'_>> = self
            .pieces
            .iter()
            .zip(&hrefs)
            .map(|((name, post), href)| {
                let reader = post.map_or_else(|| t(lang, Key::PasserBy), |post| t(lang, nav::post(post)));
                Line { href: Some(href), end: Some(html! { (reader) }), ..Line::new(html! { code { (name) } }) }
            })
            .collect();
        to.page(
            t(lang, Key::Title),
            html! {
                h1 { (t(lang, Key::Title)) }
                p { (t(lang, Key::Words)) }
                (bare_sheet(lines(&shown)))
            },
        )
    }
}

impl Samples for GalleryView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        let pieces = vec![("fees-due", Some(Post::Party)), ("sign-in", None)];
        vec![Sample::new("gallery", passer_by(lang), Self { pieces })]
    }
}
