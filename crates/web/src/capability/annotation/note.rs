//! One annotation: as it is told to its reader, drawn over the page, listed beside it.

use jiff::Timestamp;
use xiezhi_app::annotation::PrivateNote;
use xiezhi_domain::{
    access::{self, Act, Reader},
    annotation::{Annotation, Area, Circle, Content, SIDE, Shape, Version},
    case::CaseState,
    ids::{AnnotationId, CaseId, MaterialId, PersonId},
    material::Material,
    people::Directory,
};

use crate::{
    capability::prelude_of_cases::route,
    frame::prelude::*,
    http::prelude::*,
    messages::{
        Lang,
        annotation::{self as words, Key},
        moment, t,
    },
};

/// Who reads a note.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// Its author alone.
    #[default]
    Own,
    /// The court's team.
    Team,
    /// The panel.
    Panel,
}

impl Audience {
    /// All of them.
    pub const ALL: [Audience; 3] = [Audience::Own, Audience::Team, Audience::Panel];

    /// The code in forms and addresses.
    pub const fn code(self) -> &'static str {
        match self {
            Audience::Own => "own",
            Audience::Team => "team",
            Audience::Panel => "panel",
        }
    }

    /// The circle it is shared with; nothing for oneself.
    pub const fn circle(self) -> Option<Circle> {
        match self {
            Audience::Own => None,
            Audience::Team => Some(Circle::Team),
            Audience::Panel => Some(Circle::Panel),
        }
    }

    const fn of(circle: Circle) -> Self {
        match circle {
            Circle::Team => Audience::Team,
            Circle::Panel => Audience::Panel,
        }
    }

    /// Its name.
    pub const fn words(self) -> Key {
        match self {
            Audience::Own => Key::ForMe,
            Audience::Team => Key::ForTeam,
            Audience::Panel => Key::ForPanel,
        }
    }

    const fn icon(self) -> Icon {
        match self {
            Audience::Own => Icon::Lock,
            Audience::Team => Icon::People,
            Audience::Panel => Icon::Panel,
        }
    }
}

/// What a note said before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Before {
    /// Since when.
    #[schema(value_type = String)]
    pub at: Timestamp,
    /// What it said.
    pub words: String,
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ReplyView {
    /// Whose.
    pub by: String,
    /// When.
    #[schema(value_type = String)]
    pub at: Timestamp,
    /// The words.
    pub words: String,
}

/// A note, as its reader may read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct NoteView {
    /// Identifier.
    pub id: AnnotationId,
    /// The case.
    pub case: CaseId,
    /// The paper it lies over.
    pub material: MaterialId,
    /// The title of the paper.
    pub title: String,
    /// Page, from 1.
    pub page: u32,
    /// Where in a recording, in seconds from its beginning.
    pub at_seconds: Option<u32>,
    /// What is drawn.
    pub shape: Shape,
    /// Where, in ten-thousandths of the page.
    pub areas: Vec<Area>,
    /// The words of the page that it is about.
    pub quote: String,
    /// What is said.
    pub words: String,
    /// Issues that it bears on.
    pub tags: Vec<String>,
    /// Whose: a name.
    pub by: String,
    /// Whether it is the reader's own.
    pub mine: bool,
    /// Who reads it.
    pub audience: Audience,
    /// When it was last put so.
    #[schema(value_type = String)]
    pub at: Timestamp,
    /// What it said before, oldest first.
    pub before: Vec<Before>,
    /// Answers.
    pub replies: Vec<ReplyView>,
    /// Whether it was taken back.
    pub withdrawn: bool,
    /// Whether it was made on another version of the paper than the one that stands now.
    pub older: bool,
}

/// Everything that `reader` may read of what was noted in a case; `own` is what they noted for themselves. In the
/// order of papers, pages and places.
pub fn readable(
    case: &CaseState,
    reader: &Reader,
    people: &Directory,
    me: PersonId,
    own: &[PrivateNote],
) -> Vec<NoteView> {
    let shared = case.annotations.iter().filter(|note| access::may_read_note(reader, case, note));
    let shared = shared.filter_map(|note| shared_view(case, people, me, note));
    let sees = |note: &&PrivateNote| {
        let paper = case.materials.get(&note.material);
        paper.is_some_and(|paper| paper.erased_on.is_none() && access::may_see(reader, case, paper))
    };
    let own = own.iter().filter(sees).filter_map(|note| own_view(case, people, me, note));
    let mut notes: Vec<NoteView> = shared.chain(own).collect();
    let place = |id: MaterialId| case.material_order.iter().position(|known| *known == id);
    notes.sort_by_key(|note| (place(note.material), note.page, note.at_seconds, note.areas.first().map_or(0, |area| area.y), note.at));
    notes
}

