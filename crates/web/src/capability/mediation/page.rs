//! The page of mediation: the agreement first, then offers and what was said to them, then one's own words.

use xiezhi_domain::ids::PartyId;

use super::{AgreementFacts, ConfidenceFacts, MediationView, OfferFacts};
use crate::{
    capability::{
        case_frame::{CaseTab, case_page, tab_title},
        on_paper::{came_fields, party_field},
        prelude_of_cases::route,
        signature::hand,
    },
    frame::prelude::*,
    http::{
        prelude::*,
        showing::{PageParts, Showing},
    },
    messages::{
        day,
        mediation::{self as words, Key},
        on_paper, t,
    },
};

/// Where a form that speaks for a party goes, for whom it may speak, and what keeps its ids apart.
#[derive(Clone, Copy)]
pub(super) struct ForParty<'a> {
    below: &'a str,
    parties: &'a [(PartyId, String)],
    key: &'a str,
}

/// A form of its own for those for whom the reader may speak.
pub(super) fn of<'a>(below: &'a str, parties: &'a [(PartyId, String)], key: &'a str) -> ForParty<'a> {
    ForParty { below, parties, key }
}

impl View for MediationView {
    fn page(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let topic = case_topic(self.case);
        let above = stack(html! {
            (tab_title(to, t(lang, Key::Title)))
            @if let Some(statement) = self.statement {
                @let href = route(self.case, &format!("/file/{statement}"));
                (Sheet::new(t(lang, Key::Statement)).body(acts(&[Verb::go(t(lang, Key::ReadStatement), &href)])))
            }
            @if let Some(document) = self.statement_draft {
                @let href = route(self.case, &format!("/documents/{document}"));
                (Sheet::new(t(lang, Key::Statement)).body(html! {
                    p { (t(lang, Key::StatementNote)) }
                    (acts(&[Verb::go(t(lang, Key::ToStatement), &href)]))
                }))
            }
            @if let Some(agreement) = &self.agreement { (self.agreement(to, agreement)) }
        });
        let below = stack(html! { @if self.open { (self.going_on(to)) } @else { (self.resting(to)) } });
        // What is being signed is not changed under the pen: signing stands outside the live parts.
        let body = stack(html! {
            (live("mediation-above", &topic, None, above))
            @if let Some(agreement) = self.agreement.as_ref().filter(|it| !it.unsigned.is_empty()) { (self.signing(to, agreement)) }
            (live("mediation", &topic, None, below))
        });
        let signs = to.is_outside() && self.agreement.as_ref().is_some_and(|it| !it.unsigned.is_empty());
        let islands = if signs { vec![Island::Signature] } else { vec![] };
        let parts = PageParts { islands, ..PageParts::default() };
        match &self.frame {
            Some((case, reader)) => case_page(to, case, reader, CaseTab::Mediation, parts, body),
            None => to.page_with(t(lang, Key::Title), parts, body),
        }
    }
}

impl MediationView {
    fn at(&self, below: &str) -> String {
        route(self.case, &format!("/mediation/{below}"))
    }

    /// A form of this page.
    pub(super) fn send(&self, to: &Showing, below: &str, body: Markup) -> Markup {
        form(FormTo { action: &self.at(below), ..FormTo::default() }, html! { (to.command_field()) (body) })
    }

