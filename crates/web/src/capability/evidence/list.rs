//! All evidence a reader may see, with opinions and the court's view; answers; the issues.

use std::sync::Arc;

use jiff::civil::Date;
use xiezhi_app::App;
use xiezhi_domain::{
    access::{self, Act, Reader},
    case::{CaseState, Procedure},
    evidence::{Attribute, CourtView, EvidenceItem, Opinion},
    ids::{CaseId, MaterialId, PartyId},
    material::Place,
    periods::PeriodKind,
    stage,
};

use super::receipt::ReceiptView;
use crate::{
    capability::{
        case_frame::{CaseTab, case_page, part_title},
        on_paper::{came_fields, comparers},
        prelude_of_cases::{paper_route, role, route},
    },
    frame::prelude::*,
    http::{prelude::*, showing::PageParts},
    messages::{
        Lang, day_spoken,
        roles,
        evidence::{self as words, Key},
        t,
    },
};

/// Answers and evidence of a case for one reader.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct EvidenceView {
    #[serde(skip)]
    case: Arc<CaseState>,
    #[serde(skip)]
    reader: Reader,
    /// Answers: whose, and in which words.
    pub answers: Vec<(PartyId, String, String)>,
    /// Items the reader may see.
    pub items: Vec<ItemView>,
    /// Issues in dispute.
    pub issues: Vec<String>,
    /// Parties the reader may speak for: identifier and name.
    pub speaks_for: Vec<(PartyId, String)>,
    /// Last day for evidence of the reader's party.
    pub evidence_until: Option<Date>,
    /// Whether the reader may answer.
    pub may_answer: bool,
    /// Whether the reader may hand evidence in.
    pub may_submit: bool,
    /// Whether the reader may give the court's view and fix the issues.
    pub may_judge: bool,
    /// Whether the reader may waive periods that still run.
    pub may_waive: bool,
    /// Parties that waived their periods.
    pub waived_by: Vec<String>,
    /// Whether the reader's party waived its periods.
    pub waived: bool,
    /// Receipts for evidence that the reader may have.
    pub receipts: Vec<ReceiptView>,
}

/// An item of evidence.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ItemView {
    /// The paper.
    pub material: MaterialId,
    /// Whose.
    pub party: PartyId,
    /// Role and name of that party.
    pub by: String,
    /// Name.
    pub name: String,
    /// Kind.
    pub kind: String,
    /// Where it comes from.
    pub source: String,
    /// What it is to prove.
    pub purpose: String,
    /// Whether the original is held.
    pub has_original: bool,
    /// Whether it came late.
    pub late: bool,
    /// Whether it still lies in staging.
    pub staged: bool,
    /// Opinions with the names of who gave them.
    pub opinions: Vec<(String, Opinion)>,
    /// What the court made of it, once the reader may know.
    pub court_view: Option<(CourtView, String)>,
    /// Whether the reader may give an opinion on it.
    pub may_give_opinion: bool,
}

/// Shows answers and evidence.
pub(super) async fn show_evidence(State(app): State<App>, me: Me, Path(id): Path<CaseId>) -> Result<Shown<EvidenceView>, Problem> {
    let (case, reader) = app.view(id, &me.actor).await?;
    access::may(&reader, Act::ViewMain, case.stage).map_err(|_| Problem::not_found())?;
    Ok(show(&me.showing, &EvidenceView::of(&case, &reader)))
}

impl EvidenceView {
    /// Answers and evidence of `case` as `reader` may see them.
    pub fn of(case: &Arc<CaseState>, reader: &Reader) -> Self {
        let may = |act| access::may(reader, act, case.stage).is_ok();
        let running = stage::in_trial(case).is_ok();
        let speaks = may(Act::SpeakForParty) && running;
        let own = reader.party;
        let named = |party: &xiezhi_domain::party::Party| (party.id, format!("{} {}", role(party.role), party.name));
        let speaks_for = case.parties_in_order().filter(|party| speaks && own.is_none_or(|own| own == party.id));
        let period = |kind| own.and_then(|party| case.running(kind, Some(party)));
        let runs = |kind| case.running_periods().any(|period| period.kind == kind && own.is_none_or(|own| period.party == Some(own)));
        let other_side = own.and_then(|id| case.parties.get(&id)).is_some_and(|party| party.role != xiezhi_domain::party::PartyRole::Plaintiff);
        Self {
            case: Arc::clone(case),
            reader: reader.clone(),
            answers: case.answers.iter().map(|answer| (answer.party, name_of(case, answer.party), answer.words.clone())).collect(),
            items: case.evidence.iter().filter_map(|item| ItemView::of(case, reader, item)).collect(),
            issues: case.issues.clone(),
            speaks_for: speaks_for.map(named).collect(),
            evidence_until: period(PeriodKind::Evidence).map(|period| period.last_on),
            may_answer: speaks && (own.is_none() || other_side),
            may_submit: speaks,
            may_judge: may(Act::JudgeEvidence) && running,
            may_waive: speaks
                && case.procedure != Procedure::Ordinary
                && (runs(PeriodKind::Answer) || runs(PeriodKind::Evidence)),
            waived_by: case.party_order.iter().filter(|party| case.waived.contains(party)).map(|party| name_of(case, *party)).collect(),
            waived: own.is_some_and(|party| case.waived.contains(&party)),
            receipts: xiezhi_app::receipts::receipts_of(case, reader)
                .into_iter()
                .map(|(party, on)| ReceiptView { party, by: name_of(case, party), on })
                .collect(),
        }
    }
}