fn shared_view(case: &CaseState, people: &Directory, me: PersonId, note: &Annotation) -> Option<NoteView> {
    let paper = case.materials.get(&note.material).filter(|paper| paper.erased_on.is_none())?;
    let replies = note.replies.iter().map(|reply| ReplyView {
        by: people.name(reply.by).to_owned(),
        at: reply.at,
        words: reply.words.clone(),
    });
    let view = view(case.id, paper, note.id, &note.sha256, &note.versions)?;
    Some(NoteView {
        by: people.name(note.by).to_owned(),
        mine: note.by == me,
        audience: Audience::of(note.circle),
        replies: replies.collect(),
        withdrawn: note.withdrawn_at.is_some(),
        ..view
    })
}

fn own_view(case: &CaseState, people: &Directory, me: PersonId, note: &PrivateNote) -> Option<NoteView> {
    let paper = case.materials.get(&note.material)?;
    let view = view(case.id, paper, note.id, &note.sha256, &note.versions)?;
    Some(NoteView {
        by: people.name(me).to_owned(),
        mine: true,
        audience: Audience::Own,
        withdrawn: note.withdrawn_at.is_some(),
        ..view
    })
}

fn view(case: CaseId, paper: &Material, id: AnnotationId, sha256: &str, versions: &[Version]) -> Option<NoteView> {
    let (last, before) = versions.split_last()?;
    let Content { page, shape, areas, quote, words, tags, at_seconds } = last.content.clone();
    let before = before.iter().map(|version| Before { at: version.at, words: version.content.words.clone() });
    Some(NoteView {
        id,
        case,
        material: paper.id,
        title: paper.title.clone(),
        page,
        at_seconds,
        shape,
        areas,
        quote,
        words,
        tags,
        by: String::new(),
        mine: false,
        audience: Audience::Own,
        at: last.at,
        before: before.collect(),
        replies: vec![],
        withdrawn: false,
        older: sha256 != paper.file.sha256,
    })
}

impl NoteView {
    /// Where it is read: the page, at the note.
    pub fn href(&self) -> String {
        match self.at_seconds {
            None => route(self.case, &format!("/file/{}?page={}#n-{}", self.material, self.page, self.id)),
            Some(at) => route(self.case, &format!("/file/{}?at={at}#n-{}", self.material, self.id)),
        }
    }

    /// The place that leads to it: its page, or its moment in a recording.
    fn place(&self, lang: Lang) -> Markup {
        match self.at_seconds {
            None => html! { a href=(self.href()) { (words::at_page(lang, self.page)) } " " span.faint { (t(lang, shape_key(self.shape))) } },
            Some(at) => html! { a.number href=(self.href()) data-seek=(at) { (clock(at)) } },
        }
    }

    fn own(&self) -> String {
        route(self.case, &format!("/annotations/{}", self.id))
    }

    /// The drawing over a page of this measure.
    pub fn drawn(&self, wide: f32, tall: f32) -> Markup {
        let scale = |part: u16, side: f32| f32::from(part) / f32::from(SIDE) * side;
        let place = |area: &Area| (scale(area.x, wide), scale(area.y, tall), scale(area.w, wide), scale(area.h, tall));
        html! {
            g class={ "mark is-" (shape_code(self.shape)) " of-" (self.audience.code()) } {
                @match self.shape {
                    Shape::Arrow => { @if let [from, to] = &self.areas[..] {
                        @let (x1, y1, ..) = place(from);
                        @let (x2, y2, ..) = place(to);
                        line x1=(x1) y1=(y1) x2=(x2) y2=(y2) {}
                        path d=(head(x1, y1, x2, y2)) {}
                    } }
                    Shape::Underline => { @for (x, y, w, h) in self.areas.iter().map(place) { line x1=(x) y1=(y + h) x2=(x + w) y2=(y + h) {} } }
                    Shape::Highlight | Shape::Box | Shape::Note => { @for (x, y, w, h) in self.areas.iter().map(place) { rect x=(x) y=(y) width=(w) height=(h) rx="2" {} } }
                }
                @if let (Some((x, y, w, _)), false) = (self.areas.first().map(place), self.tags.is_empty()) { (stamp(x + w, y, wide, &self.tags.join("、"))) }
            }
        }
    }

