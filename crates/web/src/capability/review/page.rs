//! The pages of filing review.

use jiff::civil::Date;
use xiezhi_app::tables::{CaseRow, TaskRow};
use xiezhi_domain::{case::Procedure, filing::Intake, ids::PersonId};

use super::facts::{DrawView, FeeView, Outcome, ProcedureChoice, ReviewView};
use crate::{
    capability::fees::working::lines as fee_lines,
    frame::prelude::*,
    http::{prelude::*, showing::PageParts},
    messages::{
        Lang, amount, case as case_words, day, names,
        roles,
        review::{self as words, Key},
        t,
    },
};

/// One application in the queue.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Waiting {
    /// The case.
    pub case: String,
    /// Parties, short.
    pub title: String,
    /// Cause.
    pub cause: String,
    /// Last day of the review.
    pub due_on: Option<Date>,
    /// Who took it.
    pub taken_by: Option<String>,
    /// Whether the reader took it.
    pub mine: bool,
}

/// The queue of filing review.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct QueueView {
    /// To review.
    pub waiting: Vec<Waiting>,
    /// Waiting for their filers.
    pub correcting: Vec<CaseRow>,
}

/// The queue as its reader sees it.
pub fn waiting(to: &Showing, rows: Vec<TaskRow>) -> Vec<Waiting> {
    let me = to.person.as_ref().map(|person| person.id);
    let of = |row: TaskRow| {
        let clerk: Option<PersonId> = row.person.as_deref().and_then(|id| id.parse().ok());
        Waiting {
            case: row.case_id,
            title: row.title,
            cause: row.cause,
            due_on: row.due_on.as_deref().and_then(|day| day.parse().ok()),
            taken_by: clerk.map(|clerk| to.name(clerk).to_owned()),
            mine: clerk.is_some() && clerk == me,
        }
    };
    rows.into_iter().map(of).collect()
}

impl View for QueueView {
    fn page(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let title = t(lang, Key::Title);
        to.page(
            title,
            html! {
                (page_head(title, &day(to.today), html! {}))
                (stack(html! {
                    @if self.waiting.is_empty() {
                        (Blank::empty(Icon::FileCheck, t(lang, Key::NoneTitle), t(lang, Key::NoneWords)).sheet())
                    } @else {
                        (Sheet::new(t(lang, Key::Waiting)).note(&self.waiting.len().to_string()).flush(self.rows(to)))
                    }
                    @if !self.correcting.is_empty() { (self.corrections(to)) }
                }))
            },
        )
    }
}

impl QueueView {
    fn rows(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let hrefs: Vec<String> = self.waiting.iter().map(|it| format!("/review/{}", it.case)).collect();
        let takers: Vec<String> = self
            .waiting
            .iter()
            .map(|it| {
                it.taken_by.as_ref().map_or_else(|| t(lang, Key::Nobody).to_owned(), |name| words::taken_by(lang, name))
            })
            .collect();
        let causes: Vec<String> = self.waiting.iter().map(|it| names::cause(lang, &it.cause)).collect();
        let days: Vec<String> = self.waiting.iter().map(|it| it.due_on.map(day).unwrap_or_default()).collect();
        let rows_shown: Vec<Row<'_>> = self
            .waiting
            .iter()
            .enumerate()
            .map(|(i, it)| Row {
                what: &it.title,
                href: &hrefs[i],
                facts: vec![&causes[i], &takers[i]],
                state: it.due_on.map(|on| Due::new(on, to.today).tag(lang)),
                by: &days[i],
                verb: Some(Verb::go(t(lang, Key::Look), &hrefs[i])),
                fresh: it.taken_by.is_none(),
                ..Row::default()
            })
            .collect();
        rows(lang, &rows_shown)
    }

    fn corrections(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let hrefs: Vec<String> = self.correcting.iter().map(|case| format!("/review/{}", case.case_id)).collect();
        let causes: Vec<String> = self.correcting.iter().map(|case| names::cause(lang, &case.cause)).collect();
        let shown: Vec<Row<'_>> = self
            .correcting
            .iter()
            .zip(hrefs.iter().zip(&causes))
            .map(|(case, (href, cause))| Row {
                what: &case.title,
                href,
                facts: vec![cause, &case.submitted_on],
                state: Some(tag(Standing::Waiting, t(lang, Key::AwaitCorrection))),
                verb: Some(Verb::go(t(lang, Key::Open), href)),
                ..Row::default()
            })
            .collect();
        Sheet::new(t(lang, Key::InCorrection)).flush(rows(lang, &shown))
    }
}

