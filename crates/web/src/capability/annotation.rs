//! Annotations over pages (阅卷批注): for oneself, for the court's team, for the panel. They are said of a paper and
//! drawn over its page; the paper itself never knows.

mod list;
mod note;
pub(crate) mod samples;

use std::sync::Arc;

use xiezhi_app::annotation::PrivateNote;
use xiezhi_domain::{
    Refusal,
    access::{self, Reader},
    annotation::{self, Annotation, AnnotationCommand, Area, Circle, Content, SIDE, Shape},
    case::CaseState,
    ids::{AnnotationId, CaseId, CommandId, MaterialId},
    material::Material,
};

use super::{
    material::seen,
    prelude_of_cases::{derived, route},
};
use crate::http::{me::Me, prelude::*};

pub use list::NotesView;
pub use note::{Audience, NoteView, NotesBeside, clock};

/// The routes of this capability.
pub fn routes() -> Routes {
    Routes::new()
        .get("/cases/{case}/annotations", Op::ShowAnnotations, list::list)
        .post("/cases/{case}/annotations", Op::Annotate, annotate)
        .post("/cases/{case}/annotations/{annotation}", Op::ReviseAnnotation, revise)
        .post("/cases/{case}/annotations/{annotation}/replies", Op::ReplyToAnnotation, reply)
        .post("/cases/{case}/annotations/{annotation}/withdrawal", Op::WithdrawAnnotation, withdraw)
}

/// All that `me` may read of what was noted in a case: what was shared with them, and their own.
pub async fn readable(app: &App, me: &Me, case: &Arc<CaseState>, reader: &Reader) -> Result<Vec<NoteView>, Problem> {
    let own = app.private_notes(me.person.id, case.id).await?;
    Ok(note::readable(case, reader, &me.showing.people, me.person.id, &own))
}

/// What is noted.
#[derive(Clone, Debug, Deserialize, ToSchema)]
struct NoteForm {
    /// The paper.
    material: MaterialId,
    /// The version of the paper that was seen.
    sha256: String,
    /// Page, from 1.
    page: u32,
    /// What is drawn: `highlight`, `underline`, `box`, `arrow`, `note`.
    #[serde(default)]
    shape: Shape,
    /// Where, in ten-thousandths of the page: `x,y,w,h`, several parted by blanks.
    #[serde(default)]
    areas: String,
    /// Where, in words, for whoever marks without a pointer: `top`, `middle`, `bottom`, `page`.
    #[serde(default)]
    part: String,
    /// The words of the page that it is about; they are looked for on the page where no place is named.
    #[serde(default)]
    quote: String,
    /// Where in a recording: `12:34` or `1:02:03`.
    #[serde(default)]
    at: String,
    /// What is said.
    #[serde(default)]
    words: String,
    /// Issues that it bears on, parted by commas.
    #[serde(default)]
    tags: String,
    /// Who reads it: `own`, `team`, `panel`.
    #[serde(default)]
    audience: Audience,
}

/// What came of it.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
struct Noted {
    /// The annotation.
    annotation: Option<AnnotationId>,
}

/// Areas as a form names them. What can't be read is told at its field.
fn areas(named: &str) -> Result<Vec<Area>, Problem> {
    let wrong = || Problem::invalid(vec![FieldError::new("areas", "input.not_a_place")]);
    let area = |four: &str| {
        let sides: Result<Vec<u16>, _> = four.split(',').map(str::parse).collect();
        match sides.as_deref() {
            Ok(&[x, y, w, h]) => Ok(Area { x, y, w, h }),
            _ => Err(wrong()),
        }
    };
    named.split_whitespace().map(area).collect()
}

/// A moment of a recording as a form names it: seconds, minutes and seconds, or hours, too.
fn moment(named: &str) -> Result<Option<u32>, Problem> {
    let named = named.trim().replace('：', ":");
    if named.is_empty() {
        return Ok(None);
    }
    let parts: Option<Vec<u32>> = named.split(':').map(|part| part.trim().parse().ok()).collect();
    let within = |parts: &[u32]| parts.len() <= 3 && parts.iter().skip(1).all(|part| *part < 60);
    let seconds = |parts: Vec<u32>| parts.into_iter().try_fold(0_u32, |sum, part| sum.checked_mul(60)?.checked_add(part));
    let at = parts.filter(|parts| within(parts)).and_then(seconds);
    at.map(Some).ok_or_else(|| Problem::invalid(vec![FieldError::new("at", "input.not_a_moment_of_it")]))
}

/// A part of the page that has a name.
fn part(named: &str) -> Option<Area> {
    const THIRD: u16 = SIDE / 3;
    let part = |y, h| Some(Area { x: 200, y, w: SIDE - 400, h });
    match named {
        "top" => part(200, THIRD - 200),
        "middle" => part(THIRD, THIRD),
        "bottom" => part(2 * THIRD, THIRD - 200),
        "page" => part(200, SIDE - 400),
        _ => None,
    }
}