    /// The note beside the page or in the list.
    pub fn show(&self, to: &Showing, sha256: Option<&str>) -> Markup {
        let lang = to.lang();
        let tool = |what: &str| format!("{}{what}", self.own());
        html! {
            article.margin-note.struck[self.withdrawn] id={ "n-" (self.id) } data-page=(self.page) tabindex="-1" {
                header {
                    b { @if self.mine { (t(lang, Key::Mine)) } @else { (self.by) } }
                    time.faint.small.number datetime=(self.at) { (moment(self.at)) }
                    span class={ "push tag word of-" (self.audience.code()) } { (self.audience.icon()) (t(lang, self.audience.words())) }
                }
                p.small { (self.place(lang)) @if self.older { " " (tag(Standing::Soon, t(lang, Key::Older))) } @if self.withdrawn { " " (tag(Standing::Stopped, t(lang, Key::TakenBack))) } }
                @if !self.quote.is_empty() { span.quote lang="zh-CN" { "“" (self.quote) "”" } }
                @if !self.words.is_empty() { p.said lang="zh-CN" { (self.words) } }
                @if !self.tags.is_empty() { p.tags { @for issue in &self.tags { a.tag.word href=(tagged(self.case, issue)) lang="zh-CN" { (issue) } } } }
                @for reply in &self.replies { div.reply { b { (reply.by) } " " time.faint.small.number datetime=(reply.at) { (moment(reply.at)) } p lang="zh-CN" { (reply.words) } } }
                @if !self.before.is_empty() {
                    (explain(&words::history(lang, self.before.len()), html! { ol.lines { @for before in &self.before { li { time.faint.small.number datetime=(before.at) { (moment(before.at)) } p lang="zh-CN" { (before.words) } } } } }))
                }
                @if !self.withdrawn {
                    div.note-acts {
                        @if self.audience != Audience::Own { details { summary { (t(lang, Key::Reply)) } (self.reply_form(to, &tool("/replies"))) } }
                        @if self.mine { details { summary { (t(lang, Key::Revise)) } (self.revise_form(to, sha256)) } }
                        @if self.mine { form.inline method="post" action=(tool("/withdrawal")) { (to.command_field()) button.btn.quiet type="submit" { (t(lang, Key::TakeBack)) } } }
                    }
                }
            }
        }
    }

    fn field(&self, name: &str) -> String {
        format!("f-{name}-{}", self.id)
    }

    fn reply_form(&self, to: &Showing, action: &str) -> Markup {
        let lang = to.lang();
        html! {
            form.form.wide method="post" action=(action) {
                (to.command_field())
                div.field { label for=(self.field("reply")) { (t(lang, Key::ReplyWords)) } textarea.input id=(self.field("reply")) name="words" rows="2" required {} }
                (Verb::submit(t(lang, Key::Send)))
            }
        }
    }

    fn revise_form(&self, to: &Showing, sha256: Option<&str>) -> Markup {
        let lang = to.lang();
        let areas: Vec<String> = self.areas.iter().map(|area| format!("{},{},{},{}", area.x, area.y, area.w, area.h)).collect();
        html! {
            form.form.wide method="post" action=(self.own()) {
                (to.command_field())
                @for (name, value) in [("material", self.material.to_string()), ("sha256", sha256.unwrap_or_default().to_owned()), ("page", self.page.to_string()), ("shape", shape_code(self.shape).to_owned()), ("areas", areas.join(" ")), ("quote", self.quote.clone()), ("at", self.at_seconds.map(clock).unwrap_or_default())] {
                    input type="hidden" name=(name) value=(value);
                }
                div.field { label for=(self.field("words")) { (t(lang, Key::Words)) } textarea.input id=(self.field("words")) name="words" rows="3" { (self.words) } }
                div.field { label for=(self.field("tags")) { (t(lang, Key::Tags)) } input.input type="text" id=(self.field("tags")) name="tags" value=(self.tags.join("，")) list="issue-tags"; }
                @if self.audience == Audience::Own { (audiences(lang, &self.field("audience"), Audience::Own, &Audience::ALL)) }
                @else { input type="hidden" name="audience" value=(self.audience.code()); }
                (Verb::submit(t(lang, Key::Save)))
            }
        }
    }
}

