//! Sums of interest while drafting (算利息): worked out, kept with the draft and its versions, and put into it in words by
//! one click. Every verb here saves the draft first, so that it works without scripts and nothing typed is lost.

use xiezhi_domain::{
    drafting::DraftContent,
    law::interest_sum::InterestSum,
};

use crate::{
    capability::tools::interest::{self, Fault, Typed},
    frame::prelude::*,
    http::prelude::*,
    messages::{drafting::Key, t},
};

/// Where the fault stands on the page.
const DESK: &str = "sums";

/// What is wished of sums while the draft is saved.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = SumWish)]
pub(super) struct Wish {
    #[serde(flatten)]
    typed: Typed,
    /// `work`, or `orders`, `reasoning` or `drop` with the number of a sum that is kept.
    #[serde(default)]
    sum_verb: String,
}

impl Wish {
    /// Works out what was typed and keeps it, puts a kept sum into the draft, or drops one.
    ///
    /// # Errors
    /// The [`Fault`] of what was typed; the draft is as it was.
    pub(super) fn grant(&self, content: &mut DraftContent) -> Result<(), Fault> {
        let (verb, at) = self.sum_verb.split_once(' ').unwrap_or((&self.sum_verb, ""));
        let at: usize = at.parse().unwrap_or(usize::MAX);
        match verb {
            "work" => {
                let sum = self.typed.sum()?;
                if !content.sums.iter().any(|known| known.asked == sum.asked) {
                    content.sums.push(sum);
                }
            }
            "drop" if at < content.sums.len() => drop(content.sums.remove(at)),
            "orders" | "reasoning" => {
                let Some(words) = content.sums.get(at).map(InterestSum::words) else { return Ok(()) };
                match verb {
                    "orders" => content.orders.push(format!("{words}。")),
                    _ => {
                        if !content.reasoning.is_empty() && !content.reasoning.ends_with('\n') {
                            content.reasoning.push('\n');
                        }
                        content.reasoning.push_str(&format!("{words}。"));
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// The page after saving; where a sum could not be worked out, with what was typed.
    pub(super) fn leads_to(&self, page: String, fault: Option<Fault>) -> String {
        if fault.is_none() {
            return page;
        }
        let and = if page.contains('?') { '&' } else { '?' };
        let typed = serde_html_form::to_string(self).unwrap_or_default();
        format!("{page}{and}{}#{DESK}", serde_html_form::to_string([("sum", typed)]).unwrap_or_default())
    }

    /// What was typed, as the address of the page has it.
    pub(super) fn again(typed: &str) -> Self {
        serde_html_form::from_str(typed).unwrap_or_default()
    }
}

/// The place in the editor where interest is worked out, and the sums that are kept.
pub(super) fn desk(to: &Showing, sums: &[InterestSum], asked: &Wish) -> Markup {
    let lang = to.lang();
    let wrong = if asked.sum_verb == "work" { asked.typed.sum().err() } else { None };
    let body = html! {
        p.help { (t(lang, Key::SumsNote)) }
        (interest::fields(to, &asked.typed, wrong))
        p { (Verb::submit_as(t(lang, Key::WorkOut), "sum_verb", "work").icon(Icon::Coin)) }
    };
    html! {
        @if wrong.is_some() { (Sheet::new(t(lang, Key::Sums)).id(DESK).body(body)) } @else { (unfold(t(lang, Key::Sums), body)) }
        @for (at, sum) in sums.iter().enumerate() {
            @let words = sum.words();
            div.stack {
                p lang="zh-CN" { b { (words) } }
                (interest::steps(lang, &sum.working))
                @let [orders, reasoning, gone] = ["orders", "reasoning", "drop"].map(|verb| format!("{verb} {at}"));
                p.acts {
                    (Verb::submit_as(t(lang, Key::SumIntoOrders), "sum_verb", &orders).row().about(&words)) " "
                    (Verb::submit_as(t(lang, Key::SumIntoReasoning), "sum_verb", &reasoning).row().about(&words)) " "
                    (Verb::submit_as(t(lang, Key::DropSum), "sum_verb", &gone).row().about(&words))
                }
            }
        }
    }
}

/// The sums of a draft that is no longer written, with their working, to those who sign and read it.
pub(super) fn kept(to: &Showing, sums: &[InterestSum]) -> Markup {
    let lang = to.lang();
    html! {
        @if !sums.is_empty() {
            h3 { (t(lang, Key::Sums)) }
            @for sum in sums { div.stack { p lang="zh-CN" { (sum.words()) } (interest::steps(lang, &sum.working)) } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wish(verb: &str) -> Wish {
        let typed = Typed {
            manner: "doubled".to_owned(),
            principal_yuan: "100000".to_owned(),
            interest_from: "2026-05-01".to_owned(),
            interest_until: "2026-05-10".to_owned(),
            ..Typed::default()
        };
        Wish { typed, sum_verb: verb.to_owned() }
    }

    #[test]
    fn a_sum_is_kept_once_put_into_the_draft_in_words_and_dropped() {
        let mut content = DraftContent { reasoning: "本院认为如此。".to_owned(), ..DraftContent::default() };
        for verb in ["work", "work", "orders 0", "reasoning 0"] {
            wish(verb).grant(&mut content).expect("it comes out");
        }
        assert_eq!(content.sums.len(), 1);
        assert!(content.orders[0].ends_with("175元。"), "{:?}", content.orders);
        assert!(content.reasoning.contains("本院认为如此。\n以100000元为基数"), "{}", content.reasoning);
        wish("drop 7").grant(&mut content).expect("nothing is dropped");
        wish("drop 0").grant(&mut content).expect("it is dropped");
        assert_eq!(content.sums, []);
    }

    #[test]
    fn what_can_not_be_worked_out_changes_nothing_and_comes_back_as_it_was_typed() {
        let mut wrong = wish("work");
        wrong.typed.interest_until = "2026-04-01".to_owned();
        let mut content = DraftContent::default();
        let fault = wrong.grant(&mut content).expect_err("its end is before its start");
        assert_eq!((fault.field, content), ("interest_until", DraftContent::default()));
        let back = wrong.leads_to("/cases/1/documents/2".to_owned(), Some(fault));
        let (_, query) = back.split_once('?').expect("it has a query");
        let (query, place) = query.split_once('#').expect("it leads to its place");
        assert_eq!(place, DESK);
        let asked: std::collections::BTreeMap<String, String> = serde_html_form::from_str(query).expect("it reads");
        assert_eq!(Wish::again(&asked["sum"]), wrong);
    }
}
