//! A made-up survey of any size, the same at every run: sizes run through 1 to 1,500 students and classes
//! follow them. Invented; no real place.

use std::fmt::Write;

/// A survey of so many schools as CSV.
pub fn survey(schools: usize) -> String {
    let mut text =
        String::from("学校代码,学校名称,学段,乡镇,区域,在校生,班级,寄宿生,核定编制,实有在编\n");
    for number in 0..schools {
        let students = number * 7_919 % 1_500 + 1;
        let classes = students.div_ceil(40);
        let (stage, ratio) = if number % 3 == 0 { ("初中", 13) } else { ("小学", 18) };
        let locality = match number % 3 {
            0 => "县城",
            1 => "镇区",
            _ => "乡村",
        };
        let posts = students / ratio + number % 7;
        // Writing to a String cannot fail.
        let _ = writeln!(
            text,
            "{number:06},第{number}学校,{stage},乡镇{},{locality},{students},{classes},{},{posts},{}",
            number % 400,
            students / 10,
            posts.saturating_sub(number % 3),
        );
    }
    text
}
