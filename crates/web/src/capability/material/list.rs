//! The list of the e-file: volumes under headings, narrowed and sorted by links, the clerk's acts above it.

use xiezhi_app::sameness::SamePaper;
use xiezhi_domain::{evidence::CourtView, ids::CaseId, paper::PaperKind};

use super::{
    asked::{Group, OF_COURT, Only},
    catalogue::{FileView, PaperLine, SaidView, SideView},
};
use crate::{
    capability::{
        case_frame::{CaseTab, case_page},
        prelude_of_cases::route,
    },
    frame::prelude::*,
    http::{prelude::*, showing::PageParts},
    messages::{
        Lang, counter, evidence as evidence_words,
        kinds::kind_name,
        roles,
        material::{self as words, Key},
        names, t,
    },
};

/// Papers on one page of the list.
const ON_A_PAGE: usize = 200;
/// Papers that are the same as one of the list, named beside it.
const SAME_SHOWN: usize = 2;

impl View for FileView {
    fn page(&self, to: &Showing) -> Markup {
        let on = self.first_unread().map(|paper| self.paper(paper));
        let verb = on.as_deref().map(|href| Verb::go(t(to.lang(), Key::Continue), href)).filter(|_| !to.is_outside());
        let parts = PageParts { wide: true, verb, ..PageParts::default() };
        case_page(to, &self.state, &self.reader, CaseTab::File, parts, self.body(to))
    }
}

/// One act on all papers that are ticked.
struct Ticking<'a> {
    caption: &'a str,
    below: &'a str,
    note: &'a str,
    verb: Verb<'a>,
}

impl FileView {
    fn body(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        if to.is_outside() {
            return html! {
                h1 { (t(lang, Key::PartyTitle)) }
                p { (t(lang, Key::PartyWords)) }
                (self.for_party(to))
                @if self.handed_in { p { a href=(route(self.case, "/counter")) { (t(lang, counter::Key::Mine)) } } }
            };
        }
        stack(html! {
            (self.news(to))
            @if self.keeps && !self.staged.is_empty() { (self.staging(to)) }
            @for (at, side) in self.undisclosed.iter().enumerate() { (self.disclosing(to, at, side)) }
            (live("file-list", &case_topic(self.case), None, html! {
                @if self.progress.papers == 0 {
                    (Blank::empty(Icon::Paper, t(lang, Key::Empty), t(lang, Key::EmptyWords)).sheet())
                } @else {
                    div.efile {
                        (self.tree(to))
                        div.stack { (self.volumes(to)) }
                    }
                }
            }))
        })
    }

    /// What came into staging while the page is open: told beside the list that is being ticked, never put into it.
    fn news(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let beyond = self.asked.beyond.unwrap_or(self.state.material_order.len());
        let from = self.at(&with_query("", "beyond", &beyond.to_string()));
        live("file-news", &case_topic(self.case), Some(&from), html! {
            @if !self.news.is_empty() {
                section.sheet role="status" { p.in {
                    (now(Icon::Open, t(lang, Key::JustCame))) " "
                    @for (at, paper) in self.news.iter().enumerate() { @if at > 0 { (lang.pick("、", ", ")) } a href=(self.paper(paper)) lang="zh-CN" { (paper.title) } }
                    " " a.push href=(self.at("")) { (t(lang, Key::ListAnew)) }
                } }
            }
        })
    }

    fn is_outside(&self) -> bool {
        self.reader.actor.is_outside()
    }

    fn at(&self, query: &str) -> String {
        format!("{}{query}", route(self.case, "/file"))
    }

    fn paper(&self, paper: &PaperLine) -> String {
        route(self.case, &format!("/file/{}", paper.id))
    }

    /// Papers of all volumes in the order in which they are listed.
    fn listed(&self) -> impl Iterator<Item = &PaperLine> {
        self.main.iter().chain(self.secondary.iter().flatten())
    }

