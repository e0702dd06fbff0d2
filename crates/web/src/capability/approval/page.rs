//! The pages of approval: the whole request with law and facts, and yes or no.

use xiezhi_domain::{
    approval::{ApprovalStatus, Matter},
    case::Procedure,
    destruction::SEEN_BY,
    fees::FeeAid,
    law::trial_period::ExclusionKind,
};

use super::{MineView, RequestView, RequestsView};
use crate::{
    capability::{
        case_frame::{CaseTab, case_page},
        prelude_of_cases::route,
    },
    frame::prelude::*,
    http::{prelude::*, showing::PageParts},
    messages::{
        amount,
        approval::{self as words, Key},
        case as case_words, day,
        kinds::kind_name,
        nav, t,
    },
};

impl View for MineView {
    fn page(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let title = t(lang, Key::Title);
        let hrefs: Vec<String> =
            self.waiting.iter().map(|row| format!("/cases/{}/approvals#a-{}", row.case_id, row.approval_id)).collect();
        let shown: Vec<Row<'_>> = self
            .waiting
            .iter()
            .zip(&hrefs)
            .map(|(row, href)| Row {
                what: t(lang, words::matter_of_code(&row.matter)),
                href,
                facts: vec![row.number.as_deref().unwrap_or_default(), &row.title, &row.reason],
                state: Some(tag(Standing::Waiting, t(lang, Key::Pending))),
                by: &row.asked_on,
                verb: Some(Verb::go(t(lang, Key::Look), href)),
                ..Row::default()
            })
            .collect();
        to.page(title, html! {
            (page_head(title, "", html! {}))
            @if to.person.as_ref().is_some_and(|person| SEEN_BY.contains(&person.post)) {
                p { a href="/archive/destruction" { (t(lang, crate::messages::destruction::Key::Title)) } }
            }
            @if shown.is_empty() { (Blank::empty(Icon::Stamp, t(lang, Key::NoneTitle), t(lang, Key::NoneWords)).sheet()) }
            @else { (Sheet::new(t(lang, Key::Mine)).flush(rows(lang, &shown))) }
        })
    }
}

impl View for RequestsView {
    fn page(&self, to: &Showing) -> Markup {
        let course = super::route(self.case, "/procedure");
        let body = stack(html! {
            p { a href=(course) { (t(to.lang(), crate::messages::procedure::Key::Title)) } }
            (self.body(to))
        });
        case_page(to, &self.state, &self.reader, CaseTab::Requests, PageParts::default(), body)
    }
}

impl RequestsView {
    fn body(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let requests = html! {
            @if self.requests.is_empty() { (bare_sheet(html! { p.muted { (t(lang, Key::NoRequests)) } })) }
            @for request in &self.requests { (self.request(to, request)) }
        };
        if self.may_ask { columns(requests, self.asking(to)) } else { stack(requests) }
    }

    fn request(&self, to: &Showing, request: &RequestView) -> Markup {
        let lang = to.lang();
        let id = format!("a-{}", request.id);
        let state = match request.status {
            ApprovalStatus::Pending => tag(Standing::Waiting, t(lang, Key::Pending)),
            ApprovalStatus::Granted => tag(Standing::Done, t(lang, Key::Granted)),
            ApprovalStatus::Refused => tag(Standing::Stopped, t(lang, Key::Refused)),
        };
        let chain: Vec<&str> = request.chain.iter().map(|post| t(lang, nav::post(*post))).collect();
        let mut facts = vec![
            (t(lang, Key::Facts), html! { b { (self.what(to, request)) } }),
            (t(lang, Key::Reason), html! { span lang="zh-CN" { (request.reason) } }),
            (t(lang, Key::Law), html! { span lang="zh-CN" { (words::law(&request.matter)) } }),
            (t(lang, Key::AskedBy), html! { (request.asked_by.as_deref().unwrap_or("—")) }),
            (t(lang, Key::AskedOn), html! { (day(request.asked_on)) }),
            (t(lang, Key::Chain), html! { (chain.join(" → ")) }),
        ];
        if let Some(on) = self.trial_ends_on {
            facts.push((t(lang, Key::TrialEnds), html! { (day(on)) " " (Due::new(on, to.today).words(lang)) }));
        }
        if matches!(request.matter, Matter::FeeAid { .. }) {
            facts.push((t(lang, Key::FeeDue), html! { (amount(lang, self.fee_due_fen)) }));
        }
        Sheet::new(t(lang, words::matter(&request.matter))).id(&id).extra(state).body(html! {
            (pairs(&facts))
            @if !request.words.is_empty() {
                h3 { (t(lang, Key::Words)) }
                ul.lines { @for word in &request.words { li { b { (word.by) } " " span.faint { (t(lang, nav::post(word.post))) } " " span lang="zh-CN" { (word.opinion) } } } }
            }
            @if request.my_turn { (self.answering(to, request)) }
        })
    }

