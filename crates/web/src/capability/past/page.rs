//! The page of a case as it stood: an unmistakable banner, what stood there, and nothing to act with.

use super::{Part, PastView, Since, ThenHearing, ThenPaper, ThenParty, ThenTask, ThenView, past_route};
use crate::{
    capability::{
        case_frame::{facts, stage_line, tags},
        overview::ActView,
        parties::authority,
        prelude_of_cases::{paper_route, route},
    },
    frame::prelude::*,
    http::{prelude::*, showing::PageParts},
    messages::{
        Lang, case as case_words, hearing as hearing_words, material as file_words, moment, moment_exact, names, overview,
        parties as party_words,
        past::{self as words, Key},
        t,
    },
};
use jiff::Timestamp;
use xiezhi_domain::{moment::day_of, stage::Stage};

impl View for PastView {
    fn page(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let now = route(self.case, "");
        let title = self.at.map_or_else(|| t(lang, Key::Title).to_owned(), |at| words::at_act(lang, &moment(at)));
        let name = format!("{title} · {}", self.now.short_title());
        // Days left and the like are those of then.
        let then_to = Showing { today: self.at.map_or(to.today, day_of), ..to.clone() };
        let (back, place) = (t(lang, case_words::Key::Back), t(lang, case_words::Key::MyCase));
        let parts = PageParts { back: Some((back, &now)), place, wide: true, ..PageParts::default() };
        match &self.then {
            Some(then) if to.is_outside() => to.page_with(&name, parts, stack(html! {
                (self.banner(to))
                h1 lang="zh-CN" { (then.title) }
                (self.tab_line(to))
                (self.part(&then_to, then))
                (self.another(to))
            })),
            Some(then) => {
                let parts = PageParts { full: true, ..parts };
                to.page_with(&name, parts, html! { (self.head(&then_to, then)) div.inside { (stack(html! { (self.part(&then_to, then)) (self.another(to)) })) } })
            }
            None => to.page_with(&name, parts, html! {
                (page_head(t(lang, Key::Title), &self.now.short_title(), html! { (Verb::go(t(lang, Key::BackToNow), &now).icon(Icon::Return)) }))
                (stack(html! {
                    @if self.at.is_some() { (Blank::empty(Icon::Clock, t(lang, Key::NotYet), t(lang, Key::NotYetWords)).sheet()) }
                    (self.choosing(to))
                }))
            }),
        }
    }
}

impl PastView {
    /// Which moment this is, that it can only be read, and the way back.
    fn banner(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let at = self.at.map(moment_exact).unwrap_or_default();
        let now = route(self.case, "");
        let step = |key, at: Timestamp| {
            let place = format!("{}&part={}", past_route(self.case, at), self.part.code());
            html! { a href=(place) { (t(lang, key)) } }
        };
        html! {
            div.note.is-past role="status" {
                (Icon::Clock)
                div.grow {
                    b { (words::banner(lang, &at)) }
                    p { (t(lang, Key::ReadOnly)) " " @if self.since > 0 { (words::since(lang, self.since)) } }
                    p.line.wrap {
                        @if let Some(at) = self.earlier { (step(Key::Earlier, at)) }
                        @if let Some(at) = self.later { (step(Key::Later, at)) }
                        a href=(now) { b { (t(lang, Key::BackToNow)) } }
                    }
                }
            }
        }
    }

    fn head(&self, to: &Showing, then: &ThenView) -> Markup {
        let lang = to.lang();
        let number = then.number.clone().unwrap_or_else(|| t(lang, case_words::Key::NoNumber).to_owned());
        let facts = facts(to, &then.state);
        CaseHead {
            up: (t(lang, case_words::Key::Cases), "/cases"),
            number: &number,
            tags: tags(to, &then.state),
            title: &then.title,
            facts: facts.iter().map(|(name, value)| (*name, value.as_str())).collect(),
            banner: Some(self.banner(to)),
            stages: (self.part == Part::Overview).then(|| stage_line(to, &then.state)),
            tabs: Some(self.tab_line(to)),
            verb: None,
            more: vec![],
        }
        .show(lang)
    }