    /// Chips and fields that narrow the list; all of them links and one form, so that any state of it is an address.
    fn narrowing(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let all = (self.at(&self.asked.with("only", "")), self.progress.papers.to_string());
        let some: Vec<(Only, String, String)> = Only::ALL
            .into_iter()
            .filter(|only| self.progress.count(*only) > 0 || self.asked.only() == Some(*only))
            .map(|only| (only, self.at(&self.asked.with("only", only.code())), self.progress.count(only).to_string()))
            .collect();
        let mut chips = vec![Tab { name: t(lang, Key::AllPapers), href: &all.0, count: &all.1, here: self.asked.only().is_none() }];
        chips.extend(some.iter().map(|(only, href, count)| Tab { name: t(lang, only_key(*only)), href, count, here: self.asked.only() == Some(*only) }));
        let groups = Group::ALL.map(|group| self.at(&self.asked.with("group", group.code())));
        let groups = html! {
            a href=(route(self.case, "/bundles")) { (Icon::Print) (t(lang, crate::messages::bundle::Key::Title)) }
            @if self.may_share { a href=(route(self.case, "/shares")) { (Icon::Send) (t(lang, crate::messages::sharing::Key::Title)) } }
            a href=(route(self.case, "/annotations")) { (Icon::Pencil) (t(lang, Key::Notes)) }
            nav.segments aria-label=(t(lang, Key::GroupBy)) {
                @for (group, href) in Group::ALL.into_iter().zip(&groups) {
                    a href=(href) aria-current=[(group == self.asked.group()).then_some("true")] { (t(lang, group_key(group))) }
                }
            }
        };
        html! {
            form.find.in-whole role="search" method="get" action=(route(self.case, "/file/search")) aria-label=(t(lang, Key::SearchWhole)) {
                (Icon::Search) input.input type="search" name="q" placeholder=(t(lang, Key::SearchWhole)) aria-label=(t(lang, Key::SearchWhole));
            }
            (filters(lang, None, &chips, groups))
            (self.choosing(to))
        }
    }

    /// Party and kind, by a form that works without a script.
    fn choosing(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let mut parties = vec![(String::new(), t(lang, Key::Anybody).to_owned()), (OF_COURT.to_owned(), t(lang, Key::Court).to_owned())];
        parties.extend(self.state.parties_in_order().map(|party| (party.id.to_string(), roles::called(lang, party.role, &party.name))));
        let parties: Vec<Choice<'_>> = parties.iter().map(|(id, name)| Choice::new(id, name)).collect();
        let mut kinds = vec![Choice::new("", t(lang, Key::AnyKind))];
        kinds.extend(self.progress.kinds.iter().map(|kind| Choice::new(kind.code(), kind_name(lang, *kind))));
        let narrowed = !self.asked.party.is_empty() || !self.asked.kind.is_empty();
        let body = form_get(&self.at(""), html! {
            @for (name, value) in [("only", &self.asked.only), ("group", &self.asked.group), ("sort", &self.asked.sort)] {
                @if !value.is_empty() { input type="hidden" name=(name) value=(value); }
            }
            (side_by_side(html! {
                (Field::new("party", t(lang, Key::From)).value(&self.asked.party).select(lang, &parties))
                (Field::new("kind", t(lang, Key::Kind)).value(&self.asked.kind).select(lang, &kinds))
            }))
            (Verb::submit(t(lang, Key::Narrow)))
        });
        html! { div.in { details.explain open[narrowed] { summary { (Icon::Filter) (t(lang, Key::NarrowMore)) (unfolds()) } div { (body) } } } }
    }

    /// Nothing is left of what was asked for.
    fn nothing(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let all = self.at("");
        let verbs = vec![Verb::go(t(lang, Key::ShowAll), &all)];
        Blank::empty(Icon::Filter, t(lang, Key::NoneSuch), t(lang, Key::NoneSuchWords)).verbs(verbs).show()
    }

    fn heading(&self, lang: Lang, paper: &PaperLine) -> String {
        match self.asked.group() {
            _ if !self.asked.sort.is_empty() => String::new(),
            // A party's list is short and has no places to number.
            Group::Catalogue if self.is_outside() => String::new(),
            Group::Catalogue => names::place(lang, paper.place),
            Group::Party => paper.from.clone().unwrap_or_else(|| t(lang, Key::Court).to_owned()),
            Group::Date => words::month(lang, paper.received_on.year(), paper.received_on.month()),
        }
    }

