//! Problems in the gallery, as whoever meets them sees them.

use maud::Markup;
use serde::Serialize;
use xiezhi_app::AppError;
use xiezhi_domain::{access::Denial, ids::CaseId, people::Post, refusal::Refusal};

use super::{FieldError, Problem, Sent, page};
use crate::{
    gallery::{Piece, Sample, Samples, hang, on_post, passer_by},
    http::showing::{Showing, View},
    messages::Lang,
};

/// A problem, what was typed when it arose, and the page it came from.
#[derive(Clone, Debug, Serialize)]
pub struct ProblemPage {
    #[serde(serialize_with = "document")]
    problem: Problem,
    typed: Vec<(String, String)>,
    from: Option<&'static str>,
}

fn document<S: serde::Serializer>(problem: &Problem, to: S) -> Result<S::Ok, S::Error> {
    problem.document(None).serialize(to)
}

pub(crate) fn pieces(lang: Lang) -> Vec<Piece> {
    hang![lang; ProblemPage]
}

impl View for ProblemPage {
    fn page(&self, to: &Showing) -> Markup {
        page(&self.problem, to, Sent { typed: &self.typed, from: self.from, with_files: false })
    }
}

impl Samples for ProblemPage {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        let refused = |refusal: Refusal| Problem::from(refusal);
        let words = "原告主张的利息计算方式写错了，应当按合同约定的年利率百分之六计算。".to_owned();
        let typed = vec![("petition".to_owned(), words), ("party".to_owned(), "1".to_owned())];
        let invalid = Problem::invalid(vec![
            FieldError::new("petition", "input.required"),
            FieldError::new("amount", "input.not_an_amount"),
        ]);
        let restricted = Denial::ReasonNeeded { case: CaseId(uuid::Uuid::nil()) };
        let restricted = Problem::from(AppError::Denied(restricted));
        let plain = |problem| Self { problem, typed: vec![], from: None };
        vec![
            Sample::new("problem-not-found", passer_by(lang), plain(Problem::not_found())),
            Sample::new("problem-not-found-party", on_post(lang, Post::Party), plain(Problem::not_found())),
            Sample::new("problem-not-found-staff", on_post(lang, Post::Judge), plain(Problem::not_found())),
            Sample::new("problem-too-large", on_post(lang, Post::Party), plain(Problem::too_large())),
            Sample::new("problem-restricted", on_post(lang, Post::President), plain(restricted)),
            Sample::new(
                "problem-invalid",
                on_post(lang, Post::Party),
                Self { problem: invalid, typed: typed.clone(), from: Some("/home") },
            ),
            Sample::new(
                "problem-refused",
                on_post(lang, Post::Judge),
                Self {
                    problem: refused(xiezhi_domain::filing::FilingRefusal::NoDefendant.into()),
                    typed,
                    from: Some("/cases"),
                },
            ),
        ]
    }
}