/// The issues that a mark bears on, stamped at its upper right corner (争点标签).
fn stamp(x: f32, y: f32, wide: f32, words: &str) -> Markup {
    const SIZE: f32 = 18.0;
    let letters: f32 = words.chars().map(|letter| if letter.is_ascii() { 0.6 } else { 1.0 }).sum();
    let width = letters.min(24.0) * SIZE + 12.0;
    let (left, top) = ((x.min(wide) - width).max(0.0), (y - SIZE - 8.0).max(0.0));
    html! {
        g.stamp lang="zh-CN" {
            rect x=(left) y=(top) width=(width) height=(SIZE + 6.0) rx="3" {}
            text x=(left + 6.0) y=(top + SIZE) font-size=(SIZE) textLength=[(letters > 24.0).then_some(width - 12.0)] lengthAdjust="spacingAndGlyphs" { (words) }
        }
    }
}

/// The head of an arrow.
fn head(x1: f32, y1: f32, x2: f32, y2: f32) -> String {
    let length = (x2 - x1).hypot(y2 - y1).max(1.0);
    let (dx, dy) = ((x2 - x1) / length * 18.0, (y2 - y1) / length * 18.0);
    let wing = |side: f32| (x2 - dx - side * dy * 0.5, y2 - dy + side * dx * 0.5);
    let ((ax, ay), (bx, by)) = (wing(1.0), wing(-1.0));
    format!("M{ax:.1} {ay:.1}L{x2:.1} {y2:.1}L{bx:.1} {by:.1}")
}

fn tagged(case: CaseId, issue: &str) -> String {
    let query = serde_html_form::to_string([("tag", issue)]).unwrap_or_default();
    route(case, &format!("/annotations?{query}"))
}

/// A moment of a recording as people read it: `12:34`, `1:02:03`.
pub fn clock(seconds: u32) -> String {
    let (hours, minutes, seconds) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") }
}

/// The code of a shape.
pub const fn shape_code(shape: Shape) -> &'static str {
    match shape {
        Shape::Highlight => "highlight",
        Shape::Underline => "underline",
        Shape::Box => "box",
        Shape::Arrow => "arrow",
        Shape::Note => "note",
    }
}

/// The name of a shape.
pub const fn shape_key(shape: Shape) -> Key {
    match shape {
        Shape::Highlight => Key::Highlight,
        Shape::Underline => Key::Underline,
        Shape::Box => Key::Box,
        Shape::Arrow => Key::Arrow,
        Shape::Note => Key::Note,
    }
}

/// Who shall read it, among those offered.
fn audiences(lang: Lang, id: &str, chosen: Audience, offered: &[Audience]) -> Markup {
    html! {
        div.field { label for=(id) { (t(lang, Key::Readers)) }
            select.input id=(id) name="audience" { @for one in offered { option value=(one.code()) selected[*one == chosen] { (t(lang, one.words())) } } }
        }
    }
}

/// What was noted on a paper, beside its pages, and what its reader may note.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct NotesBeside {
    /// The case.
    pub case: CaseId,
    /// The paper.
    pub material: MaterialId,
    /// The page shown.
    pub page: u32,
    /// With whom the reader may share.
    pub audiences: Vec<Audience>,
    /// Issues of the case, offered as tags.
    pub issues: Vec<String>,
    /// Whether it is a recording, in which notes stand at moments.
    pub recording: bool,
    /// What was noted.
    pub notes: Vec<NoteView>,
}

impl NotesBeside {
    /// What `reader` may note on `paper`.
    pub fn of(case: &CaseState, reader: &Reader, paper: &Material, page: u32) -> Self {
        let may = |audience: &Audience| match audience {
            Audience::Own => true,
            Audience::Team => access::may(reader, Act::TeamNotes, case.stage).is_ok(),
            Audience::Panel => access::may(reader, Act::PanelNotes, case.stage).is_ok(),
        };
        let sealed = case.stage == xiezhi_domain::stage::Stage::Archived;
        let audiences = Audience::ALL.into_iter().filter(may).filter(|one| *one == Audience::Own || !sealed);
        Self {
            case: case.id,
            material: paper.id,
            page,
            audiences: audiences.collect(),
            issues: case.issues.clone(),
            recording: paper.file.pages == 0,
            notes: vec![],
        }
    }