    fn tab_line(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let base = self.at.map(|at| past_route(self.case, at)).unwrap_or_default();
        let places = Part::ALL.map(|part| format!("{base}&part={}", part.code()));
        let shown: Vec<Tab<'_>> = Part::ALL
            .iter()
            .zip(&places)
            .map(|(part, href)| Tab { name: t(lang, part.name()), href, count: "", here: *part == self.part })
            .collect();
        tabs(t(lang, case_words::Key::Tabs), &shown)
    }

    fn part(&self, to: &Showing, then: &ThenView) -> Markup {
        let lang = to.lang();
        html! {
            h2.unseen { (t(lang, self.part.name())) }
            @match self.part {
                Part::Overview => (self.overview(to, then)),
                Part::File => (self.file(to, then)),
                Part::Parties => { @for party in &then.parties { (party_sheet(to, party)) } }
                Part::Hearings => (self.hearings(to, then)),
            }
        }
    }

    fn overview(&self, to: &Showing, then: &ThenView) -> Markup {
        let lang = to.lang();
        let periods = html! {
            @if then.periods.is_empty() { div.in { p.muted { (t(lang, Key::NoDeadlines)) } } }
            @else { ul.rows { @for period in &then.periods {
                li.line { span.grow.words { (t(lang, overview::period(period.kind))) @if !period.party_name.is_empty() { " · " span lang="zh-CN" { (period.party_name) } } }
                    span.number { (period.last_on) " " (Due::new(period.last_on, to.today).words(lang)) } }
            } } }
        };
        let main = html! {
            (Sheet::new(t(lang, Key::Deadlines)).flush(periods))
            (Sheet::new(t(lang, Key::Course)).flush(self.course(to, &then.acts)))
        };
        let seats = then.tribunal.iter().map(|seat| (t(lang, seat_name(seat.seat)), html! { span lang="zh-CN" { (seat.name) } }));
        let mut facts: Vec<(&str, Markup)> = vec![(t(lang, Key::Stage), html! { (t(lang, case_words::stage(stage_of(then.stage)))) })];
        facts.extend(seats);
        let beside = html! {
            (Sheet::new(t(lang, Key::StandingThen)).body(pairs(&facts)))
            @if !to.is_outside() { (tasks(to, &then.tasks)) }
            @if !then.issues.is_empty() {
                (Sheet::new(t(lang, overview::Key::Issues)).flush(html! { ol.rows { @for issue in &then.issues { li lang="zh-CN" { (issue) } } } }))
            }
        };
        columns(main, beside)
    }

    /// What had happened; each act leads to the case right after it.
    fn course(&self, to: &Showing, told: &[ActView]) -> Markup {
        if told.is_empty() {
            return html! { div.in { p.muted { (t(to.lang(), Key::NoCourse)) } } };
        }
        let whens: Vec<String> = told.iter().map(|act| moment(act.at)).collect();
        let places: Vec<Option<String>> = told
            .iter()
            .map(|act| super::may_stop_at(&self.now, &self.reader, act.at).then(|| past_route(self.case, act.at)))
            .collect();
        let acts: Vec<Act<'_>> = told
            .iter()
            .zip(whens.iter().zip(&places))
            .map(|(act, (when, place))| Act {
                when,
                by: if act.by_court { ActedBy::Court } else { ActedBy::Other },
                title: &act.title,
                href: place.as_deref(),
                detail: &act.detail,
                mark: Some(proof_mark(to.lang(), act.proof)),
            })
            .collect();
        timeline(&acts)
    }

    fn file(&self, to: &Showing, then: &ThenView) -> Markup {
        let lang = to.lang();
        let volume = |key, papers: &[ThenPaper]| {
            let rows = papers.iter().zip(1..).map(|(paper, number)| self.row(to, number, paper)).collect();
            let name = t(lang, key);
            let table = Table { caption: name, columns: columns_of_file(lang), rows, dense: true, ..Table::default() };
            Sheet::new(name).flush(table.show(lang))
        };
        html! {
            @if then.main.is_empty() && then.staged.is_empty() {
                (Blank::empty(Icon::Paper, t(lang, Key::Papers), t(lang, Key::NoPapers)).sheet())
            }
            @if !then.staged.is_empty() { (volume(Key::Staged, &then.staged)) }
            @if !then.main.is_empty() { (volume(Key::Papers, &then.main)) }
            @if !then.secondary.is_empty() {
                @let rows = then.secondary.iter().zip(1..).map(|(paper, number)| self.row(to, number, paper)).collect();
                @let name = t(lang, file_words::Key::Secondary);
                (Sheet::new(name).flush(Table { caption: name, columns: columns_of_file(lang), rows, dense: true, ..Table::default() }.show(lang)))
            }
        }
    }