    /// What is asked, in figures.
    fn what(&self, to: &Showing, request: &RequestView) -> String {
        let lang = to.lang();
        match &request.matter {
            Matter::FeeAid { aid, remaining } => {
                let aid_words = t(lang, aid_key(*aid));
                if *aid == FeeAid::Reduce { format!("{aid_words} · {} {}", t(lang, Key::Remaining), amount(lang, remaining.0)) } else { aid_words.to_owned() }
            }
            Matter::ExtendTrial { months } => words::months_words(lang, *months),
            Matter::ExcludePeriod { kind, from_on, to_on } => {
                format!("{} · {}", t(lang, words::exclusion(*kind)), words::from_to(lang, &day(*from_on), &day(*to_on)))
            }
            Matter::Stay { ground } => ground.clone(),
            Matter::ChangeProcedure { to } => t(lang, case_words::procedure(*to)).to_owned(),
            Matter::ReplaceMaterial { file, .. } => format!("{} → {}", request.paper.as_deref().unwrap_or("—"), file.name),
            Matter::SupplementArchive { kind, title, file } => {
                let title = if title.is_empty() { kind.name_zh() } else { title };
                format!("{title} · {}", file.name)
            }
            Matter::ShareOut { terms } => words::sharing(lang, &terms.with.organisation, &terms.with.name, &day(terms.until_on), &request.shared.join("、")),
            Matter::SubmitCommittee { questions } => {
                let asked: Vec<String> = questions.iter().map(|question| format!("{}（{}）", question.text, question.proposal)).collect();
                asked.join("；")
            }
            Matter::CorrectArchived { document } => self.state.drafts.get(document).map_or("—", |draft| kind_name(lang, draft.kind)).to_owned(),
            Matter::ReconsiderCommittee {} => t(lang, Key::ReconsiderCommittee).to_owned(),
            Matter::StrikeMaterial { .. } | Matter::RevokePaper { .. } | Matter::EraseMaterial { .. } => request.paper.clone().unwrap_or_else(|| "—".to_owned()),
        }
    }

    fn answering(&self, to: &Showing, request: &RequestView) -> Markup {
        let lang = to.lang();
        let action = route(self.case, &format!("/approvals/{}", request.id));
        form(FormTo { action: &action, wide: true, ..FormTo::default() }, html! {
            (to.command_field())
            input type="hidden" name="seen_words" value=(request.words.len());
            div.field {
                label for={ "opinion-" (request.id) } { (t(lang, Key::Opinion)) }
                textarea.input id={ "opinion-" (request.id) } name="opinion" rows="2" {}
                p.help { (t(lang, Key::OpinionHelp)) }
            }
            div.answers {
                (Verb::submit_as(t(lang, Key::Yes), "answer", "yes").primary())
                (Verb::submit_as(t(lang, Key::No), "answer", "no").danger())
            }
        })
    }

    /// One form for each matter, folded until it is wanted.
    fn asking(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let aids = [FeeAid::Defer, FeeAid::Reduce, FeeAid::Waive];
        let aids: Vec<Choice<'_>> = aids.into_iter().map(|aid| Choice::new(aid_code(aid), t(lang, aid_key(aid)))).collect();
        let kinds: Vec<(String, Key)> =
            EXCLUSIONS.iter().map(|kind| (xiezhi_app::rows::code_of(kind), words::exclusion(*kind))).collect();
        let kinds: Vec<Choice<'_>> = kinds.iter().map(|(code, key)| Choice::new(code, t(lang, *key))).collect();
        let procedures: Vec<(String, Procedure)> =
            Procedure::ALL.into_iter().map(|procedure| (xiezhi_app::rows::code_of(&procedure), procedure)).collect();
        let procedures: Vec<Choice<'_>> =
            procedures.iter().map(|(code, procedure)| Choice::new(code, t(lang, case_words::procedure(*procedure)))).collect();
        let body = html! {
            (self.ask(to, "fee_aid", false, html! {
                (select(to, "fee_aid", "aid", Key::Aid, &aids, ""))
                (input(to, "fee_aid", "remaining", Key::Remaining, "text"))
            }))
            (self.ask(to, "extend_trial", false, input(to, "extend_trial", "months", Key::Months, "number")))
            (self.ask(to, "exclude_period", false, html! {
                (select(to, "exclude_period", "kind", Key::ExclusionKindWord, &kinds, ""))
                (input(to, "exclude_period", "from_on", Key::FromDay, "date"))
                (input(to, "exclude_period", "to_on", Key::ToDay, "date"))
            }))
            (self.ask(to, "stay", false, input(to, "stay", "ground", Key::Ground, "text")))
            (self.ask(to, "change_procedure", false, select(to, "change_procedure", "to", Key::NewProcedure, &procedures, "")))
            (self.about_papers(to))
        };
        Sheet::new(t(lang, Key::Ask)).note(t(lang, Key::AskNote)).id("ask").body(body)
    }

