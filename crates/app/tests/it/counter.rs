//! What is taken at the counter: on the record at once, with a receipt that can be printed again.

use xiezhi_domain::{
    counter::{CounterCommand, Handed, HandedIn, ShownOriginal},
    ids::{CommandId, IntakeId, MaterialId},
    paper::PaperKind,
};

use crate::{
    court::{Court, file_of},
    example::party,
    steps::Suit,
};

async fn a_receipt_of_the_counter_is_printed_from_the_record(court: Court) {
    let suit = Suit::filed(court).await;
    let (clerk, app) = (suit.clerk().await, suit.court.app.clone());
    let id = |no: u128| uuid::Uuid::from_u128(0xd00 + no);
    let original = Some(ShownOriginal { returned: true, kept_at: "当场退还".to_owned() });
    let (name, kind, material) = ("收条".to_owned(), PaperKind::Evidence, Some(MaterialId(id(1))));
    let handed = Handed { name, kind, pages: 1, copies: 2, original, material };
    let item = HandedIn { handed, purpose: "已还款".to_owned(), file: Some(file_of("收条")) };
    let (intake, brought_by) = (IntakeId(id(0)), "被告之子 易某".to_owned());
    let take =
        CounterCommand::Take { intake, party: party(1), brought_by, came_on: suit.court.today, items: vec![item] };
    for _ in 0..2 {
        app.decide(suit.id, &clerk, CommandId(id(2)), take.clone().into()).await.expect("taken once");
    }
    let case = suit.state().await;
    assert_eq!(case.intakes.len(), 1);
    assert_eq!(
        case.materials[&MaterialId(id(1))].original.as_ref().map(|check| check.kept_at.as_str()),
        Some("当场退还")
    );
    let pdf = app.print_intake_receipt(&case, &case.intakes[0]).await.expect("printed");
    let text = String::from_utf8(pdf).expect("the plain press writes text");
    for words in ["收条", "易某", "当场退还"] {
        let hex: String = words.encode_utf16().map(|unit| format!("{unit:04X}")).collect();
        assert!(text.contains(&hex), "{words} stands on it");
    }
}

over_each_store!(a_receipt_of_the_counter_is_printed_from_the_record);
