//! Reading together, in the gallery.

use xiezhi_app::{presence::Present, together::Presenting};
use xiezhi_domain::{
    access,
    annotation::Circle,
    ids::{MaterialId, PersonId},
    material::Material,
    people::Post,
};

use super::{CIRCLES, TogetherView, is_inside};
use crate::{
    gallery::{
        Piece, Sample, Samples, hang,
        lived::{Seat, Seen, Tale},
    },
    http::me::Me,
    messages::Lang,
};

pub(crate) fn pieces(lang: Lang) -> Vec<Piece> {
    hang![lang; TogetherView]
}

fn me(seen: &Seen) -> Me {
    let person = seen.to.person.clone().expect("somebody sits there");
    Me { person, actor: seen.actor.clone(), showing: seen.to.clone() }
}

/// A colleague of whoever sits there.
fn colleague(seen: &Seen) -> PersonId {
    let judges = seen.to.people.on(Post::Judge).map(|person| person.id);
    judges.into_iter().find(|id| Some(*id) != seen.actor.person()).expect("a court has two judges")
}

/// Who is in the file with whoever sits there: a colleague, who presents to the team.
fn told(seen: &Seen, at: Option<MaterialId>, by: PersonId, follows: Option<Circle>) -> TogetherView {
    let shown = seen.case.materials_in_order().find(|paper| access::may_see(&seen.reader, &seen.case, paper));
    let material = at.or(shown.map(|paper| paper.id)).expect("the tale has papers");
    let present = vec![Present { person: colleague(seen), material, page: 3 }];
    let zoom = "width".to_owned();
    let presenting = Presenting { person: by, circle: Circle::Team, material, page: 3, zoom };
    let of = |circle| (circle, Some(presenting.clone()).filter(|one| one.circle == circle));
    let circles = CIRCLES.into_iter().filter(|circle| access::is_in(&seen.reader, &seen.case, *circle));
    let at = at.map(|material| (material, 1));
    TogetherView::told(&me(seen), (&seen.case, &seen.reader), (present, circles.map(of).collect()), at, follows)
}

/// What stands beside a paper that is read together with others.
pub(crate) fn around(seen: &Seen, paper: &Material) -> Option<TogetherView> {
    let inside = is_inside(&me(seen), &seen.case, &seen.reader);
    inside.then(|| told(seen, Some(paper.id), colleague(seen), Some(Circle::Team)))
}

impl Samples for TogetherView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        let shown = |name, seat, mine: bool| {
            Tale::Annotated.whole().seen_by(seat, lang).sample(name, |seen| {
                let by = if mine { seen.actor.person() } else { None }.unwrap_or_else(|| colleague(seen));
                told(seen, None, by, None).whole(&seen.case, &seen.reader)
            })
        };
        let alone = Tale::Annotated.whole().seen_by(Seat::Judge, lang).sample("together-alone", |seen| {
            TogetherView::told(&me(seen), (&seen.case, &seen.reader), (vec![], vec![]), None, None)
                .whole(&seen.case, &seen.reader)
        });
        vec![shown("together-clerk", Seat::Clerk, false), shown("together-presenting", Seat::Judge, true), alone]
    }
}
