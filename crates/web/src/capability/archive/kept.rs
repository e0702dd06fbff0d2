//! What is done with a file once it is sealed (归档以后): read at the counter, supplemented with approval, given another
//! class of retention, linked to a case that goes on from it. Nothing else is.

use jiff::civil::Date;
use xiezhi_domain::{
    access::{self, Act, Reader},
    approval::{ApprovalCommand, Matter},
    archive::{ArchiveCommand, Visit},
    case::CaseState,
    ids::{CaseId, MaterialId},
    law::retention::RetentionClass,
    material::{ADDABLE_AFTER_CLOSING, Place},
    paper::{PaperKind, Volume},
    stage::Stage,
};

use super::{Acted, act, route, run, send};
use crate::{
    frame::prelude::*,
    http::{
        me::Me,
        prelude::*,
        problem::{FieldError, Problem},
    },
    messages::{
        archive::{self as words, Key},
        day,
        kinds::kind_name,
        t,
    },
};

/// Someone who read the main volume at the counter.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct VisitView {
    /// When.
    pub on: Date,
    /// Who, and from where.
    pub who: String,
    /// The paper they showed.
    pub paper: String,
    /// For what.
    pub purpose: String,
    /// Titles of the papers they got copies of.
    pub copied: Vec<String>,
}

/// What may be done with the sealed file, and what was.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
#[schema(as = KeptFileView)]
pub struct KeptView {
    /// Readings at the counter, newest first.
    pub visits: Vec<VisitView>,
    /// Cases that go on from it.
    pub linked: Vec<CaseId>,
    /// Papers of the main volume, for the register of copies; only for the archivist.
    pub papers: Vec<(MaterialId, String)>,
    /// Whether the reader keeps the archive.
    pub keeps: bool,
    /// Whether the reader may ask for a supplement.
    pub may_ask: bool,
}

impl KeptView {
    pub(super) fn of(case: &CaseState, reader: &Reader) -> Self {
        if case.stage != Stage::Archived {
            return Self::default();
        }
        let keeps = access::may(reader, Act::KeepArchive, case.stage).is_ok();
        let title = |id: &MaterialId| case.materials.get(id).map(|paper| paper.title.clone());
        let visit = |(on, visit): &(Date, Visit)| VisitView {
            on: *on,
            who: [Some(visit.name.as_str()), visit.unit.as_deref()].into_iter().flatten().collect::<Vec<_>>().join("，"),
            paper: visit.paper.clone(),
            purpose: visit.purpose.clone(),
            copied: visit.copied.iter().filter_map(title).collect(),
        };
        let main = case.materials_in_order().filter(|paper| {
            keeps && paper.volume == Volume::Main && paper.place == Place::InFile && paper.erased_on.is_none()
        });
        Self {
            visits: case.archive.visits.iter().rev().filter(|_| keeps).map(visit).collect(),
            linked: case.archive.linked.clone(),
            papers: main.map(|paper| (paper.id, paper.title.clone())).collect(),
            keeps,
            may_ask: access::may(reader, Act::AskApproval, case.stage).is_ok(),
        }
    }

    pub(super) fn show(&self, to: &Showing, case: CaseId) -> Markup {
        html! {
            @if self.keeps { (self.visits(to, case)) (reclassifying(to, case)) (linking(to, case)) }
            @if self.may_ask { (supplementing(to, case)) }
        }
    }

    fn visits(&self, to: &Showing, case: CaseId) -> Markup {
        let lang = to.lang();
        let ids: Vec<String> = self.papers.iter().map(|(id, _)| id.to_string()).collect();
        Sheet::new(t(lang, Key::Visits)).body(html! {
            @if self.visits.is_empty() { p.faint { (t(lang, Key::NoVisits)) } }
            ul.points { @for visit in &self.visits { li {
                (day(visit.on)) " " span lang="zh-CN" { (visit.who) "，" (visit.paper) "，" (visit.purpose) }
                @if !visit.copied.is_empty() { " · " (t(lang, Key::Copied)) " " span lang="zh-CN" { (visit.copied.join("、")) } }
            } } }
            (unfold(t(lang, Key::AddVisit), send(to, &route(case, "/archive/visits"), html! {
                p.faint { (t(lang, Key::VisitNote)) }
                (Field::new("name", t(lang, Key::VisitName)).text())
                (Field::new("unit", t(lang, Key::VisitUnit)).optional(lang).text())
                (Field::new("paper", t(lang, Key::VisitPaper)).help(t(lang, Key::VisitPaperHelp)).text())
                (Field::new("purpose", t(lang, Key::Purpose)).among(1).text())
                fieldset.field {
                    legend { (t(lang, Key::Copied)) }
                    @for (id, (_, title)) in ids.iter().zip(&self.papers) {
                        label.check { input type="checkbox" name="copied" value=(id); span lang="zh-CN" { (title) } }
                    }
                }
                (acts(&[Verb::submit(t(lang, Key::AddVisit))]))
            })))
        })
    }
}

