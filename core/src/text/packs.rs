//! What is wrong with a norm pack: where, why, and what would mend it.

use super::{Lang, Message, messages};
use crate::norm::{Band, BandFault, Expected, Fault, FormulaError, PackError, Section};

messages! {
    ERROR: "{place}：{fault}。{cure}。", "{place}: {fault}; {cure}.";
    AT_LINE: "第 {line} 行，{place}", "line {line}, {place}";
    PACK: "标准包", "the pack";
    DOCUMENT: "文件 {number}“{id}”", "document {number} “{id}”";
    INPUT: "输入 {number}“{id}”", "input {number} “{id}”";
    PARAMETER: "参数 {number}“{id}”", "parameter {number} “{id}”";
    TABLE: "表 {number}“{id}”", "table {number} “{id}”";
    TABLE_ROW: "表“{id}”第 {row} 行", "table “{id}”, row {row}";
    RULE: "规则 {number}“{id}”", "rule {number} “{id}”";
    RULE_STEP: "规则“{id}”步骤 {row}“{step}”", "rule “{id}”, step {row} “{step}”";

    SYNTAX: "文本不合格式（{detail}）", "the text cannot be read ({detail})";
    SYNTAX_CURE: "照说明文档里的样例改正这一行", "mend the line after the example of the guide";
    FIELD: "字段不对（{detail}）", "a field is wrong ({detail})";
    FIELD_CURE: "补上缺少的字段，改掉或删去多出的字段", "add the field that is missing; correct or remove one that packs do not have";
    FIELD_MISSING: "缺少 {name}", "{name} is missing";
    FIELD_UNKNOWN: "没有 {name} 这个字段，可以写的有 {those}", "there is no field {name}; there are {those}";
    FIELD_VARIANT: "{name} 不是可选的值，可选的有 {those}", "{name} is none of the values {those}";
    FIELD_TWICE: "{name} 写了两次", "{name} stands twice";
    LIST_AND: "、", ", ";
    CHARACTER: "公式第 {at} 字节的“{character}”没有意义", "“{character}” at byte {at} of the formula has no meaning";
    CHARACTER_CURE: "乘用 *，除用 /，文字放在英文双引号里", "multiply with *, divide with /, and put text in double quotes";
    EXPECTED: "公式在“{found}”处应为{expected}", "the formula has “{found}” where {expected} should stand";
    EXPECTED_AT_END: "公式没有写完，还应有{expected}", "the formula ends where {expected} should stand";
    EXPECTED_CURE: "改正公式", "correct the formula";
    EXPECTED_SIGN: "“{sign}”", "“{sign}”";
    EXPECTED_END: "结尾", "its end";
    EXPECTED_COMPARISON: "比较符号", "a comparison";
    EXPECTED_NAME: "名称", "a name";
    EXPECTED_QUOTED: "双引号里的文字", "a text in double quotes";
    EXPECTED_VALUE: "数、名称或括号", "a number, a name or a bracket";
    EXPECTED_PLACES: "小数位数 0–9", "decimal places from 0 to 9";
    NUMBER: "{number} 位数太多，无法精确表示", "{number} has too many digits to be exact";
    NUMBER_CURE: "减少位数", "write fewer digits";
    DEPTH: "公式嵌套太深", "the formula is nested too deep";
    LENGTH: "公式太长", "the formula is too long";
    SPLIT_CURE: "拆成几个步骤", "split it into steps";
    UNKNOWN_NAME: "没有名为“{name}”的输入、参数或前面的步骤", "no input, parameter or earlier step is called “{name}”";
    UNKNOWN_NAME_CURE: "改正名称，或先声明它", "correct the name, or declare it first";
    LATER_STEP: "步骤“{name}”在后面才出现", "the step “{name}” comes later";
    LATER_STEP_CURE: "把它移到前面", "move it before this one";
    UNKNOWN_TABLE: "没有名为“{name}”的函数或表", "no function and no table is called “{name}”";
    UNKNOWN_TABLE_CURE: "改正名称，或加上这张表", "correct the name, or add the table";
    UNKNOWN_RULE: "没有编号为“{name}”的规则", "no rule has the id “{name}”";
    UNKNOWN_RULE_CURE: "改正编号，或加上这条规则", "correct the id, or add the rule";
    KIND: "数、类别、列表用混了", "a number, a category and a list do not mix here";
    KIND_CURE: "数与数相比，类别与类别相比；列表只放在 sum、count、pool 里", "hold numbers against numbers and categories against categories; use a list inside sum, count or pool only";
    NESTED: "这里不能再套列表、表或规则", "no list, table or rule may stand inside here";
    NESTED_CURE: "把里面的部分写成单独的步骤", "make the inner part a step of its own";
    NOT_CONSTANT: "合并计算的表，每一行须是固定的数", "rows of a table that is pooled over must give fixed figures";
    NOT_CONSTANT_CURE: "把行里的公式改成数", "put figures in place of the rows' formulas";
    DUPLICATE: "“{name}”为空或重复", "“{name}” is empty or stands twice";
    DUPLICATE_CURE: "换一个编号", "give it an id of its own";
    VERSIONS: "表“{name}”有两个版本同日有效", "two versions of the table “{name}” are in force on one day";
    VERSIONS_CURE: "用 valid_from、valid_to 分开", "part them by valid_from and valid_to";
    TWO_RULES: "学段 {stage} 有两条规则", "two rules cover the stage {stage}";
    TWO_RULES_CURE: "只在一条规则里写这个学段", "name the stage in one rule only";
    NO_STEPS: "规则没有步骤", "the rule has no steps";
    NO_STEPS_CURE: "至少写一个步骤", "write one step at least";
    CYCLE: "互相引用，绕成一圈：{chain}", "they need one another in a circle: {chain}";
    CYCLE_CURE: "去掉其中一处引用", "take one of these uses away";
    DATED: "规则“{name}”按输入的日期取值，引用它的规则也须如此", "the rule “{name}” is dated by an input, so a rule that uses it must be too";
    DATED_CURE: "给引用它的规则写上同样的 dated_by", "give the rule that uses it the same dated_by";
    DATES: "数值没有按日期先后排列", "values are not in order of date";
    DATES_CURE: "早的在前", "put the earliest first";
    RANGE: "least 大于 greatest", "least is above greatest";
    RANGE_CURE: "对调或改正两个界限", "swap or correct the two";
    OUT_OF_RANGE: "数值 {value} 不在自己的 least 与 greatest 之间", "the value {value} is not within its own least and greatest";
    OUT_OF_RANGE_CURE: "改正数值或界限", "correct the value or the range";
    NO_CLAUSE: "有数值而没有依据", "a figure stands without a clause";
    NO_CLAUSE_CURE: "写上 clause：文件、条款和核实程度", "add a clause: document, article and confidence";
    NO_DOCUMENT: "依据的文件“{name}”没有列出", "the clause cites the document “{name}”, which the pack does not list";
    NO_DOCUMENT_CURE: "加上这份文件，或改正编号", "list the document, or correct its id";
    CHOSEN: "“{name}”的几种读法须恰好选定一种，上下限各只能有一条", "of the readings of “{name}” exactly one must be chosen, and each end of a range stands once";
    CHOSEN_CURE: "只在一条规则里写 chosen = true", "write chosen = true in one rule only";
    TOO_LARGE: "名称或步骤太多", "more names or steps than a pack may have";
    TOO_LARGE_CURE: "拆成几个标准包", "split the pack";
    NO_RULES: "标准包没有规则", "the pack has no rules";
    NO_RULES_CURE: "至少写一条规则", "write one rule at least";
    NO_LAST_ROUNDING: "rounding = “{level}”，最后一步却没有对未取整的数取整", "rounding is “{level}”, but the last step rounds no figure that is not rounded already";
    NO_LAST_ROUNDING_CURE: "最后一步写成 round(…)、floor(…) 或 ceil(…)，里面不先取整；max、min 放在里面", "let the last step be round(…), floor(…) or ceil(…) of what is not yet rounded, with max and min inside";
    UNDECLARED_WORD: "“{input}”没有“{word}”这个类别", "“{input}” is never “{word}”";
    UNDECLARED_WORD_CURE: "改正拼写，或在 word 里声明它", "correct the spelling, or declare it as a word of the input";
    UNKNOWN_SOURCE: "没有名为“{name}”的本县事实", "a county has no fact called “{name}”";
    UNKNOWN_SOURCE_CURE: "改用说明文档里列出的名称，或不写 source", "use a name that the guide lists, or leave source out";
    UNKNOWN_MEANING: "“{name}”不是这个输入可以对应的学段或区域", "“{name}” is no stage or locality that this input can stand for";
    UNKNOWN_MEANING_CURE: "改用说明文档里列出的名称，或不写 means", "use a name that the guide lists, or leave means out";
    NO_VALUES: "参数没有数值", "the parameter has no values";
    NO_VALUES_CURE: "至少写一个带日期的数值", "write one dated value at least";
    SAME_DAY: "同一天 {day} 起有两个数值", "two values begin on {day}";
    SAME_DAY_CURE: "只留一个，或改正日期", "keep one of them, or correct the date";
    ENDS_FIRST: "止于 {to}，早于开始的 {from}", "it ends on {to}, before it begins on {from}";
    ENDS_FIRST_CURE: "对调或改正 valid_from、valid_to", "swap or correct valid_from and valid_to";
    ZERO_DIVISOR: "除以“{name}”，它可能是 0", "it divides by “{name}”, which may be 0";
    ZERO_DIVISOR_CURE: "让它的 least 大于 0，或用 if 先排除 0", "set its least above 0, or see to 0 by an if first";
    ONE_LANGUAGE: "{field} 没有写全中英文", "{field} does not stand in both languages";
    ONE_LANGUAGE_CURE: "zh 和 en 都写上", "write both zh and en";
    SURER_THAN: "依据写明已核实，所引文件“{name}”却没有核实", "the clause is marked verified, but its document “{name}” is not";
    SURER_THAN_CURE: "核实原文后改文件的 confidence，或把依据的降到与文件相同", "check the document's own text and raise its confidence, or lower the clause's to the same";
    SURE_OF_NOTHING: "依据写明已核实，却没有引用文件", "the clause is marked verified and cites no document";
    SURE_OF_NOTHING_CURE: "写上文件编号，或把 confidence 改为 local_assumption", "name the document, or mark it local_assumption";
    SEEN_NOWHERE: "文件写明已核实，却既无文号也无出处", "the document is marked verified, with neither a number nor a place where it was seen";
    SEEN_NOWHERE_CURE: "写上 number 或 seen，或降低 confidence", "write number or seen, or lower its confidence";
    SETS_NOTHING: "set 里写着第 {row} 行的一个数，那一行没有它", "set tells of a figure of row {row}, which has none such";
    SETS_NOTHING_CURE: "从 set 里删去这一项", "take it out of set";

    AT_PARENT: "教学点的编制算在所属学校", "the posts of a teaching point count at its school";
    AT_POINT: "并入所属学校测算；登记在本点的编制", "Worked out at its school; the posts that stand here";
    BESIDE_POINTS: "减去登记在教学点的编制", "Less the posts that stand at its points";
    WHOLE: "取整：标准没有写明，这里四舍五入", "To whole posts: the norm states no rounding; here half up";
    COUNTY: "合并计算、统一取整后", "Counted together and rounded once";

    ENDS: "一行里写了互相矛盾的界限", "the ends of the row contradict one another";
    ENDS_CURE: "每边只写一个：from 或 over，to 或 under；单个数值写 at", "write one end a side: from or over, to or under; at stands alone";
    EMPTY: "档 {band} 里没有数，或界限不是从 0 起的合格数", "the band {band} holds nothing, or an end is below zero or no whole number";
    EMPTY_CURE: "改正界限", "correct the ends";
    GIVES: "一行须给出数值或不予测算的理由，二者取一", "a row gives a figure or refuses, one of the two";
    GIVES_CURE: "写 gives 或 refuse", "write gives or refuse";
    CATEGORIES: "行的类别与表的类别个数不同", "the row names other categories than the table";
    CATEGORIES_CURE: "when 与 categories 一一对应", "let when stand beside categories one by one";
    OVERLAP: "第 {one} 行（{band}）与第 {other} 行（{next}）重叠或次序颠倒", "row {one} ({band}) and row {other} ({next}) overlap or stand in the wrong order";
    OVERLAP_CURE: "改正界限；确有歧义的数值单列一行，用 refuse 说明", "correct the ends; give a value that is truly ambiguous a row of its own that refuses";
    GAP: "第 {one} 行（{band}）与第 {other} 行（{next}）之间有空档", "between row {one} ({band}) and row {other} ({next}) values stand in no row";
    GAP_CURE: "接上界限，或加一行用 refuse 说明；只有整数时写 whole = true", "join the ends, or add a row that refuses; write whole = true where only whole numbers occur";
    BELOW: "第 {one} 行（{band}）以下没有规定", "nothing is said below row {one} ({band})";
    BELOW_CURE: "从 0 起写，或在前面加一行用 refuse 说明", "begin at 0, or add a row before it that refuses";
    ABOVE: "第 {one} 行（{band}）以上没有规定", "nothing is said above row {one} ({band})";
    ABOVE_CURE: "最后一行不写上限，或再加一行用 refuse 说明", "leave the last row open above, or add one that refuses";
    NO_ROWS: "表没有行", "the table has no rows";
    NO_ROWS_CURE: "至少写一行", "write one row at least";
}

