//! The page of a paper's life: the versions one under another with what branched off each, which is a list to
//! whoever hears it, and the acts in their order.

use xiezhi_domain::material::Place;

use super::{PaperVersion, ProvenanceView, ReaderOfPaper};
use crate::{
    capability::{
        overview::ActView,
        prelude_of_cases::{paper_route, route},
    },
    frame::prelude::*,
    http::{prelude::*, showing::PageParts},
    messages::{
        kinds::kind_name,
        material as file_words, moment,
        provenance::{self as words, Key},
        size, t,
    },
};

/// As many characters of a fingerprint are enough to compare by eye; the whole stands beside it.
const SHORT: usize = 16;

impl View for ProvenanceView {
    fn page(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let paper = paper_route(self.case, self.material);
        let file = route(self.case, "/file");
        let (back_words, back) = if self.erased_on.is_some() { (Key::BackToFile, &file) } else { (Key::BackToPaper, &paper) };
        let back = (t(lang, back_words), back.as_str());
        let title = words::of_paper(lang, &self.title);
        let parts = PageParts { back: Some(back), place: t(lang, Key::Title), wide: true, ..PageParts::default() };
        to.page_with(&title, parts, html! {
            (page_head(&title, kind_name(lang, self.kind), html! { (Verb::go(back.0, back.1).icon(Icon::Back)) }))
            (stack(html! {
                p.muted { (t(lang, Key::Words)) }
                (Sheet::new(t(lang, Key::Graph)).note(t(lang, Key::GraphWords)).body(self.lineage(to)))
                (Sheet::new(t(lang, Key::Timeline)).flush(self.timeline(to)))
                @if self.tells_readers { (self.readers(to)) }
            }))
        })
    }
}

impl ProvenanceView {
    fn lineage(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        html! {
            ol.lineage {
                li {
                    div.node.is-origin {
                        b { (t(lang, Key::Origin)) }
                        p { (t(lang, Key::From)) " " span lang="zh-CN" { (self.from.as_deref().unwrap_or(t(lang, Key::Court))) } }
                    }
                    (branches(to, &self.before, &[]))
                }
                @for version in &self.versions { (self.version(to, version)) }
            }
        }
    }

    fn version(&self, to: &Showing, version: &PaperVersion) -> Markup {
        let lang = to.lang();
        let newest = self.versions.last().is_some_and(|last| last.number == version.number);
        let (short, _) = version.sha256.split_at_checked(SHORT).unwrap_or((&version.sha256, ""));
        html! {
            li.newest[newest] {
                div.node {
                    b { (words::version(lang, version.number)) }
                    @if newest { " " (self.standing(to)) }
                    @if let Some(act) = &version.came { p { (act.title) " · " (moment(act.at)) (self.by(to, act)) } }
                    p.small lang="zh-CN" { (version.name) }
                    p.small.muted { (file_words::pages(lang, version.pages)) " · " (size(version.size_bytes)) " · " (t(lang, Key::Fingerprint)) " " code title=(version.sha256) { (short) "…" } }
                }
                (branches(to, &version.then, &version.readers))
            }
        }
    }

    fn by(&self, to: &Showing, act: &ActView) -> Markup {
        html! { @if !act.by.is_empty() { " · " (t(to.lang(), Key::By)) " " span lang="zh-CN" { (act.by) } } }
    }

    fn standing(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        if self.erased_on.is_some() {
            return tag(Standing::Stopped, t(lang, Key::Erased));
        }
        match self.place {
            Place::InFile => tag(Standing::Done, t(lang, Key::Now)),
            Place::Staged => tag(Standing::Waiting, t(lang, Key::Staged)),
            Place::Struck => tag(Standing::Stopped, t(lang, Key::Struck)),
            Place::Discarded => tag(Standing::Stopped, t(lang, Key::Discarded)),
        }
    }

    /// Every act, newest first; each leads to its place in the trace.
    fn timeline(&self, to: &Showing) -> Markup {
        let of = |version: &PaperVersion| version.came.iter().chain(&version.then).cloned().collect::<Vec<_>>();
        let mut told: Vec<ActView> = self.before.iter().cloned().chain(self.versions.iter().flat_map(of)).collect();
        told.reverse();
        if told.is_empty() {
            return html! { div.in { p.muted { (t(to.lang(), Key::Nothing)) } } };
        }
        let strings: Vec<(String, String, String)> = told
            .iter()
            .map(|act| {
                let by = if act.detail.contains(&act.by) { "" } else { act.by.as_str() };
                let detail = [act.detail.as_str(), by].into_iter().filter(|part| !part.is_empty());
                let place = route(self.case, &format!("/trace/{}", act.position));
                (moment(act.at), place, detail.collect::<Vec<_>>().join(" · "))
            })
            .collect();
        let acts: Vec<Act<'_>> = told
            .iter()
            .zip(&strings)
            .map(|(act, (when, place, detail))| Act {
                when,
                by: if act.by_court { ActedBy::Court } else { ActedBy::Other },
                title: &act.title,
                href: Some(place),
                detail,
                mark: Some(proof_mark(to.lang(), act.proof)),
            })
            .collect();
        timeline(&acts)
    }

    fn readers(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let columns = vec![
            Column::new(t(lang, Key::Who), OnPhone::Title),
            Column::new(t(lang, Key::Pages), OnPhone::Second).named(),
            Column::new(t(lang, Key::Times), OnPhone::Second).named().right(),
            Column::new(t(lang, Key::Downloads), OnPhone::Second).named().right(),
            Column::new(t(lang, Key::Last), OnPhone::State),
        ];
        let names: Vec<String> = self.versions.iter().map(|version| words::version(lang, version.number)).collect();
        let mut rows = vec![];
        for (version, name) in self.versions.iter().zip(&names) {
            for (at, reader) in version.readers.iter().enumerate() {
                rows.push(TableRow { group: (at == 0).then_some(name.as_str()), ..TableRow::new(cells(reader)) });
            }
        }
        let title = t(lang, Key::Readers);
        let sheet = Sheet::new(title).note(t(lang, Key::ReadersWords));
        if rows.is_empty() {
            return sheet.body(html! { p.muted { (t(lang, Key::NoReaders)) } });
        }
        sheet.flush(Table { caption: title, columns, rows, ..Table::default() }.show(lang))
    }
}

fn cells(reader: &ReaderOfPaper) -> Vec<Markup> {
    let pages: Vec<String> = reader.pages.iter().map(u32::to_string).collect();
    vec![
        html! { span lang="zh-CN" { (reader.name) } },
        html! { (pages.join(", ")) },
        html! { (reader.looks) },
        html! { (reader.downloads) },
        html! { (moment(reader.last_at)) },
    ]
}

/// What branched off: acts, then readers.
fn branches(to: &Showing, acts: &[ActView], readers: &[ReaderOfPaper]) -> Markup {
    let lang = to.lang();
    html! {
        @if !acts.is_empty() || !readers.is_empty() {
            ul.branches {
                @for act in acts {
                    li.court[act.by_court] { b { (act.title) } " " span.muted { (moment(act.at)) } @if !act.detail.is_empty() { span.detail lang="zh-CN" { (act.detail) } } }
                }
                @for reader in readers { li.read { (Icon::Eye) (words::read(lang, &reader.name, reader.looks)) } }
            }
        }
    }
}
