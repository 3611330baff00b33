//! Headers and words made comparable: one width, one script, no blanks, no units.

/// A character in the width of Latin letters.
pub(crate) fn one_width(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        other => other,
    }
}

/// One width and lower case: `Ｇ１（人）` becomes `g1(人)`.
pub(crate) fn narrow(text: &str) -> String {
    let narrowed = text.chars().map(one_width).map(|c| match c {
        '【' | '〔' | '[' | '{' => '(',
        '】' | '〕' | ']' | '}' => ')',
        other => other,
    });
    narrowed.flat_map(char::to_lowercase).collect()
}

/// Traditional characters that stand in headers, and what they are in the simplified script.
const SCRIPTS: &str = "學学級级數数編编縣县鄉乡鎮镇類类員员職职師师實实幼幼兒儿園园稱称碼码經经緯纬區区\
備备註注總总計计減减預预國国別别單单電电話话證证號号屬属聯联繫系齡龄門门業业種种辦办現现額额標标準准\
層层點点長长歲岁曆历歷历體体務务費费專专監监護护戶户間间報报資资訊讯請请節节課课時时無无圖图\
遠远極极離离佔占補补調调動动態态開开設设獨独複复雙双語语殘残過过達达後后從从義义\
個个應应該该對对異异據据確确認认變变轉转進进處处統统簡简況况貧贫導导術术衛卫廳厅眾众鐘钟圍围樓楼";

/// One script: the simplified one, for the characters that headers use.
pub(crate) fn simplified(text: &str) -> String {
    let table: Vec<char> = SCRIPTS.chars().collect();
    let of = |c: char| {
        let pair = table.as_chunks::<2>().0.iter().find(|[from, _]| *from == c);
        pair.map_or(c, |[_, to]| *to)
    };
    text.chars().map(|c| if c.is_ascii() { c } else { of(c) }).collect()
}

/// Bracketed words that say nothing about the meaning.
fn is_unit(inside: &str) -> bool {
    const UNITS: [&str; 21] = [
        "人", "名", "个", "班", "所", "位", "度", "元", "岁", "年", "%", "个班", "人数", "必填",
        "选填", "persons", "people", "posts", "degrees", "wgs84", "required",
    ];
    let inside = inside.trim().trim_start_matches("单位:").trim_start_matches("单位").trim();
    UNITS.contains(&inside)
        || inside.starts_with("含")
        || inside.starts_with("不含")
        || inside.starts_with("截至")
}

/// A header as it is compared.
pub(crate) fn key(header: &str) -> String {
    let text = simplified(&narrow(header));
    let mut out = String::new();
    let mut rest = text.as_str();
    while let Some((before, after)) = rest.split_once('(') {
        out.push_str(before);
        match after.split_once(')') {
            Some((inside, tail)) => {
                if !is_unit(inside) {
                    out.push_str(inside);
                }
                rest = tail;
            }
            None => {
                rest = after;
                break;
            }
        }
    }
    out.push_str(rest);
    out.retain(|c| {
        !c.is_whitespace()
            && !c.is_control()
            && !matches!(c, '_' | '-' | '.' | ',' | ':' | '、' | '/' | ')' | '*' | '#' | '"' | '\'')
    });
    for prefix in ["其中", "本校", "学校的"] {
        if let Some(rest) = out.strip_prefix(prefix).filter(|rest| !rest.is_empty()) {
            out = rest.to_owned();
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_of_scripts_are_whole() {
        assert_eq!(SCRIPTS.chars().count() % 2, 0);
    }

    #[test]
    fn headers_compare_whatever_their_dress() {
        for (header, compared) in [
            ("在 校 生（人）", "在校生"),
            ("其中：寄宿生", "寄宿生"),
            ("所在乡（镇）", "所在乡镇"),
            ("Ｇ１_Students", "g1students"),
            ("班級數", "班级数"),
            ("核定編制\n（名）", "核定编制"),
            ("school_code", "schoolcode"),
        ] {
            assert_eq!(key(header), compared);
        }
    }
}
