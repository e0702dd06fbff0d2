//! People in the gallery.

use xiezhi_domain::{access, people::Post};

use super::{AccountsView, Listed, PostsView};
use crate::{
    gallery::{Piece, Sample, Samples, hang, on_post},
    messages::Lang,
};

pub(crate) fn pieces(lang: Lang) -> Vec<Piece> {
    hang![lang; AccountsView, PostsView]
}

impl Samples for AccountsView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        let to = on_post(lang, Post::SystemAdmin);
        let listed = to.people.all().zip(0..).map(|(person, at)| Listed {
            person: person.id,
            name: person.name.clone(),
            post: person.post,
            division: person.division.clone().or_else(|| person.unit.clone()),
            sessions: at % 3,
        });
        let (outside, staff): (Vec<_>, Vec<_>) = listed.partition(|listed| listed.post.is_outside());
        vec![Sample::new("accounts", to, Self { staff, outside })]
    }
}

impl Samples for PostsView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        let to = on_post(lang, Post::SecurityAdmin);
        let named = |post: Post| (post, to.people.on(post).map(|person| person.name.clone()).collect());
        let posts = Post::ALL.into_iter().filter(|post| !post.is_outside()).map(named).collect();
        vec![Sample::new("posts", to.clone(), Self { posts, table: access::table() })]
    }
}
