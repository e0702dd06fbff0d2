//! Quarantine in the gallery.

use xiezhi_app::screening::{Suspect, Unscreened};
use xiezhi_domain::{moment::instant, people::Post};

use super::QuarantineView;
use crate::{
    gallery::{Piece, Sample, Samples, hang, lived::TODAY, on_post},
    messages::Lang,
};

pub(crate) fn pieces(lang: Lang) -> Vec<Piece> {
    hang![lang; QuarantineView]
}

fn file(no: u8, name: &str, virus: Option<&str>, in_a_case: bool) -> Suspect {
    Suspect {
        sha256: format!("{no:064x}"),
        name: name.to_owned(),
        size_bytes: 120_000,
        from: None,
        virus: virus.map(str::to_owned),
        why: virus.is_none().then_some(if in_a_case { Unscreened::Before } else { Unscreened::TooLarge }),
        at: instant(TODAY, 9, 0),
        in_a_case,
    }
}

impl Samples for QuarantineView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        let shown = |name, scans, infected, unscreened| {
            Sample::new(name, on_post(lang, Post::SystemAdmin), Self { scans, infected, unscreened })
        };
        let infected =
            vec![file(1, "对账单.xlsx", Some("Xls.Dropper.Agent"), false), file(2, "", Some("Win.Test.EICAR_HDB-1"), true)];
        vec![
            shown("quarantine-no-scanner", false, vec![], vec![]),
            shown("quarantine-empty", true, vec![], vec![]),
            shown("quarantine-infected", true, infected, vec![file(3, "借条.pdf", None, false), file(4, "", None, true)]),
        ]
    }
}