    /// The notes of the paper, those of the page first, and the form for another.
    pub fn show(&self, to: &Showing, own: &str, sha256: &str) -> Markup {
        let lang = to.lang();
        let standing = self.notes.iter().filter(|note| !note.withdrawn).count();
        let (here, elsewhere): (Vec<&NoteView>, Vec<&NoteView>) = self.notes.iter().partition(|note| note.page == self.page);
        let all = route(self.case, &format!("/annotations?paper={}", self.material));
        html! {
            section.notes #notes aria-label=(t(lang, Key::Title)) {
                header.in { h2 { (t(lang, if self.recording { Key::Chapters } else { Key::Title })) " " span.faint.number data-count { (standing) } } a.more href=(all) { (t(lang, Key::All)) } }
                div.notes-list id="notes-list" data-live={ "case:" (self.case) } {
                    @for note in &here { (note.show(to, Some(sha256))) }
                    @if here.is_empty() { p.in.muted.small { (t(lang, if self.recording { Key::NoChapters } else { Key::NoneHere })) } }
                    @if !elsewhere.is_empty() {
                        details.elsewhere { summary.in { (words::elsewhere(lang, elsewhere.len())) }
                            @for note in &elsewhere { (note.show(to, Some(sha256))) }
                        }
                    }
                }
                (self.form(to, own, sha256))
            }
        }
    }

    /// A form that works by itself: the words of the page are looked for, or a part of it is named. The script fills
    /// in what was chosen with a pointer or by keys.
    fn form(&self, to: &Showing, own: &str, sha256: &str) -> Markup {
        let lang = to.lang();
        let action = route(self.case, "/annotations");
        let id = |name: &str| format!("f-note-{name}");
        html! {
            details.in.write data-write {
                summary data-key="m" title="M" { (Icon::Pencil) (t(lang, Key::Write)) (unfolds()) }
                form.form.wide method="post" action=(action) data-note-form data-own=(own) data-nothing=(t(lang, Key::NothingChosen)) data-line=(t(lang, Key::SaidLine)) data-region=(t(lang, Key::SaidRegion)) {
                    (to.command_field())
                    input type="hidden" name="material" value=(self.material);
                    input type="hidden" name="sha256" value=(sha256);
                    input type="hidden" name="page" value=(self.page);
                    @if self.recording { (self.moment(lang)) } @else { (self.place_on_page(lang)) }
                    div.field { label for=(id("words")) { (t(lang, Key::Words)) } textarea.input id=(id("words")) name="words" rows="3" {} }
                    div.field { label for=(id("tags")) { (t(lang, Key::Tags)) } input.input type="text" id=(id("tags")) name="tags" list="issue-tags" autocomplete="off"; }
                    datalist id="issue-tags" { @for issue in &self.issues { option value=(issue) {} } }
                    @if self.audiences.len() > 1 { (audiences(lang, &id("audience"), Audience::Own, &self.audiences)) }
                    @else { p.help { (Icon::Lock) (t(lang, Key::OnlyMe)) } }
                    (Verb::submit(t(lang, Key::Keep)).primary())
                }
            }
        }
    }

    /// The moment of a recording; the script fills in where it stands.
    fn moment(&self, lang: Lang) -> Markup {
        html! {
            input type="hidden" name="shape" value=(shape_code(Shape::Note));
            (Field::new("at", t(lang, Key::Moment)).help(t(lang, Key::MomentHelp)).placeholder("12:34").text())
        }
    }

    /// Where on the page, and how it is marked.
    fn place_on_page(&self, lang: Lang) -> Markup {
        let id = |name: &str| format!("f-note-{name}");
        let parts = [("", Key::PartNone), ("page", Key::PartPage), ("top", Key::PartTop), ("middle", Key::PartMiddle), ("bottom", Key::PartBottom)];
        html! {
            input type="hidden" name="areas" value="";
            fieldset.segments.shapes { legend { (t(lang, Key::Shape)) }
                @for shape in Shape::ALL { label { input type="radio" name="shape" value=(shape_code(shape)) checked[shape == Shape::Highlight]; span { (t(lang, shape_key(shape))) } } }
            }
            div.modes hidden data-modes {
                @for (mode, key, press) in [("text", Key::ModeText, "t"), ("box", Key::ModeBox, "b"), ("arrow", Key::ModeArrow, "y")] { button.btn type="button" data-mode=(mode) data-key=(press) { (t(lang, key)) kbd.on-desk { (press.to_uppercase()) } } }
            }
            div.field { label for=(id("quote")) { (t(lang, Key::Quote)) } textarea.input id=(id("quote")) name="quote" rows="2" aria-describedby=(id("quote-help")) {} p.help id=(id("quote-help")) { (t(lang, Key::QuoteHelp)) } }
            div.field { label for=(id("part")) { (t(lang, Key::Part)) } select.input id=(id("part")) name="part" { @for (code, key) in parts { option value=(code) { (t(lang, key)) } } } }
        }
    }
}
