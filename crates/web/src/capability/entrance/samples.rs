//! The entrance in the gallery.

use super::{Known, Listed, SignInView};
use crate::{
    gallery::{Piece, Sample, Samples, hang, lived::Tale, passer_by},
    messages::Lang,
};

pub(crate) fn pieces(lang: Lang) -> Vec<Piece> {
    hang![lang; SignInView]
}

impl Samples for SignInView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        let lived = Tale::Sale.whole();
        let people = lived.people.all().map(|person| Listed {
            person: person.id,
            name: person.name.clone(),
            post: person.post,
            unit: person.division.clone().or_else(|| person.unit.clone()),
            case: person.post.is_outside().then(|| Known { title: lived.case.short_title(), number: lived.case.number.as_ref().map(ToString::to_string), stage: Some(lived.case.stage.told_outside()) }),
        });
        let everyone = Self { people: people.collect(), back: "/".to_owned() };
        vec![
            Sample::new("sign-in", passer_by(lang), everyone),
            Sample::new("sign-in-nobody", passer_by(lang), Self { people: vec![], back: "/home".to_owned() }),
        ]
    }
}
