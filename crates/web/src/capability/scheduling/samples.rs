//! The calendar as the gallery shows it: full, and with nothing ahead.

use xiezhi_app::tables::HearingRow;

use super::CalendarView;
use crate::{
    gallery::{
        Piece, Sample, Samples, hang,
        lived::{Seat, Tale},
    },
    messages::Lang,
};

fn row(no: u8, day: &str, starts: &str, ends: &str, room: Option<&str>) -> HearingRow {
    HearingRow {
        hearing_id: format!("00000000-0000-0000-0000-0000000000{no:02}"),
        case_id: format!("00000000-0000-0000-0000-0000000001{no:02}"),
        on_day: day.to_owned(),
        starts: starts.to_owned(),
        ends: ends.to_owned(),
        room: room.map(str::to_owned),
        mode: if room.is_some() { "in_person" } else { "online" }.to_owned(),
        status: "scheduled".to_owned(),
        number: Some(format!("（2026）鲁0691民初{}号", 100 + no)),
        title: "贾借出 诉 易欠款".to_owned(),
        cause: "民间借贷纠纷".to_owned(),
    }
}

pub(crate) fn pieces(lang: Lang) -> Vec<Piece> {
    hang![lang; CalendarView]
}

impl Samples for CalendarView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        let hearings = vec![
            row(4, "2026-01-05", "09:00", "10:00", Some("第二法庭")),
            row(1, "2026-03-27", "09:00", "10:30", Some("第三法庭")),
            row(2, "2026-03-27", "14:00", "15:00", None),
            row(3, "2026-03-30", "09:00", "11:30", Some("第五法庭")),
        ];
        let judge = Tale::Accident.until("scheduling.scheduled.v1").seen_by(Seat::Judge, lang);
        Sample::each(&judge.to, vec![("calendar", Self { hearings }), ("calendar-empty", Self { hearings: vec![] })])
    }
}
