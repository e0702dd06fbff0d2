//! What single steps have beside their questions.

use xiezhi_domain::filing::EvidenceInput;

use super::super::{
    asked,
    evidence::ADD,
    place::{Place, Side},
    step::Step,
};
use super::StepView;
use crate::{
    capability::fees::working::lines,
    frame::prelude::*,
    http::prelude::Showing,
    messages::{
        amount, case as case_words, day_in_full, faults,
        filing::{self as words, Key},
        t,
    },
};

impl StepView {
    /// The questions of the step with what belongs to them.
    pub(super) fn body(&self, to: &Showing) -> Markup {
        match self.step {
            Step::Correction => self.correction(to),
            Step::Person(place) => self.person(to, place),
            Step::Claims => self.claims(to),
            Step::Facts => html! {
                (self.fill(to, Key::FillFacts))
                (bare_sheet(html! { (self.asking(to, &self.questions)) }))
            },
            Step::Evidence => self.evidence(to),
            Step::Service => self.service(to),
            _ => bare_sheet(html! { div.questions { (self.asking(to, &self.questions)) } }),
        }
    }

    /// What the court asked, each with the way to its place.
    fn correction(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let due = self.draft.due_on.map(|day| words::correct_by(lang, &day_in_full(lang, day)));
        say(
            Standing::Soon,
            &due.unwrap_or_default(),
            t(lang, Key::CorrectionTitle),
            html! {
                p { (t(lang, Key::Correction)) }
                ol.points {
                    @for mark in &self.marks { li {
                        span lang="zh-CN" { (mark.what) } " "
                        @match mark.step {
                            Some(step) => (Verb::submit_as(t(lang, Key::GoThere), "then", &format!("go:{}", step.code())).row().about(&mark.what)),
                            None => span.muted { (t(lang, Key::NoPlace)) },
                        }
                    } }
                }
            },
        )
    }

    fn person(&self, to: &Showing, place: Place) -> Markup {
        let lang = to.lang();
        let add = |side: Side, key: Key| {
            let value = format!("add:{}", side.letter());
            html! { (Verb::submit_as(t(lang, key), "then", &value).icon(Icon::Plus)) }
        };
        let remove = format!("remove:{place}");
        let last = self.draft.places(place.side).last() == Some(place);
        html! {
            section.sheet { div.in.questions.of-kind { (self.asking(to, &self.questions)) } }
            div.acts {
                @if last && place.side == Side::Plaintiff { (add(Side::Plaintiff, Key::AddPlaintiff)) }
                @if last && matches!(place.side, Side::Plaintiff | Side::Agent) && self.draft.places(Side::Agent).count() < 2 {
                    (add(Side::Agent, Key::AddAgent))
                }
                @if last && place.side == Side::Defendant {
                    (add(Side::Defendant, Key::AddDefendant))
                    @if self.draft.places(Side::ThirdParty).next().is_none() { (add(Side::ThirdParty, Key::AddThirdParty)) }
                }
                @if self.draft.may_remove(place) { (Verb::submit_as(t(lang, Key::RemovePerson), "then", &remove).icon(Icon::Trash)) }
            }
        }
    }

    /// The verb that writes from the answers of the element form, where there is one.
    fn fill(&self, to: &Showing, key: Key) -> Markup {
        html! {
            @if self.draft.form().is_some() {
                p { (Verb::submit_as(t(to.lang(), key), "then", "fill").icon(Icon::Writing)) }
            }
        }
    }

    fn claims(&self, to: &Showing) -> Markup {
        html! {
            (self.fill(to, Key::FillClaims))
            section.sheet { div.in.questions {
                (self.asking(to, &self.questions))
                (self.estimate(to))
            } }
        }
    }