    /// A form that speaks for a party: whose it is and, where a clerk enters it, how it came; its verbs last.
    pub(super) fn send_for(&self, to: &Showing, it: ForParty<'_>, body: Markup, verbs: &[Verb<'_>]) -> Markup {
        self.send(
            to,
            it.below,
            html! { (party_field(to, it.parties, it.key)) (body) (came_fields(to, &self.comparers, it.key)) (acts(verbs)) },
        )
    }

    /// No mediation goes on: what was, who asked for it, and how it may begin.
    fn resting(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let note = if to.is_outside() { Key::NotOpenParty } else { Key::NotOpenStaff };
        let own_asked = to.is_outside() && !self.asked.is_empty();
        html! {
            @if let Some(reason) = &self.failed_because {
                (note_of(Standing::Stopped, html! { (t(lang, Key::Failed)) @if !reason.is_empty() { (lang.pick("：", ": ")) span lang="zh-CN" { (reason) } } }))
            }
            @if self.lapsed { (note_of(Standing::Stopped, html! { (t(lang, Key::Lapsed)) })) }
            @for party in &self.asked { (note_of(Standing::Waiting, html! { (known_as(lang, party)) " " (t(lang, Key::Asked)) })) }
            @if self.agreement.is_none() { (Blank::empty(Icon::Talk, t(lang, Key::NotOpen), t(lang, note)).sheet()) }
            @if self.may_mediate { (self.send(to, "opening", acts(&[Verb::submit(t(lang, Key::Open)).primary()]))) }
            @if !self.speaks_for.is_empty() && self.statement.is_none() && !own_asked {
                @let ask = self.send_for(to, of("asking", &self.speaks_for, "ask"), html! {}, &[Verb::submit(t(lang, Key::Ask))]);
                @if to.is_outside() { (ask) } @else { (bare_sheet(unfold(t(lang, Key::AskFor), ask))) }
            }
        }
    }

    fn going_on(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        html! {
            (self.lasting(to))
            (self.offers(to))
            @if to.is_outside() {
                @if !self.speaks_for.is_empty() { (self.own_words(to)) }
            } @else {
                @if self.may_mediate { (self.of_court(to)) }
                @if !self.confidences.is_empty() { (self.confidences(to)) }
                @if self.may_mediate { (self.conclude(to)) }
                @if !self.speaks_for.is_empty() { (self.paper_twin(to)) }
            }
            @if to.is_outside() && !self.speaks_for.is_empty() {
                (Sheet::new(t(lang, Key::Leave)).body(self.leaving(to)))
            }
        }
    }

    fn offers(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        Sheet::new(t(lang, Key::Offers)).note(t(lang, Key::Going)).flush(html! {
            @if self.offers.is_empty() { div.in { p.faint { (t(lang, Key::NoOffers)) } } }
            @else { ul.rows { @for offer in &self.offers { li #{ "offer-" (offer.number) } { div.grow.stack { (self.offer(to, offer)) } } } } }
            div.in { (note(Icon::Notice, html! { (t(lang, Key::OfferNote)) })) }
        })
    }

    fn offer(&self, to: &Showing, it: &OfferFacts) -> Markup {
        let lang = to.lang();
        let number = words::number(lang, it.number + 1);
        html! {
            div.line.wrap {
                b { (number) }
                (known_as(lang, it.by.as_deref().unwrap_or(t(lang, Key::OfCourt))))
                @if it.own { (kind(t(lang, Key::Yours))) }
                @if let Some(other) = it.counters { span.faint { (words::counters(lang, other + 1)) } }
                span.faint.number { (day(it.on)) }
                @if it.accepted { (tag(Standing::Done, t(lang, Key::AllAccept))) }
            }
            p.pre lang="zh-CN" { (it.terms) }
            @for reply in &it.replies {
                div.line.wrap {
                    @if reply.accepts { (tag(Standing::Done, t(lang, Key::Accepts))) } @else { (tag(Standing::Stopped, t(lang, Key::Refuses))) }
                    (known_as(lang, &reply.by)) @if !reply.words.is_empty() { (lang.pick("：", ": ")) span lang="zh-CN" { (reply.words) } }
                    span.faint.number { (day(reply.on)) }
                }
            }
            @if !it.unanswered.is_empty() { (self.answering(to, it, &number)) }
            @if it.accepted && self.may_mediate {
                @let href = format!("{}?offer={}#agreement", route(self.case, "/mediation"), it.number);
                (Verb::go(t(lang, Key::WriteFromThis), &href).about(&number))
            }
        }
    }

    /// To agree and not to agree stand side by side, in the same weight.
    fn answering(&self, to: &Showing, it: &OfferFacts, number: &str) -> Markup {
        let lang = to.lang();
        let key = format!("answer-{}", it.number);
        let replied = html! {
            input type="hidden" name="offer" value=(it.number);
            (words_field(&format!("words-{key}"), "words", t(lang, Key::ReplyWords), 2))
        };
        let reply = self.send_for(
            to,
            of("answers", &it.unanswered, &key),
            replied,
            &[
                Verb::submit_as(t(lang, Key::Accept), "said", "accepted").about(number),
                Verb::submit_as(t(lang, Key::Refuse), "said", "refused").about(number),
            ],
        );
        let key = format!("counter-{}", it.number);
        let countered = html! {
            input type="hidden" name="offer" value=(it.number);
            (words_field(&format!("terms-{key}"), "terms", t(lang, Key::Terms), 3))
        };
        let verb = Verb::submit(t(lang, Key::MakeCounter)).about(number);
        let counter = self.send_for(to, of("offers", &it.unanswered, &key), countered, &[verb]);
        html! {
            @if to.is_outside() { (reply) (unfold(t(lang, Key::Counter), counter)) }
            @else { (unfold(&words::enter_answer(lang, number), html! { (reply) (counter) })) }
        }
    }

    /// What a party may say besides answering: an offer, a word to the mediator alone.
    fn own_words(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        html! {
            (Sheet::new(t(lang, Key::MyOffer)).body(self.offer_form(to)))
            (Sheet::new(t(lang, Key::Alone)).id("alone").body(html! {
                p { (t(lang, Key::AloneNote)) }
                @for told in &self.confidences { (self.confidence(to, told)) }
                (self.confide_form(to))
            }))
        }
    }

    fn offer_form(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let terms = words_field("terms-offer", "terms", t(lang, Key::Terms), 3);
        self.send_for(to, of("offers", &self.speaks_for, "offer"), terms, &[Verb::submit(t(lang, Key::MakeOffer))])
    }

    fn confide_form(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let words = words_field("words-alone", "words", t(lang, Key::AloneWords), 3);
        self.send_for(to, of("confidences", &self.speaks_for, "alone"), words, &[Verb::submit(t(lang, Key::TellAlone))])
    }

    fn confidence(&self, to: &Showing, it: &ConfidenceFacts) -> Markup {
        let lang = to.lang();
        let own = [(it.party, it.by.clone())];
        let key = format!("release-{}", it.number);
        html! {
            div.line.wrap {
                b { (known_as(lang, &it.by)) } span.faint.number { (day(it.on)) }
                @if it.released { (tag(Standing::Done, t(lang, Key::Released))) } @else { (tag(Standing::Stopped, t(lang, Key::OnlyMediator))) }
            }
            p.pre lang="zh-CN" { (it.words) }
            @if it.may_release {
                @let which = html! { input type="hidden" name="confidence" value=(it.number); };
                @let release = self.send_for(to, of("releases", &own, &key), which, &[Verb::submit(t(lang, Key::Release))]);
                @if to.is_outside() { (release) } @else { (unfold(t(lang, Key::EnterRelease), release)) }
            }
        }
    }

    fn confidences(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        Sheet::new(t(lang, Key::AloneStaff)).id("alone").body(html! {
            (note_of(Standing::Stopped, html! { (t(lang, Key::AloneStaffNote)) }))
            @for told in &self.confidences { (self.confidence(to, told)) }
        })
    }

    fn leaving(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let reason = html! {
            p { (t(lang, Key::LeaveNote)) }
            (words_field("reason-leave", "reason", t(lang, Key::ReasonOptional), 2))
        };
        self.send_for(to, of("leaving", &self.speaks_for, "leave"), reason, &[Verb::submit(t(lang, Key::Leave))])
    }

    fn of_court(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        Sheet::new(t(lang, Key::CourtOffer)).body(self.send(
            to,
            "offers",
            html! {
                (words_field("terms-court", "terms", t(lang, Key::Terms), 3))
                (acts(&[Verb::submit(t(lang, Key::MakeCourtOffer))]))
            },
        ))
    }

    /// The paper twins of what a party does on this page itself.
    fn paper_twin(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        Sheet::new(t(lang, on_paper::Key::ForParty)).note(t(lang, on_paper::Key::ForPartyNote)).body(html! {
            (unfold(t(lang, Key::MakeOffer), self.offer_form(to)))
            (unfold(t(lang, Key::TellAlone), self.confide_form(to)))
            (unfold(t(lang, Key::LeaveParty), self.leaving(to)))
        })
    }

    fn agreement(&self, to: &Showing, it: &AgreementFacts) -> Markup {
        let lang = to.lang();
        let effect = if it.agreement.effective_on_signature { Key::OnSignatureNote } else { Key::OnReceiptNote };
        html! {
            (Sheet::new(t(lang, Key::Agreement)).body(html! {
                ol.points lang="zh-CN" { @for term in &it.agreement.terms { li { (term) } } }
                (pairs(&[(t(lang, Key::Costs), html! { span lang="zh-CN" { (it.agreement.costs) } })]))
                p.faint { (t(lang, effect)) }
                @if let Some(paper) = it.paper {
                    @let href = route(self.case, &format!("/file/{paper}"));
                    (acts(&[Verb::go(t(lang, Key::ReadAgreement), &href)]))
                }
                ul.points {
                    @for signer in &it.signers {
                        li { (known_as(lang, &signer.name)) " "
                            @if signer.signed {
                                (tag(Standing::Done, t(lang, Key::Signed)))
                                @if let Some(on) = signer.on { " " span.faint.number { (day(on)) } }
                                @if let Some(on_paper) = signer.on_paper { " " span.faint { (t(lang, if on_paper { Key::SignedPaper } else { Key::SignedOnline })) } }
                            } @else { (tag(Standing::Waiting, t(lang, Key::NotSigned))) }
                            @if let Some(address) = &signer.hand { " " (hand(lang, &signer.name, address)) } }
                    }
                }
            }))
        }
    }

    /// To sign and not to sign stand side by side, in the same weight.
    fn signing(&self, to: &Showing, it: &AgreementFacts) -> Markup {
        let lang = to.lang();
        let seen = html! {
            input type="hidden" name="agreement_sha256" value=(it.sha256);
            @if to.is_outside() {
                p { (t(lang, Key::SignNote)) }
                (signature_pad(lang, to.person.as_ref().map_or("", |person| &person.name), None))
            }
        };
        let verb = Verb::submit(t(lang, if to.is_outside() { Key::SignIt } else { Key::SignedOnPaper }));
        let sign = self.send_for(to, of("signature", &it.unsigned, "sign"), seen, &[verb]);
        if !to.is_outside() {
            return bare_sheet(unfold(t(lang, Key::EnterSignature), sign));
        }
        let note = html! { p { (t(lang, Key::RefuseNote)) } };
        let refuse =
            self.send_for(to, of("leaving", &it.unsigned, "refuse"), note, &[Verb::submit(t(lang, Key::RefuseIt))]);
        html! {
            (Sheet::new(t(lang, Key::SignIt)).body(sign))
            (Sheet::new(t(lang, Key::RefuseIt)).body(refuse))
        }
    }

    /// What the mediator can do: an agreement, or back to the trial.
    fn conclude(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let known = self.agreement.as_ref().map(|it| &it.agreement);
        let title = if known.is_some() { Key::ChangeAgreement } else { Key::MakeAgreement };
        let terms = self.from_offer.clone().or_else(|| known.map(|it| it.terms.join("\n"))).unwrap_or_default();
        let costs = known.map_or("", |it| it.costs.as_str());
        html! {
            (Sheet::new(t(lang, title)).id("agreement").body(self.send(to, "agreement", html! {
                (Field::new("terms", t(lang, Key::TermsEach)).help(t(lang, Key::TermsHelp)).value(&terms).textarea(6))
                (Field::new("costs", t(lang, Key::Costs)).value(costs).text())
                (checkbox("effective_on_signature", html! { (t(lang, Key::OnSignature)) }, known.is_some_and(|it| it.effective_on_signature), None))
                (acts(&[Verb::submit(t(lang, Key::PutIt)).primary()]))
            })))
            (Sheet::new(t(lang, Key::Fail)).body(self.send(to, "failure", html! {
                (Field::new("reason", t(lang, Key::Reason)).help(t(lang, Key::FailNote)).text())
                (acts(&[Verb::submit(t(lang, Key::Fail))]))
            })))
        }
    }
}

/// Several lines with an id of their own, for a page that holds several forms.
fn words_field(id: &str, name: &str, label: &str, rows: usize) -> Markup {
    html! {
        div.field {
            label for=(id) { (label) }
            textarea.input id=(id) name=(name) rows=(rows) {}
        }
    }
}
