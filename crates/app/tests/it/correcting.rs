//! A slip found after the file was sealed away: approved, ruled upon, served, and the package still holds.

use xiezhi_app::package::{Facts, Page};
use xiezhi_domain::{
    approval::{ApprovalCommand, Matter},
    correcting::{CorrectingCommand, ELSEWHERE, Slip},
    drafting::DraftingCommand,
    ids::DocumentId,
    issuing::{self, IssuingCommand},
    paper::PaperKind,
    people::Post,
    service::{Channel, Receipt, ServiceCommand},
    stage::Stage,
    verify::{self, Followed},
};
use xiezhi_package::layout;
use xiezhi_store::LogId;

use crate::{
    cast::staff,
    court::Court,
    example::party,
    package::{Place, all_bytes},
    steps::{Suit, actor},
    story::told_to_archive,
};

/// Judge, division head and archivist agree that slips in the judgment are put right.
async fn opened(suit: &mut Suit, document: DocumentId) {
    let judge = suit.judge().await;
    let request = Matter::CorrectArchived { document };
    let case = suit.does(&judge, ApprovalCommand::Ask { request, reason: "案由有笔误".to_owned() }).await;
    let approval = case.approvals.values().find(|asked| asked.next().is_some()).expect("it is pending").id;
    for (seen_words, post) in [Post::DivisionHead, Post::Archivist].into_iter().enumerate() {
        let answer = ApprovalCommand::Answer { approval, grant: true, opinion: "同意".to_owned(), seen_words };
        suit.does(&staff(post), answer).await;
    }
}

async fn a_slip_found_after_archiving_is_ruled_upon_and_served_and_the_package_holds(court: Court) {
    let mut suit = told_to_archive(court).await;
    let case = suit.state().await;
    let of = case.drafts.values().find(|draft| draft.kind == PaperKind::Judgment).expect("a judgment").id;
    let judgment = case.final_paper().expect("a judgment").id;
    opened(&mut suit, of).await;
    let (judge, clerk) = (suit.judge().await, suit.clerk().await);
    let document = DocumentId(suit.court.fresh());
    let slip =
        Slip { part: ELSEWHERE.to_owned(), wrong: "民间借贷".to_owned(), right: "民间借贷纠纷".to_owned() };
    suit.does(&judge, CorrectingCommand::MarkSlips { document, of, slips: vec![slip] }).await;
    let case = suit.does(&judge, DraftingCommand::PutForward { document }).await;
    let original_sha256 = {
        let original = case.drafts[&document].original.expect("put forward");
        case.materials[&original].file.sha256.clone()
    };
    for signer in issuing::signers(&case, &case.drafts[&document]) {
        let sign = IssuingCommand::Sign { document, original_sha256: original_sha256.clone() };
        suit.does(&actor(signer), sign).await;
    }
    let command = xiezhi_domain::ids::CommandId(suit.court.fresh());
    suit.court.app.issue(suit.id, &clerk, command, document).await.expect("the ruling is sealed");
    let ruling = suit.state().await.drafts[&document].issued.expect("it was issued");

    for place in 0..3 {
        let dispatch = ServiceCommand::Dispatch { materials: vec![ruling], to: party(place), channel: Channel::Direct };
        let case = suit.does(&clerk, dispatch).await;
        let service = case.services_in_order().last().expect("it was sent").id;
        let receipt = Receipt::signed(suit.court.app.ports().clock.moment().today, "本人");
        suit.does(&clerk, ServiceCommand::RecordReceipt { service, receipt, shown_by: vec![] }).await;
    }
    let case = suit.state().await;
    assert_eq!(case.stage, Stage::Archived);
    assert!((0..3).all(|place| case.served_on(ruling, party(place)).is_some()), "everyone has it");
    let followed = verify::followed(&case, &case.materials[&judgment]);
    assert_eq!(followed.iter().map(|told| told.0).collect::<Vec<_>>(), [Followed::Corrected]);

    let app = &suit.court.app;
    app.prove(LogId::RECORD).await.expect("the record is proven");
    assert_eq!(app.check_case(suit.id).await.expect("the case is checked").differences, vec![]);
    assert_eq!(app.differing_rows_of_all().await.expect("rows are compared"), vec![]);
    let pages = |facts: &Facts| -> Vec<Page> { vec![(layout::INDEX, facts.seal.archive_no.clone())] };
    let packed = app.take_out(suit.id, &staff(Post::Archivist), pages).await.expect("it is taken out");
    let place = Place::new("corrected");
    place.lay(&all_bytes(&suit.court, &packed).await);
    assert_eq!(place.check(&app.ports().policy).faults, vec![], "the archive seal still holds over what it covers");
}

over_each_store![a_slip_found_after_archiving_is_ruled_upon_and_served_and_the_package_holds];