type Values<'a> = Vec<(&'static str, &'a dyn std::fmt::Display)>;

/// Place, reason and cure in one line.
pub fn error(error: &PackError, lang: Lang) -> String {
    let (fault, cure) = fault(&error.fault, lang);
    let place = place(error, lang);
    ERROR.with(lang, &[("place", &place), ("fault", &fault), ("cure", &cure)])
}

fn place(error: &PackError, lang: Lang) -> String {
    let found = &error.place;
    let (number, row, step);
    number = found.at + 1;
    (row, step) = match &found.part {
        Some((at, id)) => (at + 1, id.as_str()),
        None => (0, ""),
    };
    let message = match (found.section, &found.part) {
        (Section::Pack, _) => PACK,
        (Section::Document, _) => DOCUMENT,
        (Section::Input, _) => INPUT,
        (Section::Parameter, _) => PARAMETER,
        (Section::Table, None) => TABLE,
        (Section::Table, Some(_)) => TABLE_ROW,
        (Section::Rule, None) => RULE,
        (Section::Rule, Some(_)) => RULE_STEP,
    };
    let values: Values<'_> =
        vec![("number", &number), ("id", &found.id), ("row", &row), ("step", &step)];
    let said = message.with(lang, &values);
    match error.line {
        Some(line) => AT_LINE.with(lang, &[("line", &line), ("place", &said)]),
        None => said,
    }
}

