//! The four-property test as it was made last (四性检测), on the page of the file.

use jiff::civil::Date;
use xiezhi_domain::{
    access::{self, Act, Reader},
    archive::Occasion,
    case::CaseState,
    law::four_properties::{Outcome, Property, Tested},
};

use crate::{
    frame::prelude::*,
    http::prelude::*,
    messages::{
        archive::Key,
        day,
        package::{self as words, Key as Words},
        t,
    },
};

/// The test as it was made last.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = FourPropertyTest)]
pub struct TestView {
    on: Date,
    occasion: Occasion,
    results: Vec<Tested>,
}

impl TestView {
    /// For whoever keeps the file and whoever worked on it.
    pub(super) fn of(case: &CaseState, reader: &Reader) -> Option<Self> {
        let keeps = access::may(reader, Act::KeepArchive, case.stage).is_ok() || reader.is_team();
        let (on, occasion, results) = case.archive.tested.clone().filter(|_| keeps)?;
        Some(Self { on, occasion, results })
    }

    pub(super) fn show(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let occasion = match self.occasion {
            Occasion::Acceptance => Key::AtAcceptance,
            Occasion::Export => Key::AtExport,
        };
        let state = |outcome: Outcome| match outcome {
            Outcome::Passed => Standing::Done,
            Outcome::Failed => Standing::Overdue,
            Outcome::NothingToTest | Outcome::NotTested => Standing::Waiting,
        };
        let row = |tested: &Tested| {
            TableRow::new(vec![
                html! { (t(lang, words::item(tested.item))) },
                html! { (t(lang, words::property(tested.property))) },
                html! {
                    (tag(state(tested.outcome), t(lang, words::outcome(tested.outcome))))
                    @if !tested.about.is_empty() { " " span.muted lang="zh-CN" { (tested.about.join("、")) } }
                },
            ])
        };
        let of = |property| self.results.iter().filter(move |one| one.property == property);
        let in_order = Property::ALL.into_iter().flat_map(of);
        let caption = t(lang, Words::Test);
        let columns = vec![
            Column::new(t(lang, Words::Item), OnPhone::Title),
            Column::new(caption, OnPhone::Second),
            Column::new(t(lang, Words::Outcome), OnPhone::Second),
        ];
        Sheet::new(caption).flush(html! {
            div.in { p.faint { (t(lang, Key::TestedOn)) " " (day(self.on)) " · " (t(lang, occasion)) } }
            (Table { caption, columns, rows: in_order.map(row).collect(), dense: true, ..Table::default() }.show(lang))
        })
    }
}
