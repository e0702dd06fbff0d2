//! The pages of the counter.

use maud::Markup;
use xiezhi_domain::{
    counter::Handed,
    material::FROM_PARTIES,
    paper::PaperKind,
};

use super::{
    CounterView, IntakeView, IntakesView, PAGE,
    taking::{ROWS, field},
};
use crate::{
    capability::{
        case_frame::{CaseTab, case_page, part_title},
        material::serde_code,
        prelude_of_cases::route,
    },
    frame::prelude::*,
    http::{prelude::*, showing::PageParts},
    messages::{
        Lang,
        roles,
        counter::{self as words, Key},
        day,
        kinds::kind_name,
        t,
    },
};

/// Rows that are seen at once; the others unfold.
const ROWS_OPEN: usize = 2;

impl View for CounterView {
    fn page(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let title = t(lang, Key::Title);
        let hrefs: Vec<String> = self.cases.iter().map(|case| route(case.id, "/counter")).collect();
        let found: Vec<Item<'_>> = self
            .cases
            .iter()
            .zip(&hrefs)
            .map(|(case, href)| Item {
                href: Some(href.as_str()),
                icon: Some(Icon::Cases),
                title: &case.title,
                notes: vec![case.number.as_str()],
                state: None,
            })
            .collect();
        to.page(title, html! {
            (page_head(title, t(lang, Key::Lead), html! {}))
            (stack(html! {
                (Sheet::new(t(lang, Key::Find)).body(form_get(PAGE, html! {
                    (Field::new("q", t(lang, Key::Words)).help(t(lang, Key::WordsHelp)).value(&self.q).text())
                    (Verb::submit(t(lang, Key::FindVerb)).primary())
                })))
                @if !self.q.is_empty() {
                    @if found.is_empty() { (Blank::empty(Icon::Search, t(lang, Key::NoneFound), t(lang, Key::NoneFoundWords)).sheet()) }
                    @else { (Sheet::new(t(lang, Key::Found)).flush(items(&found))) }
                }
                @if self.may_file {
                    (Sheet::new(t(lang, Key::NewSuit)).note(t(lang, Key::NewSuitNote)).body(html! { (Verb::go(t(lang, Key::NewSuitVerb), "/filings/new")) }))
                }
            }))
        })
    }
}

impl View for IntakesView {
    fn page(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let body = stack(html! {
            (part_title(to, t(lang, Key::Title)))
            @if !self.parties.is_empty() { (self.taking(to)) }
            @if self.intakes.is_empty() { (Blank::empty(Icon::Paper, t(lang, Key::Nothing), t(lang, Key::NothingWords)).sheet()) }
            @for intake in &self.intakes { (self.intake(lang, intake)) }
        });
        case_page(to, &self.state, &self.reader, CaseTab::Parties, PageParts::default(), body)
    }
}

impl IntakesView {
    fn taking(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let action = route(self.case, "/counter");
        let parties: Vec<(String, &str)> = self.parties.iter().map(|(id, name)| (id.to_string(), name.as_str())).collect();
        let parties: Vec<Choice<'_>> = parties.iter().map(|(id, name)| Choice::new(id, name)).collect();
        let first = parties.first().map_or("", |party| party.value);
        let today = to.today.to_string();
        let body = form(
            FormTo { action: &action, files: true, wide: true, ..FormTo::default() },
            html! {
                (to.command_field())
                (side_by_side(html! {
                    (Field::new("party", t(lang, Key::Party)).value(first).select(lang, &parties))
                    (Field::new("brought_by", t(lang, Key::BroughtBy)).help(t(lang, Key::BroughtByHelp)).required().text())
                }))
                (Field::new("came_on", t(lang, Key::CameOn)).value(&today).date())
                @for row in 0..ROWS_OPEN { (row_of(lang, row)) }
                details.explain { summary { (Icon::Paper) (t(lang, Key::MoreRows)) (unfolds()) } div { @for row in ROWS_OPEN..ROWS { (row_of(lang, row)) } } }
                p.help { (t(lang, Key::ActsElsewhere)) }
                (Verb::submit(t(lang, Key::Take)).primary())
            },
        );
        Sheet::new(t(lang, Key::TakeTitle)).note(t(lang, Key::TakeNote)).body(body)
    }

    fn intake(&self, lang: Lang, intake: &IntakeView) -> Markup {
        let id = format!("intake-{}", intake.id);
        let note = words::taken(lang, &day(intake.came_on), &intake.brought_by, &intake.taken_by);
        let receipt = route(self.case, &format!("/counter/{}/receipt", intake.id));
        let waits = intake.items.iter().any(|item| item.material.is_none());
        Sheet::new(&roles::in_words(lang, &intake.party)).id(&id).note(&note).body(html! {
            ol.lines { @for item in &intake.items { li { (self.item(lang, item)) } } }
            div.line {
                a.btn href=(receipt) { (Icon::Print) span { (t(lang, Key::Receipt)) } }
                @if waits && !self.parties.is_empty() { a href=(route(self.case, "/staging")) { (t(lang, Key::PrintSheet)) } }
            }
        })
    }

    fn item(&self, lang: Lang, item: &Handed) -> Markup {
        let original = match &item.original {
            None => t(lang, Key::Copy).to_owned(),
            Some(original) if original.returned => words::returned(lang, &original.kept_at),
            Some(original) => words::kept(lang, &original.kept_at),
        };
        html! {
            b lang="zh-CN" { (item.name) } " " span.faint.small { (kind_name(lang, item.kind)) }
            " · " span.number { (words::counted(lang, item.pages, item.copies)) } " · " span lang="zh-CN" { (original) }
            @if item.material.is_none() { " " (tag(Standing::Soon, t(lang, Key::NotScanned))) }
        }
    }
}

/// One paper of the form.
fn row_of(lang: Lang, row: usize) -> Markup {
    let kinds: Vec<Choice<'_>> =
        FROM_PARTIES.iter().map(|kind| Choice::new(serde_code(*kind), kind_name(lang, *kind))).collect();
    let originals = [
        Choice::new("copy", t(lang, Key::CopyOnly)),
        Choice::new("returned", t(lang, Key::Returned)),
        Choice::new("kept", t(lang, Key::Kept)),
    ];
    let name = |what: &str| field(what, row);
    html! {
        fieldset.field.handed { legend { (words::paper_no(lang, row + 1)) }
            (side_by_side(html! {
                (Field::new(&name("name"), t(lang, Key::Name)).text())
                (Field::new(&name("kind"), t(lang, Key::Kind)).value(serde_code(PaperKind::Evidence)).select(lang, &kinds))
            }))
            (side_by_side(html! {
                (Field::new(&name("pages"), t(lang, Key::Pages)).help(t(lang, Key::PagesHelp)).keyboard("numeric").text())
                (Field::new(&name("copies"), t(lang, Key::Copies)).value("1").keyboard("numeric").text())
            }))
            (Field::new(&name("original"), t(lang, Key::Original)).value("copy").choice_across(&originals))
            (side_by_side(html! {
                (Field::new(&name("kept_at"), t(lang, Key::KeptAt)).help(t(lang, Key::KeptAtHelp)).text())
                (Field::new(&name("purpose"), t(lang, Key::Purpose)).text())
            }))
            (Field::new(&name("file"), t(lang, Key::Scan)).help(t(lang, Key::ScanHelp)).file(".pdf,.jpg,.jpeg,.png,.tif,.tiff,.bmp,.webp,.heic,.mp3,.mp4", false))
        }
    }
}
