//! The record in the gallery.

use xiezhi_app::logs::LogStanding;
use xiezhi_domain::people::Post;

use super::RecordView;
use crate::{
    gallery::{Piece, Sample, Samples, hang, on_post},
    messages::Lang,
};

pub(crate) fn pieces(lang: Lang) -> Vec<Piece> {
    hang![lang; RecordView]
}

const NOTE: &str = "xiezhi.test/record\n41203\nPlErIbV2Ml5rNW0yQkE3bm9wcXJzdHV2d3h5ejAxMjM=\n\n— xiezhi.test/record Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n";

fn log(log: &'static str, size: u64, proven: u64, checkpoint: Option<&str>) -> LogStanding {
    let verifier = format!("xiezhi.test/{log}+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
    LogStanding { log, size, proven, verifier, checkpoint: checkpoint.map(str::to_owned) }
}

impl Samples for RecordView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        let to = || on_post(lang, Post::AuditAdmin);
        let well = Self {
            logs: vec![log("record", 41_203, 41_203, Some(NOTE)), log("access", 1_990_417, 1_990_400, Some(NOTE))],
            lists_are_current: true,
            given_up: vec![],
        };
        let ill = Self {
            logs: vec![log("record", 12, 0, None)],
            lists_are_current: false,
            given_up: vec![("sms".to_owned(), "the number does not exist".to_owned())],
        };
        vec![Sample::new("record", to(), well), Sample::new("record-behind", to(), ill)]
    }
}
