//! Words of: The calendar of the demonstration (演示日历).

crate::messages! {
    Title => "演示日历", "Calendar of the demonstration";
    Words => "演示法庭的日子可以往前拨：不用真等十五天，就能看到上诉期届满、裁判生效、费用逾期。拨过的每一天都照规定办事；拨过去就回不来。登录会因此过期，请重新登录。", "The calendar of this demonstration court can be moved on: nobody has to wait fifteen days to see a period for appeal end, a judgment take effect, a fee fall overdue. Every day on the way does what the law attaches to it; there is no way back. Sessions end with the days: sign in again.";
    Today => "今天是", "Today is";
    MoveTo => "拨到哪一天", "Move on to";
    MoveToHelp => "今天以后，一年以内", "A day after today, within a year";
    Move => "拨到这一天", "Move on";
    Enter => "去登录", "Sign in";
}

crate::phrases! {
    ahead(days: i64) => "比真实日期早走了{days}天", "{days} days ahead of the real date";
}
