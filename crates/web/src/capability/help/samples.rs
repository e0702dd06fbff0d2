//! Help in the gallery.

use xiezhi_domain::people::Post;

use super::{HelpView, ProblemView, ProblemsView};
use crate::{
    gallery::{Piece, Sample, Samples, hang, on_post, passer_by},
    http::problem::Problem,
    messages::Lang,
};

pub(crate) fn pieces(lang: Lang) -> Vec<Piece> {
    hang![lang; HelpView, ProblemView, ProblemsView]
}

fn hotline() -> String {
    "12368".to_owned()
}

impl Samples for HelpView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        let of = |post| Self { hotline: hotline(), post };
        vec![
            Sample::new("help", passer_by(lang), of(None)),
            Sample::new("help-party", on_post(lang, Post::Party), of(Some(Post::Party))),
            Sample::new("help-staff", on_post(lang, Post::Judge), of(Some(Post::Judge))),
        ]
    }
}

impl Samples for ProblemView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        let to = passer_by(lang);
        let named = |code: &str| {
            let problem = Problem::examples().into_iter().find(|problem| problem.code() == code);
            Self::of(&to, &problem.expect("the code has words; a test proves it"))
        };
        vec![
            Sample::new("help-problem", to.clone(), named("filing.NoDefendant")),
            Sample::new("help-problem-by-example", to.clone(), named("scheduling.RoomTaken")),
        ]
    }
}

impl Samples for ProblemsView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        let to = passer_by(lang);
        let view = Self::of(&to);
        vec![Sample::new("help-problems", to, view)]
    }
}