/// A share of a page in ten-thousandths.
fn ten_thousandths(share: f32) -> u16 {
    let side = f32::from(SIDE);
    (share * side).round().clamp(0.0, side) as u16
}

impl NoteForm {
    async fn content(&self, app: &App, paper: &Material) -> Result<Content, Problem> {
        let mut areas = areas(&self.areas)?;
        if areas.is_empty() && !self.quote.trim().is_empty() {
            areas = self.quoted(app, paper).await;
        }
        if areas.is_empty() {
            areas.extend(part(&self.part));
        }
        let drawn = !areas.is_empty();
        let tags = self.tags.split([',', '，', '、']).map(str::trim).filter(|tag| !tag.is_empty());
        Ok(Content {
            page: self.page,
            shape: if drawn { self.shape } else { Shape::Note },
            areas,
            quote: self.quote.trim().to_owned(),
            words: self.words.trim().to_owned(),
            tags: tags.map(str::to_owned).collect(),
            at_seconds: moment(&self.at)?,
        })
    }

    /// Where the quoted words stand on the page.
    async fn quoted(&self, app: &App, paper: &Material) -> Vec<Area> {
        let layer = app.text_layer(&paper.file).await;
        let page = usize::try_from(self.page).ok().and_then(|page| layer.get(page.checked_sub(1)?));
        let found = page.and_then(|page| xiezhi_app::texts::find(&page.runs, &self.quote).into_iter().next());
        let area = |spot: &xiezhi_app::texts::Spot| {
            let (x, y) = (ten_thousandths(spot.x), ten_thousandths(spot.y));
            let (w, h) = (ten_thousandths(spot.w).min(SIDE - x), ten_thousandths(spot.h).min(SIDE - y));
            Area { x, y, w, h }
        };
        found.map(|found| found.spots.iter().map(area).collect()).unwrap_or_default()
    }

    /// Where the browser goes on: the page, at the note.
    fn back(&self, case: CaseId, id: AnnotationId) -> String {
        let at = moment(&self.at).ok().flatten();
        let place = at.map_or_else(|| format!("page={}", self.page), |at| format!("at={at}"));
        route(case, &format!("/file/{}?{place}#n-{id}", self.material))
    }
}

/// The note that a command makes for oneself: the same form sent again names the same one.
fn own_id(command: CommandId) -> AnnotationId {
    AnnotationId(derived(command, "annotation").0)
}

fn done_at(me: &Me, location: &str, annotation: Option<AnnotationId>) -> Result<Done<Noted>, Problem> {
    Ok(done(&me.showing, location, &Noted { annotation }))
}

async fn annotate(
    State(app): State<App>,
    me: Me,
    Path(id): Path<CaseId>,
    form: Input<NoteForm>,
) -> Result<Done<Noted>, Problem> {
    let (case, reader) = app.view(id, &me.actor).await?;
    let (paper, _) = seen(&case, &reader, form.value.material)?;
    let content = form.value.content(&app, paper).await?;
    let sha256 = form.value.sha256.clone();
    let annotation = match form.value.audience.circle() {
        None => {
            annotation::check(paper, &content).map_err(|refusal| AppError::from(Refusal::from(refusal)))?;
            let own = own_id(form.command);
            app.keep_private_note(me.person.id, id, own, (paper.id, sha256), content).await?;
            Some(own)
        }
        Some(circle) => {
            let command = AnnotationCommand::Share { material: paper.id, sha256, circle, content };
            let decided = app.decide(id, &me.actor, form.command, command.into()).await?;
            last_by(&decided.case, &me)
        }
    };
    let location = annotation.map(|annotation| form.value.back(id, annotation));
    done_at(&me, &location.unwrap_or_else(|| route(id, "/annotations")), annotation)
}

fn last_by(case: &CaseState, me: &Me) -> Option<AnnotationId> {
    case.annotations.iter().rev().find(|note| note.by == me.person.id).map(|note| note.id)
}

/// A note that `me` may act on: shared with them, or their own.
enum Known<'a> {
    Shared(&'a Annotation),
    Own(PrivateNote),
}

async fn known<'a>(app: &App, me: &Me, case: &'a CaseState, reader: &Reader, id: AnnotationId) -> Result<Known<'a>, Problem> {
    let shared = case.annotations.iter().find(|note| note.id == id);
    if let Some(note) = shared.filter(|note| access::may_read_note(reader, case, note)) {
        return Ok(Known::Shared(note));
    }
    let own = app.private_note(me.person.id, case.id, id).await?;
    let own = own.ok_or_else(Problem::not_found)?;
    // Their own note of a paper that they may not see any more stays shut with it.
    seen(case, reader, own.material)?;
    Ok(Known::Own(own))
}