fn reclassifying(to: &Showing, case: CaseId) -> Markup {
    let lang = to.lang();
    let classes = [RetentionClass::Short, RetentionClass::Long, RetentionClass::Permanent];
    let codes: Vec<(String, Key)> =
        classes.iter().map(|class| (xiezhi_app::rows::code_of(class), words::class(*class))).collect();
    let choices: Vec<Choice<'_>> = codes.iter().map(|(code, key)| Choice::new(code, t(lang, *key))).collect();
    let body = send(to, &route(case, "/archive/retention"), html! {
        (Field::new("retention", t(lang, Key::Retention)).help(t(lang, Key::RetentionHelp)).select(lang, &choices))
        (Field::new("reason", t(lang, Key::Reason)).textarea(2))
        (acts(&[Verb::submit(t(lang, Key::Reclassify))]))
    });
    bare_sheet(unfold(t(lang, Key::Reclassify), body))
}

fn linking(to: &Showing, case: CaseId) -> Markup {
    let lang = to.lang();
    let body = send(to, &route(case, "/archive/links"), html! {
        p.faint { (t(lang, Key::LinkNote)) }
        (Field::new("number", t(lang, Key::LinkNumber)).text())
        (Field::new("reason", t(lang, Key::Reason)).among(1).textarea(2))
        (acts(&[Verb::submit(t(lang, Key::Link))]))
    });
    bare_sheet(unfold(t(lang, Key::Link), body))
}

fn supplementing(to: &Showing, case: CaseId) -> Markup {
    let lang = to.lang();
    let kinds: Vec<Choice<'_>> =
        ADDABLE_AFTER_CLOSING.iter().chain([&PaperKind::Other]).map(|kind| Choice::new(kind.code(), kind_name(lang, *kind))).collect();
    let action = route(case, "/archive/supplement");
    Sheet::new(t(lang, Key::Supplement)).body(html! {
        p.faint { (t(lang, Key::SupplementNote)) }
        (form(FormTo { action: &action, files: true, ..FormTo::default() }, html! {
            (to.command_field())
            (Field::new("kind", t(lang, Key::SupplementKind)).select(lang, &kinds))
            (Field::new("title", t(lang, Key::SupplementTitle)).optional(lang).text())
            (upload(lang, Upload {
                name: "file",
                field: "upload",
                label: t(lang, Key::SupplementFile),
                help: "",
                accept: ".pdf,.jpg,.jpeg,.png,.tif,.tiff",
                max_bytes: xiezhi_app::issuing::FILE_LIMIT_BYTES,
                error: None,
            }))
            (Field::new("reason", t(lang, Key::Reason)).among(2).textarea(2))
            (acts(&[Verb::submit(t(lang, Key::Supplement))]))
        }))
    })
}

/// Who came to the counter.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct ReadAtCounter {
    name: String,
    #[serde(default)]
    unit: String,
    paper: String,
    purpose: String,
    #[serde(default)]
    copied: Vec<MaterialId>,
}

pub(super) async fn visit(State(web): State<Web>, me: Me, Path(id): Path<CaseId>, input: Input<ReadAtCounter>) -> Acted {
    let ReadAtCounter { name, unit, paper, purpose, copied } = &input.value;
    let unit = Some(unit.trim()).filter(|unit| !unit.is_empty()).map(str::to_owned);
    let visit = Visit { name: name.clone(), unit, paper: paper.clone(), purpose: purpose.clone(), copied: copied.clone() };
    run(&web, &me, id, &input, ArchiveCommand::GrantAccess { visit }).await
}

/// Another class of retention, and why.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct NewRetention {
    retention: RetentionClass,
    reason: String,
}

pub(super) async fn reclassify(State(web): State<Web>, me: Me, Path(id): Path<CaseId>, input: Input<NewRetention>) -> Acted {
    let NewRetention { retention, reason } = &input.value;
    let command = ArchiveCommand::Reclassify { retention: *retention, reason: reason.clone() };
    run(&web, &me, id, &input, command).await
}

/// The case that goes on from this one, by its number.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct LinkedBy {
    number: String,
    reason: String,
}

pub(super) async fn link(State(web): State<Web>, me: Me, Path(id): Path<CaseId>, input: Input<LinkedBy>) -> Acted {
    let LinkedBy { number, reason } = &input.value;
    let found = web.app.case_numbered(&me.actor, number.trim()).await?;
    let other = found.and_then(|row| row.case_id.parse().ok());
    let unknown = || Problem::invalid(vec![FieldError::new("number", "input.unknown_choice")]);
    let command = ArchiveCommand::Link { case: other.ok_or_else(unknown)?, reason: reason.clone() };
    run(&web, &me, id, &input, command).await
}

/// Asks for a paper to be added behind the seal: the division head and the archivist decide.
pub(super) async fn supplement(State(web): State<Web>, me: Me, Path(id): Path<CaseId>, sent: FilesForm) -> Acted {
    let kind = PaperKind::of_code(sent.field("kind"));
    let kind = kind.ok_or_else(|| Problem::invalid(vec![FieldError::new("kind", "input.unknown_choice")]))?;
    let mut files = sent.all_files(&web.app, me.person.id).await?;
    let command = sent.command().unwrap_or_else(|| xiezhi_app::issuing::command_id(&web.app));
    let request = Matter::SupplementArchive { kind, title: sent.field("title").to_owned(), file: files.remove(0) };
    let ask = ApprovalCommand::Ask { request, reason: sent.field("reason").to_owned() };
    act(&web, &me, id, command, ask, &route(id, "/approvals")).await
}