fn fault(fault: &Fault, lang: Lang) -> (String, &'static str) {
    let plain = |message: Message, cure: Message| (message.get(lang).to_owned(), cure.get(lang));
    let named = |message: Message, cure: Message, key: &'static str, name: &str| {
        (message.with(lang, &[(key, &name)]), cure.get(lang))
    };
    match fault {
        Fault::Syntax(detail) => named(SYNTAX, SYNTAX_CURE, "detail", detail),
        Fault::Field(detail) => named(FIELD, FIELD_CURE, "detail", &field(detail, lang)),
        Fault::Formula(error) => formula(error, lang),
        Fault::UnknownName(name) => named(UNKNOWN_NAME, UNKNOWN_NAME_CURE, "name", name),
        Fault::LaterStep(name) => named(LATER_STEP, LATER_STEP_CURE, "name", name),
        Fault::UnknownTable(name) => named(UNKNOWN_TABLE, UNKNOWN_TABLE_CURE, "name", name),
        Fault::UnknownRule(name) => named(UNKNOWN_RULE, UNKNOWN_RULE_CURE, "name", name),
        Fault::Kind => plain(KIND, KIND_CURE),
        Fault::Nested => plain(NESTED, NESTED_CURE),
        Fault::NotConstant => plain(NOT_CONSTANT, NOT_CONSTANT_CURE),
        Fault::Duplicate(name) => named(DUPLICATE, DUPLICATE_CURE, "name", name),
        Fault::Versions(name) => named(VERSIONS, VERSIONS_CURE, "name", name),
        Fault::TwoRules(stage) => named(TWO_RULES, TWO_RULES_CURE, "stage", stage),
        Fault::NoSteps => plain(NO_STEPS, NO_STEPS_CURE),
        Fault::Cycle(chain) => named(CYCLE, CYCLE_CURE, "chain", &chain.join(" → ")),
        Fault::Dated(name) => named(DATED, DATED_CURE, "name", name),
        Fault::Dates => plain(DATES, DATES_CURE),
        Fault::Range => plain(RANGE, RANGE_CURE),
        Fault::OutOfRange(value) => named(OUT_OF_RANGE, OUT_OF_RANGE_CURE, "value", value),
        Fault::NoClause => plain(NO_CLAUSE, NO_CLAUSE_CURE),
        Fault::NoDocument(name) => named(NO_DOCUMENT, NO_DOCUMENT_CURE, "name", name),
        Fault::Chosen(name) => named(CHOSEN, CHOSEN_CURE, "name", name),
        Fault::Bands(fault) => bands(fault, lang),
        Fault::TooLarge => plain(TOO_LARGE, TOO_LARGE_CURE),
        Fault::NoRules => plain(NO_RULES, NO_RULES_CURE),
        Fault::NoLastRounding(level) => {
            named(NO_LAST_ROUNDING, NO_LAST_ROUNDING_CURE, "level", level)
        }
        Fault::UndeclaredWord { word, input } => (
            UNDECLARED_WORD.with(lang, &[("word", word), ("input", input)]),
            UNDECLARED_WORD_CURE.get(lang),
        ),
        Fault::UnknownSource(name) => named(UNKNOWN_SOURCE, UNKNOWN_SOURCE_CURE, "name", name),
        Fault::UnknownMeaning(name) => named(UNKNOWN_MEANING, UNKNOWN_MEANING_CURE, "name", name),
        Fault::NoValues => plain(NO_VALUES, NO_VALUES_CURE),
        Fault::SameDay(day) => (SAME_DAY.with(lang, &[("day", day)]), SAME_DAY_CURE.get(lang)),
        Fault::EndsFirst { from, to } => {
            (ENDS_FIRST.with(lang, &[("from", from), ("to", to)]), ENDS_FIRST_CURE.get(lang))
        }
        Fault::ZeroDivisor(name) => named(ZERO_DIVISOR, ZERO_DIVISOR_CURE, "name", name),
        Fault::OneLanguage(field) => named(ONE_LANGUAGE, ONE_LANGUAGE_CURE, "field", field),
        Fault::SurerThan(name) => named(SURER_THAN, SURER_THAN_CURE, "name", name),
        Fault::SureOfNothing => plain(SURE_OF_NOTHING, SURE_OF_NOTHING_CURE),
        Fault::SeenNowhere => plain(SEEN_NOWHERE, SEEN_NOWHERE_CURE),
        Fault::SetsNothing(row) => {
            (SETS_NOTHING.with(lang, &[("row", row)]), SETS_NOTHING_CURE.get(lang))
        }
    }
}