fn name_of(case: &CaseState, party: PartyId) -> String {
    case.parties.get(&party).map(|party| format!("{} {}", role(party.role), party.name)).unwrap_or_default()
}

impl ItemView {
    fn of(case: &CaseState, reader: &Reader, item: &EvidenceItem) -> Option<Self> {
        let paper = case.materials.get(&item.material)?;
        if !access::may_see(reader, case, paper) {
            return None;
        }
        let outside = !reader.is_inside();
        let speaks = access::may(reader, Act::SpeakForParty, case.stage).is_ok() && stage::in_trial(case).is_ok();
        let disclosed = reader.party.is_none_or(|party| paper.disclosed_to.contains(&party));
        let opinions = item.opinions.iter().map(|opinion| (name_of(case, opinion.party), opinion.clone()));
        Some(Self {
            material: item.material,
            party: item.party,
            by: name_of(case, item.party),
            name: item.name.clone(),
            kind: item.kind.clone(),
            source: item.source.clone(),
            purpose: item.purpose.clone(),
            has_original: item.has_original,
            late: item.late,
            staged: paper.place == Place::Staged,
            opinions: opinions.collect(),
            court_view: item.court_view.clone().filter(|_| !outside || case.closing.is_some()),
            may_give_opinion: speaks && disclosed && reader.party != Some(item.party),
        })
    }
}

impl View for EvidenceView {
    fn page(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let answer = route(self.case.id, "/evidence/answer");
        let answered = self.reader.party.is_some_and(|own| self.answers.iter().any(|(party, ..)| *party == own));
        let verb = self.may_answer.then(|| Verb::go(t(lang, if answered { Key::ChangeAnswer } else { Key::GoAnswer }), &answer));
        let body = stack(html! {
            (part_title(to, t(lang, Key::Title)))
            (self.issues(to))
            (self.answer_list(to))
            (self.evidence(to))
            (self.receipt_list(to, self.case.id))
            @if self.may_submit { (self.hand_in(to)) }
            (self.waiver(to))
        });
        let place = t(lang, Key::Title);
        let islands = if self.may_submit { vec![crate::frame::page::Island::Upload] } else { vec![] };
        case_page(to, &self.case, &self.reader, CaseTab::File, PageParts { verb, place, islands, ..PageParts::default() }, body)
    }
}

impl EvidenceView {
    fn issues(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        if self.issues.is_empty() && !self.may_judge {
            return html! {};
        }
        let action = route(self.case.id, "/evidence/issues");
        let text = self.issues.join("\n");
        Sheet::new(t(lang, Key::Issues)).body(html! {
            @if !self.issues.is_empty() { ol.points { @for issue in &self.issues { li lang="zh-CN" { (issue) } } } }
            @if self.may_judge {
                (form(FormTo { action: &action, ..FormTo::default() }, html! {
                    (to.command_field())
                    (Field::new("issues", t(lang, Key::Issues)).help(t(lang, Key::IssuesHelp)).value(&text).textarea(3))
                    (Verb::submit(t(lang, Key::IssuesSave)))
                }))
            }
        })
    }

    fn answer_list(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let sheet = Sheet::new(t(lang, Key::Answers));
        if self.answers.is_empty() {
            return sheet.body(html! { p.muted { (t(lang, Key::NoAnswers)) } });
        }
        sheet.body(html! { @for (_, name, words) in &self.answers { div { b { (known_as(lang, name)) } p lang="zh-CN" { (words) } } } })
    }

    fn evidence(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let counted = self.items.len().to_string();
        let sheet = Sheet::new(t(lang, Key::Evidence)).note(&counted);
        if self.items.is_empty() {
            return sheet.body(html! { p.muted { (t(lang, Key::NoEvidence)) } });
        }
        sheet.flush(html! { ul.rows { @for item in &self.items { li id={ "item-" (item.material) } { div.grow { (self.item(to, item)) } } } } })
    }

