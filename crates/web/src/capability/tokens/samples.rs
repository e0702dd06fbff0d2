//! Tokens of programs in the gallery.

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;
use xiezhi_domain::{ids::TokenId, people::Post};

use super::{TokenLine, TokensView};
use crate::{
    gallery::{Piece, Sample, Samples, hang, on_post},
    messages::Lang,
};

pub(crate) fn pieces(lang: Lang) -> Vec<Piece> {
    hang![lang; TokensView]
}

fn line(number: u128, name: &str, used: bool) -> TokenLine {
    let made_at = Timestamp::UNIX_EPOCH + SignedDuration::from_hours(24 * 20_515);
    TokenLine {
        id: TokenId(Uuid::from_u128(number)),
        name: name.to_owned(),
        made_at,
        expires_at: made_at + SignedDuration::from_hours(24 * 30),
        used_at: used.then_some(made_at + SignedDuration::from_hours(3)),
    }
}

impl Samples for TokensView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        let tokens = || vec![line(1, "律所办案系统", true), line(2, "排期同步", false)];
        vec![
            Sample::new("tokens-none", on_post(lang, Post::Lawyer), Self { tokens: vec![], secret: None }),
            Sample::new("tokens-some", on_post(lang, Post::CourtClerk), Self { tokens: tokens(), secret: None }),
            Sample::new("tokens-made", on_post(lang, Post::Lawyer), Self {
                tokens: tokens(),
                secret: Some("0123456789abcdef".repeat(4)),
            }),
        ]
    }
}