    fn row<'a>(&self, to: &Showing, number: usize, it: &ThenPaper) -> TableRow<'a> {
        let lang = to.lang();
        let paper = &it.paper;
        let place = paper_route(self.case, paper.id);
        let cells = vec![
            html! { (number) },
            html! {
                @if paper.erased { span.what lang="zh-CN" { (paper.title) } " " (tag(Standing::Stopped, t(lang, file_words::Key::Erased))) }
                @else if it.since == Some(Since::Discarded) { span.what lang="zh-CN" { (paper.title) } }
                @else { a.what href=(place) lang="zh-CN" { (paper.title) } }
                @if let Some(since) = it.since { " " (kind(t(lang, since.words()))) }
                @if let Some(version) = it.version.filter(|_| !paper.erased) { " " a.small href={ (place) "/download?version=" (version) } { (t(lang, Key::VersionThen)) } }
            },
            html! { span.number { (paper.received_on) } },
            html! { span lang="zh-CN" { (paper.from.as_deref().unwrap_or(t(lang, file_words::Key::Court))) } },
            html! { span.number { (paper.pages) } },
            html! { span.small lang="zh-CN" { (paper.told.join("、")) } },
        ];
        TableRow { struck: paper.struck, ..TableRow::new(cells) }
    }

    fn hearings(&self, to: &Showing, then: &ThenView) -> Markup {
        let lang = to.lang();
        html! {
            @if then.hearings.is_empty() { (Blank::empty(Icon::Calendar, t(lang, Key::NoHearings), "").sheet()) }
            @for it in &then.hearings { (self.hearing(to, it)) }
        }
    }

    fn hearing(&self, to: &Showing, it: &ThenHearing) -> Markup {
        let lang = to.lang();
        let place = it.room.as_deref().unwrap_or_else(|| t(lang, hearing_words::mode(it.mode)));
        let title = format!("{} {}–{} {place}", it.on, it.from, it.to);
        let state = now(Icon::Hearing, t(lang, hearing_words::status(it.status)));
        let came = |present: Option<bool>| match present {
            Some(true) => tag(Standing::Done, t(lang, Key::Came)),
            Some(false) => tag(Standing::Stopped, t(lang, Key::Absent)),
            None => tag(Standing::Waiting, t(lang, Key::Called)),
        };
        Sheet::new(&title).extra(state).body(html! {
            ul.plain { @for (name, present) in &it.parties { li { span lang="zh-CN" { (name) } " " (came(*present)) } } }
            @if let Some(paper) = it.paper { p { (Verb::go(t(lang, hearing_words::Key::Transcript), &paper_route(self.case, paper)).row()) } }
            @if !it.transcript.is_empty() { (explain(t(lang, Key::Transcript), html! { @for line in it.transcript.lines() { p lang="zh-CN" { (line) } } })) }
        })
    }

    /// Another moment, folded away under what is shown.
    fn another(&self, to: &Showing) -> Markup {
        bare_sheet(unfold(t(to.lang(), Key::Another), self.form(to)))
    }

    fn choosing(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        html! {
            (Sheet::new(t(lang, Key::Look)).body(html! { p { (t(lang, Key::Words)) } p.muted { (t(lang, Key::Rights)) } (self.form(to)) }))
            @if !self.moments.is_empty() {
                (Sheet::new(t(lang, Key::Moments)).note(t(lang, Key::MomentsWords)).flush(self.course(to, &self.moments)))
            }
        }
    }