/// What the reader says of a field. Its own words are English; those that it says most are known.
fn field(detail: &str, lang: Lang) -> String {
    let known = [
        ("missing field `", FIELD_MISSING),
        ("unknown field `", FIELD_UNKNOWN),
        ("unknown variant `", FIELD_VARIANT),
        ("duplicate field `", FIELD_TWICE),
    ];
    let Some((rest, message)) =
        known.iter().find_map(|(start, message)| Some((detail.strip_prefix(start)?, message)))
    else {
        return detail.to_owned();
    };
    let (name, rest) = rest.split_once('`').unwrap_or((rest, ""));
    let one_of: Vec<&str> = rest.split('`').skip(1).step_by(2).collect();
    let one_of = one_of.join(LIST_AND.get(lang));
    message.with(lang, &[("name", &name), ("those", &one_of)])
}

fn formula(error: &FormulaError, lang: Lang) -> (String, &'static str) {
    match error {
        FormulaError::Character(character, at) => (
            CHARACTER.with(lang, &[("character", character), ("at", at)]),
            CHARACTER_CURE.get(lang),
        ),
        FormulaError::Expected { expected, found } => {
            let wanted = match expected {
                Expected::Sign(sign) => EXPECTED_SIGN.with(lang, &[("sign", sign)]),
                Expected::End => EXPECTED_END.get(lang).to_owned(),
                Expected::Comparison => EXPECTED_COMPARISON.get(lang).to_owned(),
                Expected::Name => EXPECTED_NAME.get(lang).to_owned(),
                Expected::Quoted => EXPECTED_QUOTED.get(lang).to_owned(),
                Expected::Value => EXPECTED_VALUE.get(lang).to_owned(),
                Expected::Places => EXPECTED_PLACES.get(lang).to_owned(),
            };
            let message = if found.is_empty() { EXPECTED_AT_END } else { EXPECTED };
            let said = message.with(lang, &[("found", found), ("expected", &wanted)]);
            (said, EXPECTED_CURE.get(lang))
        }
        FormulaError::Number(number) => {
            (NUMBER.with(lang, &[("number", number)]), NUMBER_CURE.get(lang))
        }
        FormulaError::Depth => (DEPTH.get(lang).to_owned(), SPLIT_CURE.get(lang)),
        FormulaError::Length => (LENGTH.get(lang).to_owned(), SPLIT_CURE.get(lang)),
    }
}

