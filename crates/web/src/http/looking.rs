//! A look at a case leaves its trace (查阅留痕), whichever page or data of it was shown: noted here once for all
//! routes, so that none can be forgotten. What an open page asks again by itself is no look, nor is what a browser
//! fetches ahead: of somebody who looked at the case that day. Whether it is so is what the browser says, and anybody
//! can say it.

use axum::{
    extract::{FromRequestParts, MatchedPath, RawPathParams, Request, State},
    http::{HeaderMap, Method, request::Parts},
    middleware::Next,
    response::Response,
};
use xiezhi_domain::{ids::CaseId, people::Actor};

use super::me::Sender;
use crate::Web;

/// Whether a request on this route is one that may show a case.
pub fn may_show_a_case(method: &Method, route: &str) -> bool {
    *method == Method::GET && route.contains("{case}")
}

/// Whether a person looks, not a page by itself: what an open page asks again for, or fetches ahead, is no look. What
/// is fetched ahead and then shown is reported by the page that shows it.
pub fn is_looked_at(headers: &HeaderMap) -> bool {
    let says = |name: &str, what: &str| {
        headers.get(name).and_then(|value| value.to_str().ok()).is_some_and(|value| value.contains(what))
    };
    !says("accept", "text/event-stream")
        && !says("x-refresh", "live")
        && !says("x-ahead", "page")
        && !says("sec-purpose", "prefetch")
}

/// Notes who looked at which case, once it was shown.
pub async fn note(State(web): State<Web>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let asked = asked(&mut parts, &web).await;
    let by_itself = !is_looked_at(&parts.headers);
    let answer = next.run(Request::from_parts(parts, body)).await;
    if let Some((case, actor)) = asked.filter(|_| answer.status().is_success()) {
        web.app.look_at_case(case, &actor, by_itself).await;
    }
    answer
}

async fn asked(parts: &mut Parts, web: &Web) -> Option<(CaseId, Actor)> {
    let route = parts.extensions.get::<MatchedPath>()?.as_str();
    if !may_show_a_case(&parts.method, route) {
        return None;
    }
    let named = RawPathParams::from_request_parts(parts, &()).await.ok()?;
    let case = named.iter().find(|(name, _)| *name == "case")?.1.parse().ok()?;
    let Sender(actor) = Sender::from_request_parts(parts, web).await.ok()?;
    Some((case, actor?))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use axum::http::HeaderValue;

    use super::*;
    use crate::{
        capability::prelude_of_cases::Acted,
        http::routes::{Route, Sketch, Tells},
        messages::routes::Key as Op,
    };

    /// Routes with a case in their path that do not answer as acts do, and why that is right.
    const OTHERWISE: &[(Op, &str)] = &[
        (Op::PayFee, "opens a payment at the bank: the act is its arrival"),
        (Op::CheckPayment, "asks the bank: what it answers is an act of the court"),
        (Op::CheckTrace, "a look, recorded before it shows anything"),
        (Op::OpenRestrictedCase, "why someone looks, recorded before anything is shown"),
        (Op::MarkSeen, "a mark of the reader's own"),
        (Op::SaveTranscript, "an act, which answers the text as it stands: its writer goes on from there"),
        (Op::TurnMaterialPage, "a mark of the reader's own"),
        (Op::ReportLook, "a look, which it notes itself"),
        (Op::ReportTime, "how long a look was, kept sealed beside it"),
        (Op::OpenTimes, "a look, recorded before it shows anything"),
        (Op::Annotate, "for oneself working data, else an act"),
        (Op::ReviseAnnotation, "for oneself working data, else an act"),
        (Op::ReplyToAnnotation, "an act, which answers the annotation"),
        (Op::WithdrawAnnotation, "for oneself working data, else an act"),
        (Op::PrintCoverSheet, "a sheet that leads scans to the case: what they bring is an act"),
        (Op::TakePicture, "a picture derived from what is played, which is a look of its own"),
        (Op::BeginPresenting, "working data of a minute: where someone is in the file, which their looks tell"),
        (Op::GoOnPresenting, "working data of a minute"),
        (Op::PointAtPage, "told as it happens and kept nowhere"),
        (Op::EndPresenting, "the end of working data"),
        (Op::KeepAnswerDraft, "a draft: it enters the record when it is submitted"),
        (Op::KeepDraftTyped, "working data of whoever types: it enters the record when it is saved"),
        (Op::MarkForRedaction, "working data of the reader's own, until the copy is made, which is an act"),
        (Op::MakeBundle, "each paper that leaves with it is a download in the log"),
        (Op::ReturnDraft, "what came is shown beside the draft: what is taken over is an act"),
        (Op::UnlinkCase, "an act of the case, which answers the set that it leaves"),
        (Op::OpenShared, "a try of a guest's code, which is an act of its own"),
    ];

    fn answer_of(sketch: &Sketch) -> Option<serde_json::Value> {
        sketch.responses.get("200").map(|answer| serde_json::to_value(answer).expect("plain data"))
    }

    fn acts(route: &Route) -> bool {
        let mut act = Sketch::default();
        Acted::tell(&mut act);
        answer_of(&route.sketch()) == answer_of(&act)
    }

    #[test]
    fn whatever_shows_or_changes_a_case_leaves_its_trace() {
        let routes = crate::routes();
        let of_cases: Vec<&Route> = routes.iter().filter(|route| route.path.contains("{case}")).collect();
        assert!(of_cases.len() > 100, "{}", of_cases.len());
        let mut gaps = BTreeMap::new();
        for route in of_cases {
            let method: Method = route.method_name().parse().expect("a method");
            let traced = match method == Method::GET {
                true => may_show_a_case(&method, route.path),
                false => acts(route) || OTHERWISE.iter().any(|(op, _)| *op == route.op),
            };
            if !traced {
                gaps.insert(route.path, route.method_name());
            }
        }
        assert_eq!(gaps, BTreeMap::new(), "each of these shows or changes a case and leaves no trace");
    }

    #[test]
    fn what_answers_otherwise_is_a_route_that_does() {
        for (op, why) in OTHERWISE {
            let routes = crate::routes();
            let route = routes.iter().find(|route| route.op == *op);
            assert!(route.is_some_and(|route| !acts(route)), "{why}");
        }
    }

    #[test]
    fn a_page_that_asks_again_by_itself_does_not_look() {
        let mut headers = HeaderMap::new();
        assert!(is_looked_at(&headers));
        headers.insert("x-refresh", HeaderValue::from_static("live"));
        assert!(!is_looked_at(&headers));
        let ahead = HeaderMap::from_iter([(
            "sec-purpose".parse().expect("a name"),
            HeaderValue::from_static("prefetch;anonymous-client-ip"),
        )]);
        assert!(!is_looked_at(&ahead));
    }
}