    fn item(&self, to: &Showing, item: &ItemView) -> Markup {
        let lang = to.lang();
        html! {
            div.line.wrap {
                a href=(paper_route(self.case.id, item.material)) { b lang="zh-CN" { (item.name) } }
                @if item.late { (tag(Standing::Soon, t(lang, Key::Late))) }
                @if item.staged { (tag(Standing::Waiting, t(lang, Key::Staged))) }
                @if let Some((view, _)) = &item.court_view { (tag(court_state(*view), t(lang, words::court_view(*view)))) }
            }
            div.small.muted {
                (known_as(lang, &item.by)) " · " (roles::kind(lang, &item.kind)) " · " (t(lang, if item.has_original { Key::HasOriginal } else { Key::NoOriginal }))
                @if !item.source.is_empty() { " · " span lang="zh-CN" { (item.source) } }
            }
            p { (t(lang, Key::Purpose)) (lang.pick("：", ": ")) span lang="zh-CN" { (item.purpose) } }
            @for (name, opinion) in &item.opinions { (opinion_line(to, name, opinion)) }
            @if let Some((_, reasons)) = item.court_view.as_ref().filter(|(_, reasons)| !reasons.is_empty()) { p { (t(lang, Key::CourtView)) (lang.pick("：", ": ")) span lang="zh-CN" { (reasons) } } }
            @if item.may_give_opinion { (self.opinion_form(to, item)) }
            @if self.may_judge { (self.judge_form(to, item)) }
        }
    }

    fn opinion_form(&self, to: &Showing, item: &ItemView) -> Markup {
        let lang = to.lang();
        let action = route(self.case.id, &format!("/evidence/{}/opinion", item.material));
        let own = item.opinions.iter().find(|(_, opinion)| Some(opinion.party) == self.reader.party).map(|(_, opinion)| opinion);
        let asked = [
            ("authenticity", Key::Authenticity, Key::AuthenticityHelp, own.map(|it| it.authenticity)),
            ("legality", Key::Legality, Key::LegalityHelp, own.map(|it| it.legality)),
            ("relevance", Key::Relevance, Key::RelevanceHelp, own.map(|it| it.relevance)),
        ];
        let reasons = format!("reasons-{}", item.material);
        explain(t(lang, Key::GiveOpinion), form(FormTo { action: &action, ..FormTo::default() }, html! {
            (to.command_field())
            @if self.reader.party.is_none() { (self.party_field(to, &item.material.to_string(), Some(item.party))) }
            @for (name, label, help, chosen) in asked {
                fieldset.field {
                    legend { (t(lang, label)) }
                    div.picks.across { @for (code, attribute) in [("accepted", Attribute::Accepted), ("disputed", Attribute::Disputed)] {
                        label.pick { input type="radio" name=(name) value=(code) checked[chosen.unwrap_or(Attribute::Accepted) == attribute]; span { (t(lang, words::attribute(attribute))) } }
                    } }
                    p.help { (t(lang, help)) }
                }
            }
            div.field {
                label for=(reasons) { (t(lang, Key::Reasons)) }
                textarea.input id=(reasons) name="reasons" rows="2" aria-describedby={ (reasons) "-help" } { (own.map_or("", |it| it.reasons.as_str())) }
                p.help id={ (reasons) "-help" } { (t(lang, Key::ReasonsHelp)) }
            }
            (came_fields(to, &comparers(&self.case, to), &format!("opinion-{}", item.material)))
            (Verb::submit(t(lang, Key::SendOpinion)).about(&item.name))
        }))
    }

    fn judge_form(&self, to: &Showing, item: &ItemView) -> Markup {
        let lang = to.lang();
        let action = route(self.case.id, &format!("/evidence/{}/view", item.material));
        let views = [("admitted", CourtView::Admitted), ("partly_admitted", CourtView::PartlyAdmitted), ("rejected", CourtView::Rejected)];
        let reasons = format!("view-{}", item.material);
        let known = item.court_view.as_ref();
        explain(t(lang, Key::Judge), form(FormTo { action: &action, ..FormTo::default() }, html! {
            (to.command_field())
            fieldset.field {
                legend { (t(lang, Key::CourtView)) }
                div.picks.across { @for (code, view) in views {
                    label.pick { input type="radio" name="view" value=(code) checked[known.map_or(CourtView::Admitted, |(view, _)| *view) == view]; span { (t(lang, words::court_view(view))) } }
                } }
            }
            div.field {
                label for=(reasons) { (t(lang, Key::Reasons)) }
                textarea.input id=(reasons) name="reasons" rows="2" { (known.map_or("", |(_, reasons)| reasons.as_str())) }
            }
            (Verb::submit(t(lang, Key::JudgeSend)).about(&item.name))
        }))
    }

