//! Example 5: a labour dispute, judged and served on the spot.

use xiezhi_domain::{hearing::Mode, periods::PeriodKind, service::Channel, stage::Stage};

use crate::court::{Court, day};

#[test]
fn the_case_is_judged_served_and_in_force_on_the_days_told() {
    let (mut court, told) = Court::filed(5, "2026-01-16");
    assert_eq!(court.case().number.as_ref().expect("a number").to_string(), told.text("case_no"));
    assert_eq!(court.case().fees.due, told.fen("fee.charged"), "ten yuan by the piece, halved");
    court.pay();
    court.on("2026-01-22");
    court.link(1, &told);
    court.serve_online(1);
    court.answer(1, told.text("answer.烟台架空电子有限公司"));
    court.enter_all();
    let hearing = court.schedule("2026-02-09", Mode::InPerson);
    court.serve_online(0);
    court.serve_online(1);
    court.on("2026-02-09");
    court.hear(hearing, &[0, 1]);
    court.on("2026-02-12");
    court.judge_as(&told, false);
    let handed = court.send(0, Channel::Direct);
    court.receipt(handed, day("2026-02-12"));
    court.serve_online(1);
    assert_eq!([0, 1].map(|place| court.last_day(PeriodKind::Appeal, place)), [day("2026-02-27"); 2]);
    court.on("2026-02-28");
    assert_eq!((court.case().stage, court.case().effective_on), (Stage::Effective, Some(told.day("effective_date"))));
    court.archive();
}