impl View for ReviewView {
    fn page(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let title = format!("{} · {}", t(lang, Key::Title), self.title);
        let open = matches!(self.outcome, Outcome::Open);
        let verb = open.then(|| Verb::submit_form(t(lang, Key::File), "file-case").primary());
        let parts = PageParts { full: true, folded: true, verb, ..PageParts::default() };
        to.page_with(&title, parts, html! {
            (self.bar(to))
            div.split.three {
                div.pane.desk tabindex="0" role="region" aria-label=(t(lang, Key::Complaint)) { (self.paper(to)) }
                div.pane.side tabindex="0" role="region" aria-label=(t(lang, Key::Facts)) { (self.fields(to)) }
                div.pane.side tabindex="0" role="region" aria-label=(t(lang, Key::Conditions)) { (self.deciding(to)) }
            }
        })
    }
}

impl ReviewView {
    fn bar(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let source = match self.intake {
            Intake::Online => Key::Online,
            Intake::Counter { .. } => Key::Counter,
            Intake::Oral { .. } => Key::Oral,
        };
        let take_at = format!("/review/{}/take", self.case);
        html! {
            div.tools {
                a.btn href="/review" { (Icon::Back) (t(lang, Key::Title)) }
                h1.grow { (self.title) }
                span.muted { (t(lang, source)) " " (day(self.submitted_on)) }
                @if let Some(on) = self.due_on { (Due::new(on, to.today).tag(lang)) }
                @match &self.taken_by {
                    Some(name) => span.muted { (words::taken_by(lang, name)) },
                    None if self.may_take => form.inline method="post" action=(take_at) { (to.command_field()) (Verb::submit(t(lang, Key::Take))) },
                    None => {},
                }
                @if let Some(next) = &self.next { a.btn href={ "/review/" (next) } data-key="n" { (t(lang, Key::NextOne)) (Icon::Next) } }
            }
        }
    }

    /// The papers, and the open one page by page.
    fn paper(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let here = format!("/review/{}", self.case);
        let hrefs: Vec<String> =
            self.papers.iter().map(|paper| with_query(&here, "paper", &paper.id.to_string())).collect();
        let counts: Vec<String> = self.papers.iter().map(|paper| words::pages(lang, paper.pages)).collect();
        let all: Vec<Tab<'_>> = self
            .papers
            .iter()
            .enumerate()
            .map(|(i, paper)| Tab {
                name: &paper.title,
                href: &hrefs[i],
                count: &counts[i],
                here: self.open == Some(paper.id),
            })
            .collect();
        let open = self.papers.iter().find(|paper| self.open == Some(paper.id));
        html! {
            @if self.papers.is_empty() { p.muted { (t(lang, Key::PapersMoved)) } }
            @else { (tabs(t(lang, Key::PaperTabs), &all)) }
            @if let Some(paper) = open {
                @let file = format!("/cases/{}/file/{}", self.case, paper.id);
                @if paper.pages == 0 { p { (t(lang, Key::NoPages)) " " a href={ (file) "/download" } { (t(lang, Key::Download)) } } }
                @for page in 1..=paper.pages.min(60) {
                    img.page-image src={ (file) "/pages/" (page) ".jpg?w=900" } alt=(words::page_alt(lang, &paper.title, page)) loading=[(page > 1).then_some("lazy")];
                }
            }
        }
    }