    /// A party's papers, one tap each.
    fn for_party(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        if self.progress.papers == 0 {
            return Blank::empty(Icon::Paper, t(lang, Key::Empty), t(lang, Key::EmptyWords)).sheet();
        }
        let all: Vec<&PaperLine> = self.main.iter().chain(&self.staged).collect();
        let mut sheets: Vec<(String, Vec<&PaperLine>)> = vec![];
        for paper in all.iter().take(ON_A_PAGE * 5) {
            let heading = self.heading(lang, paper);
            match sheets.iter_mut().find(|(known, _)| *known == heading) {
                Some((_, papers)) => papers.push(paper),
                None => sheets.push((heading, vec![paper])),
            }
        }
        stack(html! {
            section.sheet { (self.narrowing(to)) @if all.is_empty() { (self.nothing(to)) } }
            @for (heading, papers) in &sheets { (self.items_of(to, heading, papers)) }
        })
    }

    fn items_of(&self, to: &Showing, heading: &str, papers: &[&PaperLine]) -> Markup {
        let lang = to.lang();
        let told: Vec<(String, String, String)> = papers
            .iter()
            .map(|paper| {
                let from = paper.from.as_deref().unwrap_or(t(lang, Key::Court));
                let note = format!("{} · {from} · {}", paper.received_on, words::pages(lang, paper.pages));
                let said: Vec<String> = paper.said.iter().map(|said| format!("{} {}", said.name, said_words(lang, said))).collect();
                let same = paper.same.iter().take(SAME_SHOWN).map(|same| same_words(lang, same));
                let more: Vec<String> = said.into_iter().chain(same).collect();
                (self.paper(paper), note, more.join(lang.pick("；", "; ")))
            })
            .collect();
        let shown: Vec<Item<'_>> = papers
            .iter()
            .zip(&told)
            .map(|(paper, (href, note, said))| Item {
                href: (!paper.erased).then_some(href.as_str()),
                icon: Some(Icon::Paper),
                title: &paper.title,
                notes: [note.as_str(), said].into_iter().filter(|note| !note.is_empty()).collect(),
                state: match paper {
                    PaperLine { erased: true, .. } => Some(tag(Standing::Stopped, t(lang, Key::Erased))),
                    PaperLine { struck: true, .. } => Some(tag(Standing::Stopped, t(lang, Key::Struck))),
                    PaperLine { read: 0, .. } => Some(now(Icon::Open, t(lang, Key::Unread))),
                    _ => None,
                },
            })
            .collect();
        let items = items(&shown);
        if heading.is_empty() { html! { section.sheet { (items) } } } else { Sheet::new(heading).flush(items) }
    }

    /// The headings of each volume with their pages; each leads to its first paper.
    fn tree(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let sum = |papers: &[PaperLine]| papers.iter().map(|paper| paper.pages).sum::<u32>();
        let branch = |name: Key, papers: &[PaperLine], before: usize| html! {
            @if let Some(first) = papers.first() {
                li { a.top-level href=(self.place_of(first, before)) { (t(lang, name)) b { (sum(papers)) } } }
                @for (heading, pages, first, at) in self.branches(lang, papers) {
                    li { a href=(self.place_of(first, before + at)) { span lang=[names::spoken(&heading)] { (heading) } b { (pages) } } }
                }
            }
        };
        html! {
            nav aria-label=(t(lang, Key::Tree)) {
                ul.sheet.tree {
                    (branch(Key::Main, &self.main, 0))
                    (branch(Key::Secondary, self.secondary.as_deref().unwrap_or_default(), self.main.len()))
                }
            }
        }
    }

