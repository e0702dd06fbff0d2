//! The shares of a case, and the form that shares.

use maud::Markup;

use super::{ShareStanding, ShareView, SharesView};
use crate::{
    capability::{
        case_frame::{CaseTab, case_page},
        prelude_of_cases::route,
    },
    frame::prelude::*,
    http::{prelude::*, showing::PageParts},
    messages::{
        day,
        material::{self as material_words, Key as FileKey},
        sharing::{self as words, Key},
        t,
    },
};

impl View for SharesView {
    fn page(&self, to: &Showing) -> Markup {
        let parts = PageParts { wide: true, ..PageParts::default() };
        case_page(to, &self.state, &self.reader, CaseTab::File, parts, self.body(to))
    }
}

impl SharesView {
    fn body(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let file = route(self.case, "/file");
        stack(html! {
            div.line { h2 { (t(lang, Key::Title)) } a.push href=(file) { (Icon::Back) (t(lang, FileKey::BackToFile)) } }
            p.muted { (t(lang, Key::Lead)) }
            (Sheet::new(t(lang, Key::SoFar)).id("shares").body(html! {
                @if self.shares.is_empty() { p.muted { (t(lang, Key::None)) } }
                @for (place, share) in self.shares.iter().enumerate() { (self.share(to, place, share)) }
            }))
            @if self.papers.is_empty() { (Blank::empty(Icon::Paper, t(lang, Key::NoPapers), t(lang, Key::NoPapersWords)).sheet()) }
            @else { (self.sharing(to)) }
        })
    }

    fn share(&self, to: &Showing, place: usize, share: &ShareView) -> Markup {
        let lang = to.lang();
        let with = words::with(lang, &share.with.name, &share.with.organisation);
        let standing = match share.standing {
            ShareStanding::Open => tag(Standing::Done, t(lang, Key::Open)),
            ShareStanding::Over => tag(Standing::Stopped, t(lang, Key::Over)),
            ShareStanding::Revoked => tag(Standing::Stopped, t(lang, Key::Revoked)),
            ShareStanding::Void => tag(Standing::Stopped, t(lang, Key::Void)),
        };
        let titles: Vec<&str> = share.papers.iter().map(|paper| paper.title.as_str()).collect();
        let link = format!("{}/shared/{}/{}", self.address, self.case, share.id);
        let action = route(self.case, &format!("/shares/{}/revocation", share.id));
        let mut facts = vec![
            (t(lang, Key::Purpose), html! { span lang="zh-CN" { (share.purpose) } }),
            (t(lang, Key::Papers), html! { span lang="zh-CN" { (titles.join("、")) } }),
            (t(lang, Key::Reach), html! { (share.with.reach) }),
            (t(lang, Key::Looks), html! { (words::looked(lang, share.looks)) }),
        ];
        if let Some(code) = &share.code {
            facts.push((t(lang, Key::Link), html! { code.hash { (link) } }));
            facts.push((t(lang, Key::Code), html! { code.number { (code) } }));
        }
        if let Some((on, reason)) = &share.revoked {
            facts.push((t(lang, Key::Revoked), html! { span lang="zh-CN" { (words::revoked_on(lang, &day(*on), reason)) } }));
        }
        html! {
            div.stack id={ "share-" (share.id) } {
                h3 { span lang="zh-CN" { (with) } " " (standing) " " span.muted.small { (words::until(lang, &day(share.until_on))) } }
                (pairs(&facts))
                @if share.standing == ShareStanding::Open {
                    (form(FormTo { action: &action, wide: true, ..FormTo::default() }, html! {
                        (to.command_field())
                        (Field::new("reason", t(lang, Key::Reason)).among(place + 1).required().text())
                        (Verb::submit(t(lang, Key::Revoke)).about(&with).danger())
                    }))
                }
            }
        }
    }

    fn sharing(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let action = route(self.case, "/shares");
        let papers: Vec<(String, String)> = self
            .papers
            .iter()
            .map(|paper| (paper.id.to_string(), format!("{}{}{}{}", paper.title, lang.pick("（", " ("), material_words::pages(lang, paper.pages), lang.pick("）", ")"))))
            .collect();
        let papers: Vec<Choice<'_>> = papers.iter().map(|(id, words)| Choice::new(id, words)).collect();
        let ticked: Vec<&str> = papers.iter().filter(|_| self.all_ticked).map(|choice| choice.value).collect();
        let links = ["true", "false"].map(|all| route(self.case, &format!("/shares?all={all}#share")));
        let verb = if self.needs_approval { Key::Ask } else { Key::Grant };
        Sheet::new(t(lang, Key::New)).id("share").body(form(
            FormTo { action: &action, wide: true, ..FormTo::default() },
            html! {
                (to.command_field())
                @if self.needs_approval { (note(Icon::Notice, html! { (t(lang, Key::Approval)) })) }
                (side_by_side(html! {
                    (Field::new("name", t(lang, Key::Name)).required().text())
                    (Field::new("organisation", t(lang, Key::Organisation)).required().text())
                }))
                (Field::new("reach", t(lang, Key::Reach)).help(t(lang, Key::ReachHelp)).required().text())
                (side_by_side(html! {
                    (Field::new("purpose", t(lang, Key::Purpose)).required().text())
                    (Field::new("until_on", t(lang, Key::UntilOn)).required().date())
                }))
                (Field::new("material", t(lang, Key::Papers)).several_of_many(lang, [&links[0], &links[1]], &papers, &ticked))
                (Verb::submit(t(lang, verb)).primary())
            },
        ))
    }
}