    fn fields(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let sum = self.amount_fen.map_or_else(|| t(lang, Key::NoAmount).to_owned(), |fen| amount(lang, fen));
        html! {
            (Sheet::new(t(lang, Key::Cause)).body(pairs(&[
                (t(lang, Key::Cause), html! { @let cause = names::cause(lang, &self.cause); span lang=[names::spoken(&cause)] { (cause) } }),
                (t(lang, Key::Amount), html! { b { (sum) } }),
            ])))
            (Sheet::new(t(lang, Key::Parties)).body(html! { @for party in &self.parties { (party_lines(to, party)) } }))
            (Sheet::new(t(lang, Key::Claims)).body(self.claims(to)))
            (Sheet::new(t(lang, Key::Facts)).body(html! { @for line in self.facts.lines() { p lang="zh-CN" { (line) } } }))
            (self.similar(to))
            (Sheet::new(t(lang, Key::FeePreview)).body(html! { @for fee in &self.choice.fees { (fee_block(to, fee)) } }))
        }
    }

    /// The claims with their amounts, and whether they add up to the amount in dispute.
    fn claims(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let agrees = self.claimed_fen == self.amount_fen;
        html! {
            ol.sums { @for claim in &self.claims { li {
                span lang="zh-CN" { (claim.text) }
                @if let Some(fen) = claim.amount_fen { span.number { (amount(lang, fen)) } }
            } } }
            @if let Some(sum) = self.claimed_fen {
                div.total { span { (t(lang, Key::ClaimsSum)) } b { (amount(lang, sum)) } }
                @if agrees { (tag(Standing::Done, t(lang, Key::SumAgrees))) } @else { (tag(Standing::Soon, t(lang, Key::SumDiffers))) }
            }
        }
    }

    /// What the clerk can hold each condition against.
    fn defendants_note(&self, to: &Showing) -> String {
        let others: Vec<&super::facts::PartyView> = self.parties.iter().filter(|party| party.role == "被告").collect();
        let reachable = others.iter().filter(|party| party.address.is_some() || party.phone.is_some()).count();
        words::defendants_told(to.lang(), others.len(), reachable)
    }

    fn similar(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let place =
            |case: &CaseRow| format!("/{}/{}", if case.number.is_some() { "cases" } else { "review" }, case.case_id);
        let hrefs: Vec<String> = self.alike.iter().map(|alike| place(&alike.case)).collect();
        let shown: Vec<Line<'_>> = self
            .alike
            .iter()
            .zip(&hrefs)
            .map(|(alike, href)| {
                let word = match (alike.both_sides, alike.same_cause) {
                    (true, true) => tag(Standing::Soon, t(lang, Key::SameAll)),
                    (true, false) => kind(t(lang, Key::SameParties)),
                    (false, _) => kind(t(lang, Key::SameOne)),
                };
                let number = alike.case.number.as_deref().unwrap_or(&alike.case.submitted_on);
                let words = html! { (alike.case.title) " " span.faint { (number) " · " (names::cause(lang, &alike.case.cause)) } };
                Line { kind: Some(word), href: Some(href), ..Line::new(words) }
            })
            .collect();
        let sheet = Sheet::new(t(lang, Key::Similar));
        if shown.is_empty() {
            sheet.body(html! { p { (t(lang, Key::NoSimilar)) } })
        } else {
            sheet.flush(lines(&shown))
        }
    }

    fn deciding(&self, to: &Showing) -> Markup {
        match &self.outcome {
            Outcome::Open => {
                html! { (self.filing_form(to)) (self.correction_form(to)) (self.turn_away_form(to, false)) }
            }
            Outcome::Correcting { items, due_on, over } => html! {
                (say(Standing::Waiting, t(to.lang(), Key::AwaitCorrection), &due_on.map(day).unwrap_or_default(), html! {
                    ul.points lang="zh-CN" { @for item in items { li { (item) } } }
                }))
                (self.turn_away_form(to, *over))
            },
            Outcome::TurnedAway { stage, reason } => {
                let stage = t(to.lang(), case_words::stage(*stage));
                say(
                    Standing::Stopped,
                    t(to.lang(), Key::TurnedAway),
                    stage,
                    html! { p lang="zh-CN" { (reason) } (back(to)) },
                )
            }
            Outcome::Filed { number, judge, draw } => filed(to, self, number, judge.as_deref(), draw.as_ref()),
        }
    }