fn bands(fault: &BandFault, lang: Lang) -> (String, &'static str) {
    let plain = |message: Message, cure: Message| (message.get(lang).to_owned(), cure.get(lang));
    let one = |message: Message, cure: Message, (row, band): &(usize, Band)| {
        (message.with(lang, &[("one", row), ("band", band)]), cure.get(lang))
    };
    let two = |message: Message, cure: Message, one: &(usize, Band), other: &(usize, Band)| {
        let values: Values<'_> =
            vec![("one", &one.0), ("band", &one.1), ("other", &other.0), ("next", &other.1)];
        (message.with(lang, &values), cure.get(lang))
    };
    match fault {
        BandFault::Ends { .. } => plain(ENDS, ENDS_CURE),
        BandFault::Empty { row, band } => one(EMPTY, EMPTY_CURE, &(*row, *band)),
        BandFault::Gives { .. } => plain(GIVES, GIVES_CURE),
        BandFault::Categories { .. } => plain(CATEGORIES, CATEGORIES_CURE),
        BandFault::Overlap { one, other } => two(OVERLAP, OVERLAP_CURE, one, other),
        BandFault::Gap { one, other } => two(GAP, GAP_CURE, one, other),
        BandFault::Below { first } => one(BELOW, BELOW_CURE, first),
        BandFault::Above { last } => one(ABOVE, ABOVE_CURE, last),
        BandFault::NoRows => plain(NO_ROWS, NO_ROWS_CURE),
    }
}