    /// Headings that hold papers, with their pages, their first paper and where it stands, in order.
    fn branches<'a>(&self, lang: Lang, papers: &'a [PaperLine]) -> Vec<(String, u32, &'a PaperLine, usize)> {
        let mut branches: Vec<(String, u32, &PaperLine, usize)> = vec![];
        for (at, paper) in papers.iter().enumerate() {
            let heading = self.heading(lang, paper);
            match branches.last_mut() {
                Some((known, pages, ..)) if *known == heading => *pages += paper.pages,
                _ if heading.is_empty() => {}
                _ => branches.push((heading, paper.pages, paper, at)),
            }
        }
        branches
    }

    /// The address of a row of this list, `at` so many rows from its beginning.
    fn place_of(&self, paper: &PaperLine, at: usize) -> String {
        let page = at / ON_A_PAGE + 1;
        if page == self.asked.page.max(1) {
            return format!("#m-{}", paper.id);
        }
        format!("{}#m-{}", self.at(&with_query(&self.asked.with("page", ""), "page", &page.to_string())), paper.id)
    }

    fn volumes(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let total = self.listed().count();
        let pages = total.div_ceil(ON_A_PAGE).max(1);
        let page = self.asked.page.clamp(1, pages);
        let (from, until) = ((page - 1) * ON_A_PAGE, page * ON_A_PAGE);
        let cut = |papers: &[PaperLine], before: usize| -> std::ops::Range<usize> {
            from.saturating_sub(before).min(papers.len())..until.saturating_sub(before).min(papers.len())
        };
        let main = &self.main[cut(&self.main, 0)];
        let secondary = self.secondary.as_deref().unwrap_or_default();
        let secondary = &secondary[cut(secondary, self.main.len())];
        let base = self.at(&self.asked.with("page", ""));
        html! {
            @if self.without_scanner { section.sheet { p.in.small { (t(lang, Key::WithoutScanner)) } } }
            (Sheet::new(t(lang, Key::List)).note(&words::progress(lang, self.progress.papers, self.progress.read, self.progress.pages))
                .extra(self.go_on(to)).flush(self.narrowing(to)))
            @if total == 0 { section.sheet { (self.nothing(to)) } }
            @if !main.is_empty() { (self.volume(to, "main-volume", Key::Main, main)) }
            @if !secondary.is_empty() { (self.volume(to, "secondary-volume", Key::Secondary, secondary)) }
            @if pages > 1 { section.sheet { (paging(lang, Paging { page, pages, total, base: &base })) } }
        }
    }

    /// The first paper that is not read to its end, or the first at all.
    fn first_unread(&self) -> Option<&PaperLine> {
        let open = |paper: &&PaperLine| !paper.erased;
        self.listed().filter(open).find(|paper| !paper.is_read()).or(self.listed().find(open))
    }

    /// Goes to a number or page of the catalogue.
    fn go_on(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        html! {
            div.push.line {
                form.inline.jump method="get" action=(route(self.case, "/file/place")) {
                    label title=(t(lang, Key::GoToNumber)) { span.unseen { (t(lang, Key::GoToNumber)) } input.input.number type="text" inputmode="numeric" name="no" size="5" placeholder=(t(lang, Key::GoToNumberShort)) autocomplete="off"; }
                    (Verb::submit(t(lang, Key::Go)))
                }
            }
        }
    }

    fn volume(&self, to: &Showing, id: &str, name: Key, papers: &[PaperLine]) -> Markup {
        let lang = to.lang();
        let headings: Vec<String> = papers.iter().map(|paper| self.heading(lang, paper)).collect();
        let ids: Vec<String> = papers.iter().map(|paper| format!("m-{}", paper.id)).collect();
        let mut last = "";
        let mut rows = vec![];
        for ((paper, heading), id) in papers.iter().zip(&headings).zip(&ids) {
            let group = (heading != last).then_some(heading.as_str());
            last = heading;
            rows.push(TableRow { id: Some(id), group, struck: paper.struck, fresh: paper.read == 0, ..TableRow::new(self.cells(to, paper)) });
        }
        let base = self.at(&self.asked.with("sort", ""));
        let table = Table { caption: t(lang, name), columns: columns(lang, true), rows, dense: true, base: &base, order: &self.asked.sort, ..Table::default() };
        Sheet::new(t(lang, name)).id(id).flush(table.show(lang))
    }

    fn cells(&self, to: &Showing, paper: &PaperLine) -> Vec<Markup> {
        let lang = to.lang();
        let pages = match (paper.first_page, paper.pages) {
            (Some(first), pages) if pages > 1 => format!("{first}–{}", first + pages - 1),
            (Some(first), 1) => first.to_string(),
            (_, pages) => pages.to_string(),
        };
        vec![
            html! { @if let Some(number) = paper.number { (number) } },
            html! {
                @if paper.erased { span.what lang="zh-CN" { (paper.title) } " " (tag(Standing::Stopped, t(lang, Key::Erased))) }
                @else { a.what href=(self.paper(paper)) lang="zh-CN" { (paper.title) } }
                @if !paper.title.starts_with(paper.kind.name_zh()) { " " span.faint.small { (kind_name(lang, paper.kind)) } }
                @if paper.notes > 0 { " " a.noted href=(route(self.case, &format!("/annotations?paper={}", paper.id))) title=(t(lang, Key::Notes)) { (Icon::Pencil) (paper.notes) span.unseen { (t(lang, Key::Notes)) } } }
                @if paper.replaced > 0 { " " (kind(t(lang, Key::Replaced))) }
                @if paper.struck { " " (tag(Standing::Stopped, t(lang, Key::Struck))) }
                @if paper.unscreened { " " (tag(Standing::Soon, t(lang, Key::Unscreened))) }
                @for same in paper.same.iter().take(SAME_SHOWN) { " " a.small href=(same_at(self.case, same)) { (same_words(lang, same)) } }
                @if self.may_trace {
                    " " a.small.faint href={ (route(self.case, &format!("/file/{}", paper.id))) "/provenance" } { (t(lang, Key::Origin)) span.unseen { (lang.pick("：", ": ")) (paper.title) } }
                }
            },
            html! { span.number { (paper.received_on) } },
            html! { span lang="zh-CN" { (paper.from.as_deref().unwrap_or(t(lang, Key::Court))) } },
            html! { span.number { (pages) } },
            html! { span.small title=[told(lang, paper)] { (self.told_short(lang, paper)) } },
            said_cell(lang, paper),
            html! { (read_mark(lang, paper)) (opened(lang, paper)) },
        ]
    }

    /// To whom it was disclosed, by their roles: the names stand in the paper itself, and where a pointer rests.
    fn told_short(&self, lang: Lang, paper: &PaperLine) -> Markup {
        let everyone = self.state.party_order.len();
        let mut short: Vec<&str> = vec![];
        for told in &paper.told {
            let role = roles::parted(lang, told).0.unwrap_or_default();
            if !short.contains(&role) {
                short.push(role);
            }
        }
        if paper.told.len() == everyone || paper.told.len() == short.len() {
            return html! { (short.join(lang.pick("、", ", "))) };
        }
        all_known_as(lang, &paper.told)
    }

    fn staging(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let verb = Verb::submit(t(lang, Key::Enter)).primary();
        let enter = Ticking { caption: t(lang, Key::Staging), below: "enter", note: "", verb };
        let desk = route(self.case, "/staging");
        Sheet::new(enter.caption).note(t(lang, Key::StagingNote)).more(t(lang, Key::StagingDesk), &desk).flush(self.tick_form(to, &self.staged, enter))
    }

    /// What one side brought is disclosed in one act: all that is ticked, or nothing.
    fn disclosing(&self, to: &Showing, at: usize, side: &SideView) -> Markup {
        let lang = to.lang();
        let (id, caption) = (format!("to-disclose-{at}"), words::to_disclose(lang, &roles::in_words(lang, &side.side)));
        let verb = Verb::submit(t(lang, Key::Disclose)).about(&side.side);
        let note = t(lang, Key::DiscloseTogether);
        let disclose = Ticking { caption: &caption, below: "disclose", note, verb };
        Sheet::new(&caption).id(&id).note(t(lang, Key::DiscloseNote)).flush(self.tick_form(to, &side.papers, disclose))
    }

    fn tick_form(&self, to: &Showing, papers: &[PaperLine], act: Ticking<'_>) -> Markup {
        let lang = to.lang();
        let action = route(self.case, &format!("/file/{}", act.below));
        html! {
            form method="post" action=(action) {
                (to.command_field())
                (self.ticking(to, act.caption, papers))
                (batch(t(lang, Key::Chosen), papers.len(), t(lang, Key::ChosenAfter), act.note, html! { (act.verb) }))
            }
        }
    }

    /// Papers to be ticked, all ticked at first.
    fn ticking(&self, to: &Showing, caption: &str, papers: &[PaperLine]) -> Markup {
        let lang = to.lang();
        let ids: Vec<String> = papers.iter().map(|paper| paper.id.to_string()).collect();
        let row = |(paper, id)| TableRow { tick: Some(id), ticked: true, ..TableRow::new(self.cells(to, paper)) };
        let rows = papers.iter().zip(ids.iter().map(String::as_str)).map(row);
        let table = Table { caption, columns: columns(lang, false), rows: rows.collect(), ticks: Some("material"), dense: true, ..Table::default() };
        table.show(lang)
    }
}