async fn revise(
    State(app): State<App>,
    me: Me,
    Path((id, annotation)): Path<(CaseId, AnnotationId)>,
    form: Input<NoteForm>,
) -> Result<Done<Noted>, Problem> {
    let (case, reader) = app.view(id, &me.actor).await?;
    let (paper, _) = seen(&case, &reader, form.value.material)?;
    let content = form.value.content(&app, paper).await?;
    let mut now = annotation;
    match (known(&app, &me, &case, &reader, annotation).await?, form.value.audience.circle()) {
        (Known::Shared(note), _) => {
            let command = AnnotationCommand::Revise { annotation, circle: note.circle, content };
            app.decide(id, &me.actor, form.command, command.into()).await?;
        }
        (Known::Own(note), None) => {
            annotation::check(paper, &content).map_err(|refusal| AppError::from(Refusal::from(refusal)))?;
            app.keep_private_note(me.person.id, id, note.id, (note.material, note.sha256), content).await?;
        }
        (Known::Own(note), Some(circle)) => {
            let command = AnnotationCommand::Share { material: note.material, sha256: note.sha256.clone(), circle, content };
            let ended = vec![app.private_note_shared(me.person.id, id, note)];
            let decided = app.decide_with(id, &me.actor, form.command, command.into(), ended).await?;
            now = last_by(&decided.case, &me).unwrap_or(annotation);
        }
    }
    done_at(&me, &form.value.back(id, now), Some(now))
}

/// An answer.
#[derive(Debug, Deserialize, ToSchema)]
struct ReplyForm {
    #[serde(default)]
    words: String,
}

fn circle_of(known: &Known<'_>) -> Result<(Circle, MaterialId, u32), Problem> {
    match known {
        Known::Shared(note) => Ok((note.circle, note.material, note.content().page)),
        Known::Own(_) => Err(Problem::not_found()),
    }
}

async fn reply(
    State(app): State<App>,
    me: Me,
    Path((id, annotation)): Path<(CaseId, AnnotationId)>,
    form: Input<ReplyForm>,
) -> Result<Done<Noted>, Problem> {
    let (case, reader) = app.view(id, &me.actor).await?;
    let (circle, material, page) = circle_of(&known(&app, &me, &case, &reader, annotation).await?)?;
    let command = AnnotationCommand::Reply { annotation, circle, words: form.value.words };
    app.decide(id, &me.actor, form.command, command.into()).await?;
    done_at(&me, &route(id, &format!("/file/{material}?page={page}#n-{annotation}")), Some(annotation))
}

async fn withdraw(
    State(app): State<App>,
    me: Me,
    Path((id, annotation)): Path<(CaseId, AnnotationId)>,
    form: Input<Nothing>,
) -> Result<Done<Noted>, Problem> {
    let (case, reader) = app.view(id, &me.actor).await?;
    let (material, page) = match known(&app, &me, &case, &reader, annotation).await? {
        Known::Shared(note) => {
            let command = AnnotationCommand::Withdraw { annotation, circle: note.circle };
            app.decide(id, &me.actor, form.command, command.into()).await?;
            (note.material, note.content().page)
        }
        Known::Own(note) => {
            let at = (note.material, note.content().map_or(1, |content| content.page));
            app.withdraw_private_note(me.person.id, id, note).await?;
            at
        }
    };
    done_at(&me, &route(id, &format!("/file/{material}?page={page}")), Some(annotation))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_read_as_a_form_names_them() {
        let two = areas("1,2,3,4 10,20,30,40").unwrap_or_default();
        assert_eq!(two, [Area { x: 1, y: 2, w: 3, h: 4 }, Area { x: 10, y: 20, w: 30, h: 40 }]);
        assert!(areas("").is_ok_and(|none| none.is_empty()));
        for wrong in ["1,2,3", "a,b,c,d", "1,2,3,-4", "1,2,3,99999"] {
            assert!(areas(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_moment_is_read_as_people_write_it() {
        let read = |named: &str| moment(named).unwrap_or(Some(u32::MAX));
        assert_eq!(["", "7", "12:34", "1：02：03", " 0:05 "].map(read), [None, Some(7), Some(754), Some(3723), Some(5)]);
        for wrong in ["x", "1:75", "1:2:3:4", "-5", "99999999:00"] {
            assert!(moment(wrong).is_err(), "{wrong}");
        }
        assert_eq!([5, 754, 3723].map(note::clock), ["0:05", "12:34", "1:02:03"]);
    }

    #[test]
    fn a_named_part_lies_on_the_page() {
        for named in ["top", "middle", "bottom", "page"] {
            let area = part(named).expect("a part");
            assert!(area.x + area.w <= SIDE && area.y + area.h <= SIDE, "{named}");
        }
        assert_eq!(part("elsewhere"), None);
    }
}
