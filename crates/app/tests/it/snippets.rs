//! A writer's own paragraphs: by cause, for their owner alone.

use xiezhi_app::AppError;
use xiezhi_domain::ids::CommandId;

use crate::{cast::person, court::Court};

over_each_store!(a_paragraph_is_kept_by_cause_and_for_its_owner_alone);

async fn a_paragraph_is_kept_by_cause_and_for_its_owner_alone(mut court: Court) {
    let (mine, other) = (person(1), person(2));
    let ids: Vec<CommandId> = (0..4).map(|_| CommandId(court.fresh())).collect();
    let app = &court.app;
    app.keep_snippet(mine, ids[0], "民间借贷纠纷", "利率", "超过四倍的部分，\r\n不予支持。").await.expect("kept");
    app.keep_snippet(mine, ids[0], "民间借贷纠纷", "利率", "超过四倍的部分，\r\n不予支持。").await.expect("once");
    app.keep_snippet(mine, ids[1], "", "", "依法成立的合同受法律保护。").await.expect("kept for any cause");
    app.keep_snippet(other, ids[2], "", "", "别人的段落。").await.expect("kept by another");

    let of_loans = app.snippets(mine, Some("民间借贷纠纷")).await.expect("they are listed");
    assert_eq!(
        of_loans.iter().map(|it| it.text.as_str()).collect::<Vec<_>>(),
        ["依法成立的合同受法律保护。", "超过四倍的部分，\n不予支持。"]
    );
    assert_eq!(of_loans[0].name, "依法成立的合同受法律保护。", "without a name its first words are its name");
    let of_sales = app.snippets(mine, Some("买卖合同纠纷")).await.expect("they are listed");
    assert_eq!(of_sales.len(), 1);

    let empty = app.keep_snippet(mine, ids[3], "", "", " \n").await;
    assert!(matches!(empty, Err(AppError::Invalid(_))), "{empty:?}");
    let long = app.keep_snippet(mine, ids[3], "", "", &"长".repeat(200_000)).await;
    assert!(matches!(long, Err(AppError::Invalid(_))));

    app.drop_snippet(other, ids[0]).await.expect("it answers");
    assert_eq!(app.snippets(mine, None).await.expect("listed").len(), 2, "nobody throws another's away");
    app.drop_snippet(mine, ids[0]).await.expect("thrown away");
    assert_eq!(app.snippets(mine, None).await.expect("listed").len(), 1);
}