    /// What the claims come to, and the fee with its working, before anybody asks for it.
    fn estimate(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let Some(estimate) = &self.estimate else { return html! {} };
        let total = estimate.amount.map_or_else(|| t(lang, Key::NoTotal).to_owned(), |sum| amount(lang, sum.0));
        let usual = estimate.fees.first().map(|(_, fee)| amount(lang, fee.total.0)).unwrap_or_default();
        html! {
            div.total { span { (t(lang, Key::Total)) } b { (total) } }
            div.total { span { (t(lang, Key::FeeEstimate)) } b { (usual) } }
            p.help { (t(lang, Key::FeeNote)) }
            (explain(t(lang, Key::FeeWorking), html! {
                @for (procedure, fee) in &estimate.fees {
                    h3 { (words::procedure_fee(lang, t(lang, case_words::procedure(*procedure)), &amount(lang, fee.total.0))) }
                    @let told = lines(lang, fee);
                    @let shown = told.iter().map(|(words, result, source)| WorkingLine::new(words, result).source(source)).collect::<Vec<_>>();
                    (working(&shown))
                }
            }))
        }
    }

    /// The items handed in so far, each with its own questions.
    fn evidence(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        html! {
            @if self.draft.evidence.is_empty() { p { (t(lang, Key::NoEvidence)) } }
            @for item in &self.draft.evidence { (self.item(to, item)) }
        }
    }

    fn item(&self, to: &Showing, item: &EvidenceInput) -> Markup {
        let lang = to.lang();
        let size = crate::messages::size(item.file.size_bytes);
        let drop = format!("drop:{}", item.material);
        let remove = Verb::submit_as(t(lang, Key::RemoveEvidence), "then", &drop).quiet().about(&item.name);
        let extra = html! { span.push { (remove) } };
        Sheet::new(&item.name).note(&size).extra(extra).body(html! {
            div.questions { @for question in asked::of_evidence(item) { (self.field(to, &question)) } }
        })
    }

    /// Handing files in, with the form of the step: whichever verb sends it takes them along.
    pub(super) fn upload(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let refused = self.refused().map(|refused| faults::words(lang, &refused.code));
        let typed = |name: &str| {
            let typed = self.refused().into_iter().flat_map(|refused| &refused.typed);
            typed.filter(|(known, _)| known == name).map(|(_, value)| value.as_str()).next().unwrap_or_default()
        };
        let kinds = asked::evidence_kinds();
        let kinds: Vec<Choice<'_>> = kinds.iter().map(|kind| Choice::new(&kind.value, lang.pick(&kind.words[0], &kind.words[1]))).collect();
        let kind = Some(typed("kind")).filter(|kind| !kind.is_empty()).unwrap_or(kinds[0].value);
        Sheet::new(t(lang, Key::OneMore)).id("papers").body(html! {
            (upload(lang, Upload {
                name: "file",
                field: "upload",
                label: t(lang, Key::FileField),
                help: t(lang, Key::EvidenceHelp),
                accept: "",
                max_bytes: xiezhi_app::issuing::FILE_LIMIT_BYTES,
                error: refused.as_deref(),
            }))
            (Field::new("name", t(lang, Key::EvidenceName)).value(typed("name")).optional(lang).text())
            (Field::new("kind", t(lang, Key::EvidenceKind)).value(kind).select(lang, &kinds))
            (Field::new("purpose", t(lang, Key::Purpose)).value(typed("purpose")).optional(lang).text())
            (Field::new("source", t(lang, Key::Source)).value(typed("source")).optional(lang).text())
            (checkbox("original", html! { (t(lang, Key::HasOriginal)) }, typed("original") == asked::TICKED, None))
            (Verb::submit_as(t(lang, Key::AddEvidence), "then", ADD).icon(Icon::Upload))
        })
    }

    /// Where papers reach each plaintiff.
    fn service(&self, to: &Showing) -> Markup {
        html! {
            @for place in self.draft.places(Side::Plaintiff) {
                @let name = self.draft.value(&place.field("name"));
                @let title = if name.is_empty() { super::person_name(to.lang(), &self.draft, place) } else { name.to_owned() };
                (Sheet::new(&title).body(html! {
                    div.questions { (self.asking(to, &asked::of_service(place))) }
                }))
            }
        }
    }
}
