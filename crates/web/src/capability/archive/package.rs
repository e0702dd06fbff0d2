//! The archive package (归档包): the page inside that a person begins with, and the download.

use axum::{
    body::Body,
    http::{HeaderValue, header},
    response::IntoResponse,
};
use maud::{DOCTYPE, PreEscaped};
use xiezhi_app::{
    App,
    package::{Facts, Packed, Page, Withheld},
    rows,
};
use xiezhi_domain::{
    event::CaseEvent,
    ids::CaseId,
    law::four_properties::{Outcome, Property},
    people::Directory,
};

use crate::{
    capability::{
        overview::acts::{Names, act_words},
        prelude_of_cases::role,
    },
    frame::prelude::*,
    http::{me::Me, prelude::*, wants::Zip},
    messages::{
        Lang, archive as archive_words, day, moment, moment_exact,
        package::{self as words, Key},
        t,
    },
};

pub(super) const STYLE: &str = include_str!("package.css");
/// Paths of the page in each language.
pub(super) const PAGES: [(Lang, &str); 2] = [(Lang::Zh, xiezhi_app::package::INDEX), (Lang::En, "index.en.html")];

/// The pages that go with a package.
pub fn pages(facts: &Facts, people: &Directory) -> Vec<Page> {
    PAGES.map(|(lang, path)| (path, page(lang, facts, people).into_string())).into()
}

/// The package as one .zip. That it leaves is on record before its first byte does.
pub(super) async fn download(State(app): State<App>, me: Me, Path(case): Path<CaseId>) -> Result<Sent<Zip>, Problem> {
    let people = me.showing.people.clone();
    let packed = app.take_out(case, &me.actor, |facts| pages(facts, &people)).await?;
    Ok(as_zip(&app, packed))
}

/// A package on its way to whoever asked for it.
pub(super) fn as_zip(app: &App, packed: Packed) -> Sent<Zip> {
    let name: String = packed.name.bytes().map(|byte| format!("%{byte:02X}")).collect();
    let (size_bytes, bytes) = app.zipped(packed);
    let mut response = Body::from_stream(bytes).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/zip"));
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(size_bytes));
    let disposition = format!("attachment; filename=\"package.zip\"; filename*=UTF-8''{name}.zip");
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_str(&disposition).expect("escaped"));
    response.into()
}

fn page(lang: Lang, facts: &Facts, people: &Directory) -> Markup {
    let title = format!("{} {}", facts.seal.archive_no, t(lang, Key::Title));
    let (_, other) = PAGES.into_iter().find(|(known, _)| *known != lang).expect("there are two");
    html! {
        (DOCTYPE)
        html lang=(lang.tag()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body { main {
                p { a href=(other) { (t(lang, Key::OtherLanguage)) } }
                h1 { (t(lang, Key::Title)) }
                p lang="zh-CN" { (facts.seal.number.as_deref().unwrap_or_default()) " " (facts.case.short_title()) }
                @if facts.demonstration { p.note { (t(lang, Key::Demonstration)) } }
                (about(lang, facts))
                (papers(lang, facts))
                (withheld(lang, &facts.withheld))
                (course(lang, facts, people))
                (test(lang, facts))
                (proof(lang, facts))
                (contents(lang))
            } }
        }
    }
}

fn about(lang: Lang, facts: &Facts) -> Markup {
    let case = &facts.case;
    let on = |on: Option<jiff::civil::Date>| on.map(day).unwrap_or_default();
    let class = case.archive.retention.map(|class| t(lang, archive_words::class(class))).unwrap_or_default();
    let rows = [
        (Key::Court, facts.court.clone()),
        (Key::ArchiveNo, facts.seal.archive_no.clone()),
        (Key::Cause, rows::cause_name(case)),
        (Key::Retention, class.to_owned()),
        (Key::Filed, on(case.filed_on)),
        (Key::Closed, on(case.closing.as_ref().map(|closing| closing.on))),
        (Key::Effective, on(case.effective_on)),
        (Key::Archived, on(case.archive.accepted_on)),
        (Key::PackedAt, moment(facts.packed_at)),
    ];
    html! {
        dl {
            @for (name, value) in rows { dt { (t(lang, name)) } dd lang="zh-CN" { (value) } }
            dt { (t(lang, Key::Parties)) }
            dd lang="zh-CN" { @for party in case.parties_in_order() { div { (known_as(lang, &format!("{} {}", role(party.role), party.name))) } } }
        }
    }
}

