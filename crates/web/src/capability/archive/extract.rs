//! What a party takes along of its closed case (当事人档案包): the page inside, and the download.

use maud::{DOCTYPE, PreEscaped};
use xiezhi_app::package::{ExtractFacts, Page};

use super::package::{self, PAGES, STYLE};
use crate::{
    frame::prelude::*,
    http::{me::Me, prelude::*, wants::Zip},
    messages::{
        Lang, moment, moment_exact,
        package::{self as words, Key},
        t,
    },
};

/// The package as one .zip. That it leaves is on record before its first byte does.
pub(super) async fn download(
    State(app): State<App>,
    me: Me,
    Path(case): Path<xiezhi_domain::ids::CaseId>,
) -> Result<Sent<Zip>, Problem> {
    let packed = app.take_extract(case, &me.actor, pages).await?;
    Ok(package::as_zip(&app, packed))
}

/// The pages that go with an extract.
pub fn pages(facts: &ExtractFacts) -> Vec<Page> {
    PAGES.map(|(lang, path)| (path, page(lang, facts).into_string())).into()
}

fn page(lang: Lang, facts: &ExtractFacts) -> Markup {
    let (_, other) = PAGES.into_iter().find(|(known, _)| *known != lang).expect("there are two");
    let title = t(lang, Key::ExtractTitle);
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
                h1 { (title) }
                p lang="zh-CN" { (facts.extract.number.as_deref().unwrap_or_default()) " " (facts.title) }
                @if facts.demonstration { p.note { (t(lang, Key::Demonstration)) } }
                p { (t(lang, Key::ExtractWords)) }
                dl {
                    dt { (t(lang, Key::Court)) } dd lang="zh-CN" { (facts.extract.court) }
                    dt { (t(lang, Key::ExtractFor)) } dd lang="zh-CN" { (facts.extract.party) }
                    dt { (t(lang, Key::PackedAt)) } dd { (moment(facts.packed_at)) }
                }
                h2 { (t(lang, Key::ExtractPapers)) }
                (package::table(lang, &facts.documents.iter().collect::<Vec<_>>(), &facts.withheld))
                (package::withheld(lang, &facts.withheld))
                (proof(lang, facts))
            } }
        }
    }
}

fn proof(lang: Lang, facts: &ExtractFacts) -> Markup {
    html! {
        h2 { (t(lang, Key::Proof)) }
        p { (t(lang, Key::ProofWords)) }
        pre { "xiezhi verify --policy policy FILE.zip" }
        p { (t(lang, Key::ProofBag)) }
        p { (t(lang, Key::ExtractProves)) }
        dl {
            dt { (t(lang, Key::Log)) } dd { code { (facts.extract.log) } }
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
