//! Every status of the protocol, over HTTP as a court would see it.

use std::sync::Arc;

use axum::{
    body::{Body, to_bytes},
    http::{Request, header},
};
use tower::ServiceExt as _;
use xiezhi_ledger::{
    Note,
    witness::{cosignature, monitoring_path},
};
use xiezhi_witness::{Witness, router};

use super::{Folder, NOW, bar, name, request, request_of, tree};

/// Status, type and text of an answer.
async fn ask(witness: &Arc<Witness>, method: &str, path: &str, body: String) -> (u16, String, String) {
    let asked = Request::builder().method(method).uri(path).body(Body::from(body)).expect("a request");
    let answer = router(witness.clone(), Arc::new(|| NOW)).oneshot(asked).await.expect("it answers");
    let media = answer.headers()[header::CONTENT_TYPE].to_str().expect("text").to_owned();
    let status = answer.status().as_u16();
    let bytes = to_bytes(answer.into_body(), 1 << 20).await.expect("a short answer");
    (status, media, String::from_utf8(bytes.to_vec()).expect("text"))
}

async fn submit(witness: &Arc<Witness>, body: String) -> (u16, String, String) {
    ask(witness, "POST", "/add-checkpoint", body).await
}

#[tokio::test]
async fn a_checkpoint_that_continues_the_last_is_cosigned_and_shown() {
    let folder = Folder::new("cosigned");
    let witness = Arc::new(folder.witness());
    let (status, _, line) = submit(&witness, request(0, 5)).await;
    assert_eq!(status, 200);
    let note = request_of(&tree(5, 0), 0).checkpoint;
    assert_eq!(cosignature(&line, bar().verifier(), &note).expect("it is good").1, NOW);
    assert_eq!(submit(&witness, request(5, 9)).await.0, 200);

    let place = format!("/{}", monitoring_path(&name("court.example/record")));
    let (status, media, shown) = ask(&witness, "GET", &place, String::new()).await;
    assert_eq!((status, media.as_str()), (200, "text/plain; charset=utf-8"));
    let shown = Note::parse(shown.as_bytes()).expect("a note");
    assert_eq!(shown.text(), request_of(&tree(9, 0), 0).checkpoint.text());
    assert_eq!(shown.signatures().len(), 2, "the log's and the witness's");
}

#[tokio::test]
async fn a_conflict_answers_the_size_in_its_own_type() {
    let folder = Folder::new("conflict");
    let witness = Arc::new(folder.witness());
    let told = |size: &str| (409, "text/x.tlog.size".to_owned(), format!("{size}\n"));
    assert_eq!(submit(&witness, request(3, 5)).await, told("0"));
    submit(&witness, request(0, 5)).await;
    assert_eq!(submit(&witness, request(0, 9)).await, told("5"));
    assert_eq!(submit(&witness, request(3, 3)).await, told("5"), "a court that went back");
}

#[tokio::test]
async fn what_is_refused_has_the_status_of_its_reason_and_changes_nothing() {
    let folder = Folder::new("refused");
    let witness = Arc::new(folder.witness());
    submit(&witness, request(0, 5)).await;
    let foreign = request(5, 9).replace("court.example/record", "other.example/record");
    let unsigned = request(5, 9).replace("\n9\n", "\n10\n");
    let other_root = request_of(&tree(5, 7), 5).to_string();
    let other_history = request_of(&tree(9, 7), 5).to_string();
    let table = [
        ("nonsense", "nonsense".to_owned(), 400),
        ("an old size above the new one", request(9, 9).replace("old 9", "old 10"), 400),
        ("a changed checkpoint", unsigned, 403),
        ("an unknown log", foreign, 404),
        ("another root of the same size", other_root, 422),
        ("another history", other_history, 422),
        ("too long", request(5, 9) + &"x".repeat(1 << 16), 413),
    ];
    for (what, body, expected) in table {
        assert_eq!(submit(&witness, body).await.0, expected, "{what}");
    }
    assert_eq!(submit(&witness, request(5, 9)).await.0, 200, "it still knows the checkpoint of size 5");
}

#[tokio::test]
async fn what_nobody_asked_it_to_look_after_is_not_shown() {
    let folder = Folder::new("unknown");
    let witness = Arc::new(folder.witness());
    for path in
        [monitoring_path(&name("court.example/record")), monitoring_path(&name("other")), "lock/checkpoint".into()]
    {
        assert_eq!(ask(&witness, "GET", &format!("/{path}"), String::new()).await.0, 404, "{path}");
    }
    let (status, _, page) = ask(&witness, "GET", "/", String::new()).await;
    assert!(
        status == 200 && page.contains(&bar().verifier().to_string()) && page.contains("nothing seen yet"),
        "{page}"
    );
}