    fn filing_form(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let defendants = self.defendants_note(to);
        let claimed = words::claims_told(
            lang,
            self.claims.len(),
            &self.claimed_fen.map_or_else(|| t(lang, Key::NoAmount).to_owned(), |fen| amount(lang, fen)),
        );
        let where_others =
            self.parties.iter().filter(|party| party.role == "被告").find_map(|party| party.address.as_deref());
        let action = format!("/review/{}/file", self.case);
        let body = form(
            FormTo { id: Some("file-case"), action: &action, wide: true, ..FormTo::default() },
            html! {
                (to.command_field())
                (conditions_field(lang, [&defendants, &claimed, where_others.unwrap_or_default()]))
                (procedure_field(lang, &self.choice))
                (Verb::submit(t(lang, Key::File)).primary().icon(Icon::Check).keys("Ctrl Enter"))
                p.help { (t(lang, Key::FileThen)) }
            },
        );
        Sheet::new(t(lang, Key::Conditions)).note(t(lang, Key::ConditionsSource)).body(body)
    }

    fn correction_form(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let values: Vec<String> = self.phrases.iter().map(|(field, what)| format!("{field}|{what}")).collect();
        let choices: Vec<Choice<'_>> =
            self.phrases.iter().zip(&values).map(|((_, what), value)| Choice::new(value, what)).collect();
        let mut places = vec![Choice::new("", t(lang, Key::CorrectionNowhere))];
        places.extend(self.fields.iter().map(|(field, name)| Choice::new(field, name)));
        let action = format!("/review/{}/correction", self.case);
        let body = form(
            FormTo { action: &action, wide: true, ..FormTo::default() },
            html! {
                (to.command_field())
                p.help { (t(lang, Key::CorrectionOnce)) }
                (Field::new("item", t(lang, Key::CorrectionItems)).several(&choices, &[]))
                (Field::new("other", t(lang, Key::CorrectionOther)).optional(lang).textarea(3))
                (Field::new("other_at", t(lang, Key::CorrectionAt)).help(t(lang, Key::CorrectionAtHelp)).optional(lang).select(lang, &places))
                (Verb::submit(t(lang, Key::SendCorrection)))
            },
        );
        html! { div.in { (unfold(t(lang, Key::Correction), body)) } }
    }

    /// Turning away; `over` says that the time for correction is over, so that papers may be returned.
    fn turn_away_form(&self, to: &Showing, over: bool) -> Markup {
        let lang = to.lang();
        let mut outcomes = vec![Choice::new("not_accept", t(lang, Key::NotAccept)).note(t(lang, Key::NotAcceptNote))];
        match self.outcome {
            Outcome::Open => {
                outcomes.push(Choice::new("redirect", t(lang, Key::Redirect)).note(t(lang, Key::RedirectNote)))
            }
            _ if over => outcomes.insert(0, Choice::new("return", t(lang, Key::Return)).note(t(lang, Key::ReturnNote))),
            _ => {}
        }
        let action = format!("/review/{}/turn-away", self.case);
        let body = form(
            FormTo { action: &action, wide: true, ..FormTo::default() },
            html! {
                (to.command_field())
                (Field::new("outcome", t(lang, Key::Outcome)).value(outcomes[0].value).choice(&outcomes))
                @if matches!(self.outcome, Outcome::Open) { (Field::new("to", t(lang, Key::Where)).optional(lang).text()) }
                (Field::new("reason", t(lang, Key::Reason)).help(t(lang, Key::ReasonHelp)).required().textarea(4))
                (Verb::submit(t(lang, Key::Decide)).danger())
            },
        );
        html! { div.in { (unfold_open(t(lang, Key::TurnAway), body, over)) } }
    }
}

/// The four conditions of a suit, to be ticked one by one, with what the application says to three of them.
pub(super) fn conditions_field(lang: Lang, [defendants, claims, place]: [&str; 3]) -> Markup {
    let conditions = [
        Choice::new("interest", t(lang, Key::Interest)).key("1"),
        Choice::new("defendant", t(lang, Key::Defendant)).note(defendants).key("2"),
        Choice::new("claims", t(lang, Key::SpecificClaims)).note(claims).key("3"),
        Choice::new("jurisdiction", t(lang, Key::Jurisdiction)).note(place).key("4"),
    ];
    Field::new("condition", t(lang, Key::Conditions)).help(t(lang, Key::ConditionsSource)).several(&conditions, &[])
}