    fn about_papers(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        if self.papers.is_empty() {
            return html! { p.muted { (t(lang, Key::NoPapers)) } };
        }
        let told = |papers: &[(xiezhi_domain::ids::MaterialId, String)]| -> Vec<(String, String)> {
            papers.iter().map(|(id, title)| (id.to_string(), title.clone())).collect()
        };
        let (papers, staged) = (told(&self.papers), told(&self.staged));
        let choices = |papers: &'_ [(String, String)]| -> Vec<(String, String)> { papers.to_vec() };
        let (papers, staged) = (choices(&papers), choices(&staged));
        let in_file: Vec<Choice<'_>> = papers.iter().map(|(id, title)| Choice::new(id, title)).collect();
        let waiting: Vec<Choice<'_>> = staged.iter().map(|(id, title)| Choice::new(id, title)).collect();
        let chosen = self.chosen.map(|id| id.to_string()).unwrap_or_default();
        let open = self.chosen.is_some();
        html! {
            (self.ask(to, "strike_material", open, select(to, "strike_material", "material", Key::Paper, &in_file, &chosen)))
            (self.ask(to, "revoke_paper", false, html! {
                (select(to, "revoke_paper", "material", Key::Paper, &in_file, &chosen))
                p.help { (t(lang, Key::RevokeHelp)) }
            }))
            (self.ask(to, "erase_material", false, html! {
                (select(to, "erase_material", "material", Key::Paper, &in_file, &chosen))
                p.help { (t(lang, Key::EraseHelp)) }
            }))
            (self.ask(to, "replace_material", false, html! {
                (select(to, "replace_material", "material", Key::Paper, &in_file, &chosen))
                @if waiting.is_empty() { p.help { (t(lang, Key::NoStaged)) } }
                @else { (select(to, "replace_material", "replacement", Key::Replacement, &waiting, "")) }
            }))
        }
    }

    fn ask(&self, to: &Showing, matter: &str, open: bool, fields: Markup) -> Markup {
        let lang = to.lang();
        let action = route(self.case, "/approvals");
        let body = form(FormTo { action: &action, wide: true, ..FormTo::default() }, html! {
            (to.command_field())
            input type="hidden" name="matter" value=(matter);
            (fields)
            div.field {
                label for={ (matter) "-reason" } { (t(lang, Key::Reason)) }
                textarea.input id={ (matter) "-reason" } name="reason" rows="3" required {}
            }
            (Verb::submit(t(lang, Key::Send)))
        });
        unfold_open(t(lang, words::matter_of_code(matter)), body, open)
    }
}

/// The stretches of first-instance cases that may be excluded on request.
const EXCLUSIONS: [ExclusionKind; 7] = [
    ExclusionKind::Announcement,
    ExclusionKind::Appraisal,
    ExclusionKind::Settlement,
    ExclusionKind::Jurisdiction,
    ExclusionKind::Stay,
    ExclusionKind::NewEvidenceAdjournment,
    ExclusionKind::MediationExtension,
];

fn aid_key(aid: FeeAid) -> Key {
    match aid {
        FeeAid::Defer => Key::Defer,
        FeeAid::Reduce => Key::Reduce,
        FeeAid::Waive => Key::Waive,
    }
}

fn aid_code(aid: FeeAid) -> &'static str {
    match aid {
        FeeAid::Defer => "defer",
        FeeAid::Reduce => "reduce",
        FeeAid::Waive => "waive",
    }
}

/// A field of one of several forms on a page: its id carries the matter, so that no two are alike.
fn input(to: &Showing, matter: &str, name: &str, label: Key, kind: &str) -> Markup {
    html! {
        div.field {
            label for={ (matter) "-" (name) } { (t(to.lang(), label)) }
            input.input type=(kind) id={ (matter) "-" (name) } name=(name);
        }
    }
}

fn select(to: &Showing, matter: &str, name: &str, label: Key, choices: &[Choice<'_>], chosen: &str) -> Markup {
    html! {
        div.field {
            label for={ (matter) "-" (name) } { (t(to.lang(), label)) }
            select.input id={ (matter) "-" (name) } name=(name) required {
                @for choice in choices { option value=(choice.value) selected[choice.value == chosen] { (choice.words) } }
            }
        }
    }
}
