//! Notices: what others did since one looked, told by the rule of access, gone once it was seen.

use xiezhi_domain::{access, people::Actor};

use crate::{cast::person, court::Court, example::account, steps::Suit, story::told_to_pretrial};

/// How many acts are new to them.
async fn count(suit: &Suit, who: &Actor) -> usize {
    let news = suit.court.app.news(who).await.expect("news are read");
    let counted = suit.court.app.news_count(who).await.expect("news are counted");
    let acts = news.iter().map(|news| news.acts.len()).sum();
    assert_eq!(acts, usize::try_from(counted).expect("a small count"), "the page and the frame agree");
    acts
}

async fn look(suit: &Suit, who: &Actor) {
    let rev = suit.state().await.rev;
    suit.court.app.visit(suit.id, who.person().expect("a person"), rev).await.expect("the look is noted");
}

async fn what_others_did_is_new_until_one_looks(court: Court) {
    let mut suit = told_to_pretrial(court).await;
    let (plaintiff, defendant) = (account(0), account(1));
    assert_eq!(count(&suit, &plaintiff).await, 1, "of a case never opened the last act alone");
    look(&suit, &plaintiff).await;
    look(&suit, &defendant).await;
    assert_eq!(count(&suit, &plaintiff).await, 0);
    let words = suit.told.text("answer.易欠款").to_owned();
    suit.answer(1, &words).await;
    assert_eq!(count(&suit, &plaintiff).await, 1, "at once, though it was counted a moment ago");
    assert_eq!(count(&suit, &defendant).await, 0, "one's own acts are no news");
    look(&suit, &plaintiff).await;
    assert_eq!(count(&suit, &plaintiff).await, 0);
}

async fn nobody_is_told_of_what_they_may_not_know(court: Court) {
    let suit = told_to_pretrial(court).await;
    let (judge, clerk) = (suit.judge().await, suit.clerk().await);
    for who in [account(0), account(1), judge, clerk] {
        for news in suit.court.app.news(&who).await.expect("news are read") {
            let told = |act: &xiezhi_app::acts::RecordedAct| {
                act.event.as_ref().is_some_and(|event| access::may_be_told(&news.reader, &news.case, event))
            };
            assert!(news.acts.iter().all(told), "{who:?}");
        }
    }
    let stranger = Actor::Person { id: person(999), post: xiezhi_domain::people::Post::Party, token: None };
    assert_eq!(count(&suit, &stranger).await, 0);
    assert_eq!(count(&suit, &Actor::Clock).await, 0);
}

over_each_store!(what_others_did_is_new_until_one_looks, nobody_is_told_of_what_they_may_not_know);