fn papers(lang: Lang, facts: &Facts) -> Markup {
    let of = |volume: &str, newest: bool| -> Vec<_> {
        facts.documents.iter().filter(|paper| paper.volume == volume && paper.newest == newest).collect()
    };
    let earlier: Vec<_> = facts.documents.iter().filter(|paper| !paper.newest).collect();
    html! {
        h2 { (t(lang, Key::Main)) }
        (table(lang, &of("main", true), &facts.withheld))
        @if !of("secondary", true).is_empty() {
            h2 { (t(lang, Key::Secondary)) }
            p.note { (t(lang, Key::SecondaryNote)) }
            (table(lang, &of("secondary", true), &facts.withheld))
        }
        @if !earlier.is_empty() {
            h2 { (t(lang, Key::Earlier)) }
            (table(lang, &earlier, &facts.withheld))
        }
    }
}

pub(super) fn table(lang: Lang, papers: &[&xiezhi_app::package::DocumentRow], withheld: &[Withheld]) -> Markup {
    let why = |sha256: &str| match withheld.iter().any(|file| file.sha256 == sha256) {
        true => Key::Withheld,
        false => Key::Erased,
    };
    let heads = [Key::Place, Key::Paper, Key::Pages, Key::Received, Key::From];
    html! { div.wide { table {
        thead { tr { @for head in heads { th scope="col" { (t(lang, head)) } } } }
        tbody { @for paper in papers { tr {
            td { (paper.number) }
            td lang="zh-CN" {
                @match &paper.path {
                    Some(path) if paper.struck => { s { a href=(path) { (paper.title) } } " " (t(lang, Key::Struck)) }
                    Some(path) => { a href=(path) { (paper.title) } }
                    None => { (paper.title) " " span.note { (t(lang, why(&paper.sha256))) } }
                }
                @if !paper.renditions.is_empty() {
                    " " span.note { (t(lang, Key::Rendition)) @for (no, page) in (1..).zip(&paper.renditions) { " " a href=(page) { (no) } } }
                }
                @if paper.newest && !paper.sealed && paper.entered_on.is_some() && !paper.struck { " " span.note { (t(lang, Key::Unsealed)) } }
            }
            td { @if let Some(first) = paper.first_page { (first) "–" (first + paper.pages - 1) } @else { (paper.pages) } }
            td { (paper.received_on) }
            td lang="zh-CN" { (paper.from.as_deref().unwrap_or_default()) }
        } } }
    } } }
}

/// What is not handed out, if anything is.
pub(super) fn withheld(lang: Lang, withheld: &[Withheld]) -> Markup {
    html! {
        @if !withheld.is_empty() {
            h2 { (t(lang, Key::WithheldHead)) }
            p.note { (t(lang, Key::WithheldNote)) }
            div.wide { table {
                thead { tr { @for head in [Key::Fingerprint, Key::Found] { th scope="col" { (t(lang, head)) } } } }
                tbody { @for file in withheld { tr { td { code { (file.sha256) } } td { (file.found) } } } }
            } }
        }
    }
}

