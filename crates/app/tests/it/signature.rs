//! Signatures by hand: the picture is kept like any file and stands in the paper, printed anew as the same paper.

use xiezhi_domain::{
    hearing::{HearingCommand, transcript_of},
    service::Channel,
};

use crate::{
    court::{Court, day},
    example::account,
    steps::Suit,
    story,
};
use xiezhi_app::{AppError, audit::Difference};

/// A name of two strokes.
const DRAWN: &str = r#"{"strokes":[[[10,20],[60,24],[90,80]],[[40,10],[42,90]]]}"#;

async fn heard() -> (Suit, HearingCommand) {
    let mut suit = story::told_to_pretrial(Court::in_memory("2026-02-27").await).await;
    suit.court.on("2026-03-13").await;
    let hearing = suit.schedule(day("2026-03-27")).await;
    suit.send(1, Channel::Electronic).await;
    suit.court.on("2026-03-27").await;
    let case = suit.sit(hearing).await;
    let hand = suit.court.app.keep_hand(DRAWN, "贾借出").await.expect("it is kept");
    let transcript_sha256 = case.hearings[&hearing].transcript_sha256();
    (suit, HearingCommand::Sign { hearing, transcript_sha256, hand })
}

#[tokio::test]
async fn who_signs_by_hand_stands_in_the_record_as_he_wrote_and_the_earlier_print_stays() {
    let (mut suit, sign) = heard().await;
    let HearingCommand::Sign { hearing, hand: Some(hand), .. } = sign.clone() else { panic!("a signature by hand") };
    let before = transcript_of(&*suit.state().await, hearing).expect("it is printed").clone();

    let case = suit.does(&account(0), sign).await;

    let after = transcript_of(&case, hearing).expect("it is printed");
    assert_eq!((after.id, &after.earlier), (before.id, &vec![before.file.clone()]));
    let told =
        xiezhi_app::papers::facts(&case, &suit.court.app.directory().await.expect("people"), &suit.court.rules());
    let signed = &told.hearings[0].signed;
    assert_eq!(signed[0].hand.as_deref(), Some(hand.sha256.as_str()));
    let picture = suit.court.app.hand(&case, &hand.sha256).await.expect("the case names it");
    assert!(picture.starts_with(b"<svg"));
    let foreign = suit.court.app.hand(&case, &before.file.sha256).await;
    assert!(matches!(foreign, Err(AppError::NotFound)), "{foreign:?}");
}

#[tokio::test]
async fn a_spoiled_picture_is_found_by_the_check_of_its_case() {
    let (mut suit, sign) = heard().await;
    let HearingCommand::Sign { hand: Some(hand), .. } = sign.clone() else { panic!("a signature by hand") };
    suit.does(&account(0), sign).await;
    suit.court.blobs.spoil(hand.sha256.parse().expect("a digest"));
    let checked = suit.court.app.check_case(suit.id).await.expect("the case is checked");
    assert_eq!(checked.differences, vec![Difference::File { sha256: hand.sha256 }]);
}

#[tokio::test]
async fn nothing_drawn_is_no_picture_and_a_slip_of_the_pen_is_told() {
    let court = Court::in_memory("2026-02-27").await;
    assert_eq!(court.app.keep_hand(" ", "贾借出").await.expect("nothing to keep"), None);
    let slip = court.app.keep_hand(r#"{"strokes":[[[1,1]]]}"#, "贾借出").await;
    assert!(matches!(slip, Err(AppError::Invalid(faults)) if faults[0].1 == "signature.too_short"));
}