/// Another paper that is the same leads to itself, at the sheet that both show.
pub(super) fn same_at(case: CaseId, same: &SamePaper) -> String {
    let page = same.pages.first().map(|(_, there)| format!("?page={there}")).unwrap_or_default();
    route(case, &format!("/file/{}{page}", same.material))
}

pub(super) fn same_words(lang: Lang, same: &SamePaper) -> String {
    match same.pages.first() {
        Some((here, there)) if !same.same_bytes => words::same_sheet(lang, *here, &same.title, *there),
        _ => words::same_file(lang, &same.title),
    }
}

fn told(lang: Lang, paper: &PaperLine) -> Option<String> {
    let called: Vec<String> = paper.told.iter().map(|told| roles::in_words(lang, told)).collect();
    (!called.is_empty()).then(|| called.join(lang.pick("、", ", ")))
}

const fn only_key(only: Only) -> Key {
    match only {
        Only::Unread => Key::Unread,
        Only::Disputed => Key::DisputedOnly,
        Only::Noted => Key::NotedOnly,
    }
}

const fn group_key(group: Group) -> Key {
    match group {
        Group::Catalogue => Key::ByCatalogue,
        Group::Party => Key::ByParty,
        Group::Date => Key::ByDate,
    }
}

fn columns(lang: Lang, sorted: bool) -> Vec<Column<'static>> {
    let by = |column: Column<'static>, key| if sorted { column.sorts(key) } else { column };
    vec![
        Column::new(t(lang, Key::No), OnPhone::Hidden).right(),
        by(Column::new(t(lang, Key::Paper), OnPhone::Title), "title"),
        by(Column::new(t(lang, Key::Day), OnPhone::Second), "day"),
        by(Column::new(t(lang, Key::From), OnPhone::Second), "from"),
        by(Column::new(t(lang, Key::Pages), OnPhone::Second).named().right(), "pages"),
        Column::new(t(lang, Key::Told), OnPhone::Hidden),
        Column::new(t(lang, Key::OtherSide), OnPhone::Second),
        by(Column::new(t(lang, Key::Read), OnPhone::State), "read"),
    ]
}