fn course(lang: Lang, facts: &Facts, people: &Directory) -> Markup {
    let names = Names::of(&facts.case, people);
    let who = |actor: &str| match actor.strip_prefix("person:").and_then(|rest| rest.split(':').next()?.parse().ok()) {
        Some(person) => people.name(person).to_owned(),
        None if actor == "clock" => t(lang, Key::Clock).to_owned(),
        None => t(lang, Key::System).to_owned(),
    };
    let what = |body: Option<&str>| match body.and_then(|body| CaseEvent::decode(body.as_bytes()).ok()) {
        Some(event) => act_words(lang, &event, &names),
        None => (t(lang, Key::Destroyed).to_owned(), String::new()),
    };
    html! {
        h2 { (t(lang, Key::Course)) }
        p.note { (t(lang, Key::CourseNote)) }
        div.wide { table {
            thead { tr { @for head in [Key::Place, Key::When, Key::Who, Key::What] { th scope="col" { (t(lang, head)) } } } }
            tbody { @for row in &facts.events {
                @let (title, detail) = what(row.body.as_deref());
                tr {
                    td { (row.rev) }
                    td { (jiff::Timestamp::from_microsecond(row.at_us).map(moment).unwrap_or_default()) }
                    td lang="zh-CN" { (who(&row.actor)) }
                    td { (title) @if !detail.is_empty() { " " span.note { (detail) } } }
                }
            } }
        } }
    }
}

fn test(lang: Lang, facts: &Facts) -> Markup {
    html! {
        h2 { (t(lang, Key::Test)) }
        p.note { (t(lang, Key::TestNote)) }
        div.wide { table {
            thead { tr { th scope="col" { (t(lang, Key::Item)) } th scope="col" { (t(lang, Key::Outcome)) } } }
            tbody {
                @for property in Property::ALL {
                    tr { th scope="colgroup" colspan="2" { (t(lang, words::property(property))) } }
                    @for tested in facts.tested.iter().filter(|tested| tested.property == property) { tr {
                        td { (t(lang, words::item(tested.item))) }
                        td class=[(tested.outcome == Outcome::Failed).then_some("failed")] {
                            (t(lang, words::outcome(tested.outcome)))
                            @if !tested.about.is_empty() { " " span lang="zh-CN" { (tested.about.join("、")) } }
                        }
                    } }
                }
            }
        } }
    }
}

fn proof(lang: Lang, facts: &Facts) -> Markup {
    let seal = &facts.seal;
    html! {
        h2 { (t(lang, Key::Proof)) }
        p { (t(lang, Key::ProofWords)) }
        pre { "xiezhi verify --policy policy " (seal.archive_no) ".zip" }
        p { (t(lang, Key::ProofBag)) }
        p { (t(lang, Key::Proves)) }
        p { (t(lang, Key::ProvesNot)) }
        dl {
            dt { (t(lang, Key::Log)) } dd { code { (seal.log) } }
            dt { (t(lang, Key::Position)) } dd { (seal.position) }
            dt { (t(lang, Key::PapersHash)) } dd { code { (seal.papers_sha256) } }
            @if let Some(record) = &seal.record_sha256 { dt { (t(lang, Key::RecordHash)) } dd { code { (record) } } }
            dt { (t(lang, Key::Checkpoint)) } dd { pre { (facts.checkpoint.to_string()) } }
            @if let Some((stamped, _)) = &facts.stamp {
                dt { (t(lang, Key::Stamp)) }
                dd {
                    (words::stamped_before(lang, &moment_exact(stamped.at), &stamped.authority))
                    @if stamped.demonstration { " " (t(lang, Key::StampInPlay)) }
                }
            }
        }
    }
}

fn contents(lang: Lang) -> Markup {
    let parts = [
        ("data/documents/", Key::FilesDocuments),
        ("data/renditions/", Key::FilesRenditions),
        ("data/attachments/", Key::FilesAttachments),
        ("data/events.jsonl", Key::FilesEvents),
        ("data/metadata/", Key::FilesMetadata),
        ("proof/", Key::FilesProof),
    ];
    html! {
        h2 { (t(lang, Key::Files)) }
        dl { @for (path, what) in parts { dt { code { (path) } } dd { (t(lang, what)) } } }
    }
}
