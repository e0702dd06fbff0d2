//! Words of a writer's own paragraphs (个人段落库).

crate::messages! {
    Title => "我的段落", "My paragraphs";
    Note => "自己常写的说理段落，按案由存放，起草时引入。只有您看得到；一键成文不会用到它们。", "Paragraphs that you write again and again, kept by cause, to be put into a draft. Nobody else sees them, and the click that drafts never uses them.";
    None => "还没有段落", "No paragraphs yet";
    NoneNote => "写好一段“本院认为”，可以存在这里下次再用。", "Keep a paragraph of reasoning here to use it again.";
    Keep => "存一段", "Keep a paragraph";
    Cause => "案由（空着就是各类案件都用）", "Cause (empty: for any)";
    Name => "叫什么", "Its name";
    Text => "文字", "The words";
    Any => "各类案件", "any cause";
    Drop => "删除", "Throw away";
    Carry => "引入", "Put it in";
    More => "管理我的段落", "My paragraphs, all of them";
}

crate::phrases! {
    of_cause(count: usize) => "我的段落（{count}）", "My paragraphs ({count})";
}