    fn form(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let on = self.at.map_or(to.today, day_of).to_string();
        form_get(&route(self.case, "/past"), html! {
            input type="hidden" name="part" value=(self.part.code());
            (side_by_side(html! {
                (Field::new("on", t(lang, Key::On)).value(&on).required().date())
                (Field::new("time", t(lang, Key::Time)).help(t(lang, Key::TimeHelp)).time())
            }))
            (Verb::submit(t(lang, Key::Look)).icon(Icon::Clock))
        })
    }
}

impl Part {
    const ALL: [Part; 4] = [Part::Overview, Part::File, Part::Parties, Part::Hearings];

    fn code(self) -> &'static str {
        match self {
            Part::Overview => "overview",
            Part::File => "file",
            Part::Parties => "parties",
            Part::Hearings => "hearings",
        }
    }

    fn name(self) -> case_words::Key {
        match self {
            Part::Overview => case_words::Key::Overview,
            Part::File => case_words::Key::File,
            Part::Parties => case_words::Key::Parties,
            Part::Hearings => case_words::Key::Hearings,
        }
    }
}

impl Since {
    fn words(self) -> Key {
        match self {
            Since::Replaced => Key::ReplacedSince,
            Since::Struck => Key::StruckSince,
            Since::Discarded => Key::DiscardedSince,
        }
    }
}

fn stage_of(code: &str) -> Stage {
    Stage::of_code(code).unwrap_or(Stage::Submitted)
}

fn seat_name(seat: &str) -> overview::Key {
    match seat {
        "presiding" => overview::Key::PresidingJudge,
        "member" => overview::Key::Member,
        "assistant" => overview::Key::Assistant,
        "clerk" => overview::Key::Clerk,
        _ => overview::Key::Judge,
    }
}

fn columns_of_file(lang: Lang) -> Vec<Column<'static>> {
    vec![
        Column::new(t(lang, file_words::Key::No), OnPhone::Hidden).right(),
        Column::new(t(lang, file_words::Key::Paper), OnPhone::Title),
        Column::new(t(lang, file_words::Key::Day), OnPhone::Second),
        Column::new(t(lang, file_words::Key::From), OnPhone::Second),
        Column::new(t(lang, file_words::Key::Pages), OnPhone::Second).named().right(),
        Column::new(t(lang, file_words::Key::Told), OnPhone::Hidden),
    ]
}

fn tasks(to: &Showing, tasks: &[ThenTask]) -> Markup {
    let lang = to.lang();
    let sheet = Sheet::new(t(lang, Key::Tasks));
    if tasks.is_empty() {
        return sheet.body(html! { p.muted { (t(lang, Key::NoTasks)) } });
    }
    let shown: Vec<Line<'_>> = tasks
        .iter()
        .map(|task| Line {
            end: task.due_on.map(|on| html! { (on) }),
            ..Line::new(html! { (t(lang, overview::task(task.task))) " · " span lang="zh-CN" { (task.who) } })
        })
        .collect();
    sheet.flush(lines(&shown))
}

fn party_sheet(to: &Showing, party: &ThenParty) -> Markup {
    let lang = to.lang();
    let title = format!("{} {}", names::role(lang, party.role), party.name);
    let told = |text: &Option<String>| html! { span lang="zh-CN" { (text.as_deref().unwrap_or(t(lang, party_words::Key::Unknown))) } };
    let private = party.private.as_ref().map(|private| {
        let address = private.address.as_ref().map(|address| format!("{} · {}", address.postal, address.phone));
        pairs(&[
            (t(lang, party_words::Key::Id), told(&private.id_no)),
            (t(lang, party_words::Key::Domicile), told(&private.domicile)),
            (t(lang, party_words::Key::Phone), told(&private.phone)),
            (t(lang, party_words::Key::Address), told(&address)),
        ])
    });
    Sheet::new(&title).body(html! {
        @if let Some(private) = private { (private) }
        h3 { (t(lang, party_words::Key::Agents)) }
        @if party.agents.is_empty() { p.muted { (t(lang, party_words::Key::NoAgents)) } }
        @for agent in &party.agents {
            p { b lang="zh-CN" { (agent.name) } @if let Some(firm) = &agent.firm { " " span.muted lang="zh-CN" { (firm) } } " " span.muted { (authority(to, &agent.special)) } }
        }
    })
}