/// The procedures the suit may take, each with its fee.
pub(super) fn procedure_field(lang: Lang, choice: &ProcedureChoice) -> Markup {
    let totals: Vec<String> = choice.fees.iter().map(|fee| amount(lang, fee.total_fen)).collect();
    let procedures: Vec<Choice<'_>> = choice
        .fees
        .iter()
        .zip(&totals)
        .map(|(fee, total)| Choice::new(code(fee.procedure), t(lang, case_words::procedure(fee.procedure))).note(total))
        .collect();
    let proposal = if choice.fits_small { Key::ProposeSmall } else { Key::ProposeOther };
    Field::new("procedure", t(lang, Key::Procedure))
        .help(t(lang, proposal))
        .value(code(choice.proposed))
        .choice(&procedures)
}

fn code(procedure: Procedure) -> &'static str {
    match procedure {
        Procedure::Ordinary => "ordinary",
        Procedure::Summary => "summary",
        Procedure::SmallClaims => "small_claims",
    }
}

fn party_lines(to: &Showing, party: &super::facts::PartyView) -> Markup {
    let lang = to.lang();
    let told = |value: &Option<String>| value.clone().unwrap_or_else(|| t(lang, Key::Unknown).to_owned());
    html! {
        h3 {
            (kind(&roles::in_words(lang, party.role))) " " span lang="zh-CN" { (party.name) }
            @if party.namesake { " " (tag(Standing::Soon, t(lang, Key::Namesake))) }
        }
        (pairs(&[
            (t(lang, Key::IdNo), html! { (told(&party.id_no)) }),
            (t(lang, Key::Address), html! { (told(&party.address)) }),
            (t(lang, Key::Phone), html! { (told(&party.phone)) }),
        ]))
        @if !party.agents.is_empty() { (pairs(&[(t(lang, Key::Agents), html! { (party.agents.join("；")) })])) }
    }
}

fn fee_block(to: &Showing, fee: &FeeView) -> Markup {
    let lang = to.lang();
    let told = fee_lines(lang, &fee.working);
    let total = amount(lang, fee.total_fen);
    let shown: Vec<WorkingLine<'_>> =
        told.iter().map(|(words, result, source)| WorkingLine::new(words, result).source(source)).collect();
    html! {
        p { (t(lang, case_words::procedure(fee.procedure))) " " b { (total) } }
        (explain(t(lang, Key::Steps), working(&shown)))
    }
}

fn back(to: &Showing) -> Markup {
    acts(&[Verb::go(t(to.lang(), Key::ToQueue), "/review")])
}

fn filed(to: &Showing, view: &ReviewView, number: &str, judge: Option<&str>, draw: Option<&DrawView>) -> Markup {
    let lang = to.lang();
    let case = format!("/cases/{}", view.case);
    let next = view.next.as_ref().map(|next| format!("/review/{next}"));
    let mut verbs = vec![];
    if let Some(next) = &next {
        verbs.push(Verb::go(t(lang, Key::NextOne), next).primary());
    }
    verbs.push(Verb::go(t(lang, Key::ToCase), &case));
    html! {
        (say(Standing::Done, t(lang, Key::Filed), number, html! {
            @if let Some(judge) = judge { p { (t(lang, Key::Judge)) " " b { (judge) } } }
            (acts(&verbs))
        }))
        @if let Some(draw) = draw { (Sheet::new(t(lang, Key::DrawTitle)).body(drawn(to, draw))) }
    }
}

fn drawn(to: &Showing, draw: &DrawView) -> Markup {
    let lang = to.lang();
    html! {
        (pairs(&[
            (t(lang, Key::DrawDay), html! { (day(draw.day)) }),
            (t(lang, Key::DrawCandidates), html! { (draw.candidates.join("、")) }),
            (t(lang, Key::DrawKey), html! { code.hash { (draw.key_hash) } }),
            (t(lang, Key::DrawMac), html! { code.hash { (draw.mac) } }),
            (t(lang, Key::DrawPlace), html! { (draw.place) "/" (draw.candidates.len()) }),
        ]))
        p.help { (t(lang, Key::DrawCheck)) }
    }
}