    /// Who it comes from, where a clerk enters it.
    fn party_field(&self, to: &Showing, of: &str, except: Option<PartyId>) -> Markup {
        let lang = to.lang();
        let id = format!("party-{of}");
        html! {
            div.field {
                label for=(id) { (t(lang, Key::For)) }
                select.input id=(id) name="party" { @for (party, name) in self.speaks_for.iter().filter(|(party, _)| Some(*party) != except) { option value=(party) { (roles::in_words(lang, name)) } } }
            }
        }
    }

    fn hand_in(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let action = route(self.case.id, "/evidence");
        use roles::Key as Kind;
        let kinds = [Kind::Documentary, Kind::Electronic, Kind::Physical, Kind::Recordings, Kind::Testimony, Kind::StatementShort];
        // The kinds are stored in Chinese whatever the page speaks.
        let choices: Vec<Choice<'_>> = kinds.iter().map(|kind| Choice::new(t(Lang::Zh, *kind), t(lang, *kind))).collect();
        let until = self.evidence_until;
        Sheet::new(t(lang, Key::Add)).body(html! {
            @if let Some(on) = until { p { (t(lang, Key::EvidenceUntil)) " " b { (day_spoken(lang, on)) } " " (Due::new(on, to.today).tag(lang)) } }
            p.muted { (t(lang, Key::AddLead)) }
            (form(FormTo { action: &action, files: true, ..FormTo::default() }, html! {
                (to.command_field())
                @if self.reader.party.is_none() { (self.party_field(to, "new", None)) }
                (upload(lang, Upload {
                    name: "file",
                    field: "upload",
                    label: t(lang, Key::Files),
                    help: t(lang, Key::FilesHelp),
                    accept: ".pdf,.jpg,.jpeg,.png,.tif,.tiff,.doc,.docx,.txt,.mp3,.mp4",
                    max_bytes: xiezhi_app::issuing::FILE_LIMIT_BYTES,
                    error: None,
                }))
                (Field::new("name", t(lang, Key::Name)).help(t(lang, Key::NameHelp)).optional(lang).text())
                (Field::new("kind", t(lang, Key::Kind)).value(choices[0].value).select(lang, &choices))
                (Field::new("source", t(lang, Key::Source)).help(t(lang, Key::SourceHelp)).optional(lang).text())
                (checkbox("has_original", html! { (t(lang, Key::Original)) }, false, None))
                (Field::new("purpose", t(lang, Key::Purpose)).help(t(lang, Key::PurposeHelp)).textarea(2))
                @if !to.is_outside() {
                    (checkbox("on_paper", html! { (t(lang, Key::CameOnPaper)) }, false, None))
                    (Field::new("kept_at", t(lang, Key::KeptAt)).optional(lang).text())
                }
                (came_fields(to, &comparers(&self.case, to), "new"))
                (Verb::submit(t(lang, Key::HandIn)).icon(Icon::Upload))
            }))
        })
    }

    fn waiver(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let others = html! {
            @if !self.waived_by.is_empty() { p { (t(lang, Key::WaivedBy)) (lang.pick("：", ": ")) (all_known_as(lang, &self.waived_by)) } }
        };
        if self.waived {
            return bare_sheet(html! { (tag(Standing::Done, t(lang, Key::Waived))) (others) });
        }
        if !self.may_waive {
            return if self.waived_by.is_empty() { html! {} } else { bare_sheet(others) };
        }
        let action = route(self.case.id, "/evidence/waiver");
        bare_sheet(explain(t(lang, Key::Waive), form(FormTo { action: &action, ..FormTo::default() }, html! {
            (to.command_field())
            p { (t(lang, Key::WaiveWords)) }
            (others)
            @if self.reader.party.is_none() { (self.party_field(to, "waive", None)) }
            (came_fields(to, &comparers(&self.case, to), "waive"))
            (Verb::submit(t(lang, Key::WaiveDo)).danger())
        })))
    }
}

fn court_state(view: CourtView) -> Standing {
    match view {
        CourtView::Admitted => Standing::Done,
        CourtView::PartlyAdmitted => Standing::Waiting,
        CourtView::Rejected => Standing::Stopped,
    }
}

fn opinion_line(to: &Showing, name: &str, opinion: &Opinion) -> Markup {
    let lang = to.lang();
    let joint = lang.pick("：", ": ");
    let said = [
        (Key::Authenticity, opinion.authenticity),
        (Key::Legality, opinion.legality),
        (Key::Relevance, opinion.relevance),
    ];
    html! {
        p.small {
            b { (known_as(lang, name)) } " "
            @for (key, attribute) in said { (t(lang, key)) (joint) (t(lang, words::attribute(attribute))) " · " }
            span lang="zh-CN" { (opinion.reasons) }
        }
    }
}