/// What the others say of a piece of evidence, and what the court made of it.
fn said_cell(lang: Lang, paper: &PaperLine) -> Markup {
    html! {
        @for said in &paper.said {
            div.small title=(said.name) { @if said.disputed.is_empty() { span.muted { (said_words(lang, said)) } } @else { (tag(Standing::Soon, &said_words(lang, said))) } }
        }
        @if let Some(view) = paper.judged { div.small { (tag(judged_state(view), t(lang, evidence_words::court_view(view)))) } }
        @if paper.said.is_empty() && paper.judged.is_none() && paper.kind == PaperKind::Evidence { span.faint.small { (t(lang, Key::NothingSaid)) } }
    }
}

const fn judged_state(view: CourtView) -> Standing {
    match view {
        CourtView::Admitted | CourtView::PartlyAdmitted => Standing::Done,
        CourtView::Rejected => Standing::Stopped,
    }
}

/// `无异议`, or what is disputed: `异议：真实性、关联性`.
fn said_words(lang: Lang, said: &SaidView) -> String {
    let named = |code: &&str| match *code {
        "authenticity" => t(lang, evidence_words::Key::Authenticity),
        "legality" => t(lang, evidence_words::Key::Legality),
        _ => t(lang, evidence_words::Key::Relevance),
    };
    let disputed: Vec<&str> = said.disputed.iter().map(named).collect();
    match disputed.is_empty() {
        true => t(lang, evidence_words::Key::Agree).to_owned(),
        false => words::disputes(lang, &disputed.join(lang.pick("、", ", "))),
    }
}

/// Who else of the panel has opened it.
fn opened(lang: Lang, paper: &PaperLine) -> Markup {
    let said = |name: &str, read: usize| if read > 0 { words::opened_by(lang, name) } else { words::not_opened_by(lang, name) };
    html! { @for one in &paper.opened { div.small.faint { (said(&one.name, one.read)) } } }
}

fn read_mark(lang: Lang, paper: &PaperLine) -> Markup {
    match paper.read {
        0 => html! { b.small { (t(lang, Key::Unread)) } },
        _ if paper.is_read() => html! { span.muted.small { (Icon::Done) (t(lang, Key::AllRead)) } },
        read => html! { span.small { (words::read_upto(lang, read, paper.pages)) } },
    }
}
