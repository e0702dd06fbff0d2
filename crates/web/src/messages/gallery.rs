//! Words of: The gallery (展厅).

crate::messages! {
    Title => "展厅", "Gallery";
    Words => "每个页面的各种样子，供开发时看，也供检查用；里面没有真的案件。", "Every page in its telling states, to look at while developing and to check; no case in it is real.";
    PasserBy => "未登录的人", "Not signed in";
}
