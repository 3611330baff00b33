//! What the import of a survey says: files that cannot be read, what columns mean, what was found
//! in rows and cells, and the template.

super::messages! {
    // Files that cannot be read.
    READ_EMPTY: "文件是空的，请检查是否选对了文件。", "The file is empty: check that it is the right one.";
    READ_PICTURE: "这是图片，不能读出表格；请导入原来的 Excel 或 WPS 表格。", "This is a picture: import the Excel or WPS table it was made from.";
    READ_PDF: "这是 PDF，不能读出表格；请导入原来的 Excel 或 WPS 表格。", "This is a PDF: import the Excel or WPS table it was made from.";
    READ_DOCUMENT: "这是文字文档或演示文稿；请把其中的表格复制到 Excel 或 WPS 表格，另存为 .xlsx 后再导入。", "This is a text document or slides: copy its table into a workbook, save it as .xlsx and import that.";
    READ_UNKNOWN: "认不出这种文件；请用 Excel 或 WPS 打开，另存为 .xlsx 后再导入。", "This kind of file is not known: open it in Excel or WPS, save it as .xlsx and import that.";
    READ_ARCHIVE: "这是压缩包，里面没有工作簿；请先解压，再导入其中的表格。", "This archive is not a workbook: unpack it and import the table inside.";
    READ_PROTECTED: "工作簿有打开密码；请在 Excel 或 WPS 中取消密码，保存后再导入。", "The workbook is protected by a password: remove the password in Excel or WPS, save, and import again.";
    READ_DAMAGED: "文件不完整或已损坏；请用 Excel 或 WPS 打开，另存为新文件后再导入。", "The file is cut short or damaged: open it in Excel or WPS, save it as a new file and import that.";
    READ_TOO_LARGE: "文件太大，或解压后异常膨胀（上限 {mb} MB）；请只保留调查表所在的工作表再导入。", "The file is too large, or swells beyond reason when unpacked (limit {mb} MB): keep only the sheet of the survey and import again.";
    READ_TOO_MANY_ROWS: "工作表超过 {rows} 行；请分县导出后再导入。", "A sheet has more than {rows} rows: export one county at a time.";
    READ_TOO_MANY_COLUMNS: "工作表超过 {columns} 列；请删去与调查无关的列再导入。", "A sheet has more than {columns} columns: remove those that are not part of the survey.";
    READ_TOO_MANY_CELLS: "工作簿超过 {cells} 个有内容的单元格；请只保留调查表所在的工作表再导入。", "The workbook has more than {cells} filled cells: keep only the sheet of the survey.";
    READ_WEB_PAGE: "这是存成表格名字的网页；请用 Excel 或 WPS 打开，另存为 .xlsx 后再导入。", "This is a web page under a workbook's name: open it in Excel or WPS, save it as .xlsx and import that.";
    READ_OTHER_WORKBOOK: "这种工作簿格式不支持（.xlsb、Excel 95、XML 表格等）；请另存为 .xlsx 后再导入。", "This workbook format is not read (.xlsb, Excel 95, XML and the like): save it as .xlsx and import that.";
    READ_SCENARIO: "这是本工具的方案文件，不是调查表；请用“打开方案”打开它。", "This is a scenario file of this tool, not a survey: open it as a scenario.";
    READ_NO_CELLS: "工作簿里没有任何内容。", "The workbook has no filled cell.";

    // Meanings of columns.
    FIELD_CODE: "单位代码", "Unit code";
    FIELD_NAME: "学校名称", "Name";
    FIELD_TOWNSHIP: "乡镇", "Township";
    FIELD_STAGE: "学段", "Stage";
    FIELD_LOCALITY: "区域", "Locality";
    FIELD_CATEGORY: "办学类型", "Sort of school";
    FIELD_PARENT: "所属学校", "Parent school";
    FIELD_STUDENTS: "在校生", "Students";
    FIELD_CLASSES: "班级", "Classes";
    FIELD_BOARDERS: "寄宿生", "Boarders";
    FIELD_GRADE_STUDENTS: "{grade}学生", "Students of {grade}";
    FIELD_GRADE_CLASSES: "{grade}班级", "Classes of {grade}";
    FIELD_GRADE: "年级", "Grade";
    FIELD_AUTHORISED: "核定编制", "Posts authorised";
    FIELD_IN_POST: "实有在编", "People in post";
    FIELD_TEACHERS: "教师", "Teachers";
    FIELD_COURSE_TEACHERS: "{course}教师", "{course} teachers";
    FIELD_COURSE_LESSONS: "{course}周课时", "{course} lessons a week";
    FIELD_NON_TEACHING: "非教学人员", "Non-teaching staff";
    FIELD_CARERS: "保育员", "Child-care workers";
    FIELD_LEADER_POSTS: "领导职数", "Leader posts";
    FIELD_LEADERS: "领导实配", "Leaders in place";
    FIELD_DEPARTURES: "{year} 年自然减员", "Departures in {year}";
    FIELD_DEPARTURES_NEXT: "次年自然减员", "Departures in the next year";
    FIELD_LON: "经度", "Longitude";
    FIELD_LAT: "纬度", "Latitude";
    FIELD_COUNTY: "县", "County";
    FIELD_SURVEY_YEAR: "调查年份", "Year of the survey";
    FIELD_NOTE: "备注", "Note";
    FIELD_IGNORE: "不导入", "Not imported";
    GRADE_YEAR: "{n} 年级", "grade {n}";
    GRADE_K1: "小班", "the first kindergarten year";
    GRADE_K2: "中班", "the second kindergarten year";
    GRADE_K3: "大班", "the third kindergarten year";
    GRADE_K4: "托班", "the nursery";

    // How sure a column is.
    STATE_RECOGNISED: "自动", "Recognised";
    STATE_REMEMBERED: "已记住", "Remembered";
    STATE_CHOSEN: "已选定", "Chosen";
    STATE_CONFIRM: "须确认", "To be confirmed";
    STATE_UNDECIDED: "未定", "Undecided";
    STATE_UNKNOWN: "不认识，不导入", "Not known, not imported";
    STATE_IGNORED: "忽略", "Ignored";
    STATE_PERSONAL: "已丢弃", "Left out";

    // Doubts about a column.
    WHY_POSTS_OR_PEOPLE: "合计 {sum}。是核定编制，还是实有在编？", "Sum {sum}. Posts authorised, or people in post?";
    WHY_POSTS_OR_PEOPLE_BESIDE: "合计 {sum}，{column} 列合计 {other}。是核定编制，还是实有在编？", "Sum {sum}; column {column} sums to {other}. Posts authorised, or people in post?";
    WHY_STAFF: "合计 {sum}。只含在编人员，还是含编外人员？", "Sum {sum}. Only people in post, or others as well?";
    WHY_STAFF_BESIDE: "合计 {sum}，{column} 列合计 {other}。是在编人数，还是含编外的总数？", "Sum {sum}; column {column} sums to {other}. People in post, or everyone who works there?";
    WHY_STUDENTS_OR_STAFF: "是学生人数，还是教职工人数？", "Students, or staff?";
    WHY_STAGE_OR_CATEGORY: "有的格写学段，有的写学校类型，请确认。", "Some cells name a stage, others a sort of school: please confirm.";
    WHY_STUDENTS_OR_CLASSES: "表头只写年级，是学生数还是班级数？", "The header only names a grade: students, or classes?";
    WHY_YEAR_MISSING: "表头没有写明是哪一年的减员，按调查次年处理。", "The header does not say which year: taken for the year after the survey.";
    WHY_PLACE: "是乡镇、区域，还是县？", "A township, a locality, or a county?";
    WHY_LOCALITY: "{filled} 格中只有 {known} 格能认出城市、县城、镇区或乡村。", "Only {known} of {filled} cells name a city, a county town, a township or a village.";
    WHY_SECOND: "与 {column} 列意思相同，只导入那一列。", "Means the same as column {column}: only that one is imported.";

    // Personal data.
    PERSONAL_ID: "身份证号", "identity numbers";
    PERSONAL_PHONE: "联系方式", "telephone numbers or addresses";
    PERSONAL_NAME: "个人姓名", "names of persons";
    PERSONAL_DETAIL: "个人信息", "details of persons";
    PERSONAL: "识别为{kind}，已丢弃，不写入文件。", "Taken for {kind}: left out, written nowhere.";

    // Severities and fixes.
    SEVERITY_MUST_FIX: "须改", "Must fix";
    SEVERITY_LOOK_AT: "请看", "Look at";
    SEVERITY_LEFT_OUT: "已丢弃", "Left out";
    FIX_USE: "采用 {text}", "Use {text}";
    FIX_EDIT: "改为…", "Change…";
    FIX_FILL: "填写…", "Fill in…";
    FIX_SKIP_ROW: "不导入此行", "Leave this row out";
    FIX_KEEP_FIRST: "保留首行", "Keep the first";
    FIX_CHOOSE_COLUMN: "选定列意…", "Choose a meaning…";

    // Codes and names.
    CODE_MISSING: "缺单位代码。", "The unit code is missing.";
    CODE_SHORTENED: "代码被表格软件改成科学记数，已用名称代替；请尽量换回原代码。", "The code was shortened to scientific notation by the office program; the name stands in for it. Put the real code back if you can.";
    CODES_FROM_NAMES: "没有代码列，用学校名称作代码；以后改名会被当作另一所学校。", "There is no column of codes: names stand in for them. A school renamed later will count as another one.";
    NAME_MISSING: "缺学校名称。", "The name is missing.";
    NAMES_FROM_CODES: "没有名称列，用代码作名称。", "There is no column of names: codes stand in for them.";
    DUPLICATE: "与第 {row} 行同代码、同学段，数值相同，只导入首行。", "Same code and stage as row {row}, same figures: only the first is taken.";
    DUPLICATE_DIFFERS: "与第 {row} 行同代码、同学段，但数值不同。", "Same code and stage as row {row}, but other figures.";
    OTHER_NAME: "代码与第 {row} 行“{name}”相同，名称却不同。", "The code is that of row {row}, “{name}”, but the name is another.";

    // Counts.
    NUMBER_NONE: "不是数。", "This is no number.";
    NUMBER_NEGATIVE: "不能是负数。", "A count cannot be negative.";
    NUMBER_FRACTION: "必须是整数。", "A count must be whole.";
    NUMBER_TOO_LARGE: "数值过大。", "The number is too large to be true.";
    NUMBER_MENDED: "按 {count} 导入。", "Taken as {count}.";
    NUMBER_UNSAID: "按“未填”处理。", "Taken as not known.";
    MISSING: "{name} 缺{figure}。", "{name}: {figure} missing.";
    FROM_GRADES: "合计为空，用各年级之和 {sum}。", "The total is blank: the sum of the grades, {sum}, is taken.";
    FROM_TEACHERS: "实有在编为空，用教师数。", "People in post is blank: the number of teachers is taken.";
    CLASSES_ZERO: "在校生 {students} 人而班级为 0。", "{students} students but no class.";
    STUDENTS_ZERO: "班级 {classes} 个而在校生为 0。", "{classes} classes but no students.";
    NOBODY_IN_POST: "在校生 {students} 人而实有在编为 0。", "{students} students but nobody in post.";
    GRADE_SUM: "{figure} {stated}，各年级之和为 {sum}，差 {difference}；按所填合计导入。", "{figure} {stated}, but the grades sum to {sum} ({difference} apart): the stated total is taken.";
    IN_POST_ABOVE: "实有 {in_post}，核定 {authorised}，超编 {excess}。", "{in_post} in post, {authorised} authorised: {excess} over.";
    BOARDERS_ABOVE: "寄宿生多于在校生 {students} 人。", "More boarders than the {students} students.";

    FIGURE_COURSE_TEACHERS: "分科教师", "Teachers by course";
    FIGURE_DEPARTURES: "自然减员", "Departures";

    // Stages, grades, places.
    STAGE_UNKNOWN: "认不出学段；请写幼儿园、小学、初中、高中、特殊教育、中职或九年一贯制。", "The stage is not known: write kindergarten, primary, lower secondary, upper secondary, special, vocational or nine-year.";
    STAGE_MISSING: "缺学段，从名称也看不出。", "The stage is missing and the name does not tell it.";
    STAGE_FROM_NAME: "缺学段，按名称定为{stages}。", "The stage is missing: by the name it is {stages}.";
    STAGES_GUESSED: "没有写明学段：{by_name} 行按名称定，{by_default} 行按{stage}导入。", "Stages not given: {by_name} rows follow the name, {by_default} are taken as {stage}.";
    LOCALITY_UNKNOWN: "认不出区域，留空；可写城市、县城、镇区或乡村。", "The locality is not known and left blank: write city, county town, township or village.";
    GRADE_UNKNOWN: "认不出年级。", "The grade is not known.";
    GRADE_OUTSIDE: "这个年级不属于{stages}，不计入分年级数据。", "This grade is not part of {stages}: it is not taken among the grades.";
    CANNOT_SPLIT: "多学段学校没有分年级学生数，无法分到各学段；请补年级数据，或每个学段写一行。", "A school of several stages without students by grade cannot be split: give the grades, or a row for each stage.";
    SPLIT: "{figure}只有全校数 {total}，按各学段学生数分为{parts}；全校数不变。", "{figure}: only the school's {total} is given; split by students into {parts}, the total unchanged.";
    MERGED_ACROSS: "合并单元格跨了几所学校，不知道数归哪一所。", "One merged cell covers several schools: it is not clear whose figure it is.";
    PLACE_UNREADABLE: "经纬度要写成十进制的度，已留空。", "Coordinates must be decimal degrees: left blank.";
    PLACE_OUT_OF_RANGE: "经纬度超出范围，已留空；是否把经度和纬度写反了？", "Coordinates out of range: left blank. Are longitude and latitude exchanged?";
    PLACE_HALF: "经度和纬度只填了一个，已留空。", "Only one of longitude and latitude is given: left blank.";
    PARENT_UNKNOWN: "找不到这所学校，所属学校留空。", "No such school in the file: the parent is left blank.";
    PARENT_SELF: "所属学校是自己，已留空。", "A school cannot be its own parent: left blank.";

    // Rows that are no schools.
    TOTALS_AGREE: "合计行，与分项和相符。", "A row of totals; it agrees with the parts.";
    TOTALS_DIFFER: "合计行：{figure} {stated} 与分项和 {sum} 差 {difference}。", "A row of totals: {figure} {stated}, but the parts sum to {sum} ({difference} apart).";
    NOTE_ROW: "说明、分组标题或签章行，不是学校。", "A note, a heading or a signature, not a school.";
    HEADER_AGAIN: "重复的表头。", "The header once more.";
    EXAMPLE_ROW: "模板里的示例行。", "The example row of the template.";
    SKIPPED: "已选择不导入此行。", "Left out by choice.";
    OTHER_COUNTY: "属于{county}，不是所选的县。", "Belongs to {county}, not to the chosen county.";

    // The whole file.
    COLUMN_UNKNOWN: "不认识这一列，{cells} 格不导入。", "This column is not known: {cells} cells are not imported.";
    COLUMN_UNDECIDED: "这一列的意思未定，须先选定。", "What this column means must be settled first.";
    NO_NAMES: "没有学校名称列，也没有代码列，无法导入。", "There is neither a column of names nor one of codes: nothing can be taken.";
    NO_ROWS: "表头下面没有数据。", "There are no rows below the header.";
    NO_STUDENTS: "没有在校生列：在校生按“不详”导入。", "There is no column of students: they are taken as not known.";
    NO_CLASSES: "没有班级列：班级按“不详”导入。", "There is no column of classes: they are taken as not known.";
    NO_POSTS: "没有核定编制、实有在编或教师列：编制和在编都按 0 导入。", "There is no column of posts, people in post or teachers: both posts and people are taken as 0.";
    AUTHORISED_FROM_IN_POST: "没有核定编制列：按实有在编数作核定编制。", "There is no column of posts authorised: people in post are taken for both.";
    AUTHORISED_FROM_TEACHERS: "没有核定编制列和实有在编列：按教师数作两者。", "There is no column of posts authorised or people in post: teachers are taken for both.";
    IN_POST_FROM_TEACHERS: "没有实有在编列：按教师数作实有在编。", "There is no column of people in post: teachers are taken for them.";
    IN_POST_FROM_AUTHORISED: "没有实有在编列：按核定编制数作实有在编。", "There is no column of people in post: every post is taken as filled.";
    SEVERAL_COUNTIES: "文件里有 {counties} 个县，都并入这一个县；可只导入其中一县。", "The file holds {counties} counties, all taken as one; one of them can be chosen.";
    SEVERAL_YEARS: "文件里有 {years} 个年份；请只保留一个年份的数据。", "The file holds {years} years: keep the rows of one.";

    // Kinds of post.
    KIND_SCHOOL: "中小学教职工编制", "School posts";
    KIND_GENERAL: "普通事业编制", "General institution posts";

    // The template.
    TEMPLATE_SHEET: "学校基本情况", "Survey";
    TEMPLATE_HELP_SHEET: "填写说明", "How to fill in";
    TEMPLATE_HELP_COLUMN: "列", "Column";
    TEMPLATE_HELP_MEANING: "填写说明", "What to write";
    TEMPLATE_CODE: "单位代码", "Unit code";
    TEMPLATE_CODE_HELP: "必填。学校标识码或县内统一代码，按文本填写，前面的 0 要保留；同一所学校的几个学段用同一代码。", "Required. The school's permanent code, as text: leading zeros count. The stages of one school share a code.";
    TEMPLATE_NAME: "学校名称", "Name";
    TEMPLATE_NAME_HELP: "必填。学校或幼儿园全称。", "Required. The full name of the school or kindergarten.";
    TEMPLATE_STAGE: "学段", "Stage";
    TEMPLATE_STAGE_HELP: "必填。幼儿园、小学、初中、高中、特殊教育、中职；每个学段一行。九年一贯制学校也可只写一行“九年一贯制”，按 1—9 年级填写。", "Required. Kindergarten, primary, lower secondary, upper secondary, special or vocational, a row for each. A nine-year school may have one row “nine-year” with grades 1 to 9.";
    TEMPLATE_TOWNSHIP: "乡镇", "Township";
    TEMPLATE_TOWNSHIP_HELP: "学校所在乡镇或街道。", "The township or street office where the school stands.";
    TEMPLATE_LOCALITY: "区域", "Locality";
    TEMPLATE_LOCALITY_HELP: "城市、县城、镇区或乡村。", "City, county town, township or village.";
    TEMPLATE_CATEGORY: "类别", "Category";
    TEMPLATE_CATEGORY_HELP: "可空。如教学点、小规模学校、寄宿制学校。", "Optional. Teaching point, small school, boarding school and the like.";
    TEMPLATE_PARENT: "所属中心校代码", "Parent code";
    TEMPLATE_PARENT_HELP: "教学点填写所属中心校的代码，其他学校留空。", "For a teaching point the code of its school; blank for others.";
    TEMPLATE_STUDENTS: "在校生", "Students";
    TEMPLATE_STUDENTS_HELP: "必填。秋季学期在校生数，整数。", "Required. Students in the autumn term, a whole number.";
    TEMPLATE_CLASSES: "班级", "Classes";
    TEMPLATE_CLASSES_HELP: "教学班数，整数。", "Classes, a whole number.";
    TEMPLATE_BOARDERS: "寄宿生", "Boarders";
    TEMPLATE_BOARDERS_HELP: "其中寄宿的学生数，没有写 0。", "Students who board; 0 where there are none.";
    TEMPLATE_GRADE_STUDENTS: "{n}年级学生数", "Grade {n} students";
    TEMPLATE_GRADE_STUDENTS_HELP: "各年级学生数。每个学段从 1 年级数起：初一写在 1 年级，小班写在 1 年级。", "Students by grade, counted from 1 within each stage: the first year of lower secondary or of kindergarten is grade 1.";
    TEMPLATE_GRADE_CLASSES: "{n}年级班级数", "Grade {n} classes";
    TEMPLATE_GRADE_CLASSES_HELP: "各年级班级数，数法相同。", "Classes by grade, counted in the same way.";
    TEMPLATE_AUTHORISED: "核定编制", "Posts authorised";
    TEMPLATE_AUTHORISED_HELP: "必填。编委核定的编制数，不含编外。", "Required. Posts that the commission set; no others.";
    TEMPLATE_IN_POST: "实有在编", "People in post";
    TEMPLATE_IN_POST_HELP: "必填。实名制系统中的在编人数。", "Required. People on those posts, as in the register.";
    TEMPLATE_TEACHERS: "专任教师", "Teachers";
    TEMPLATE_TEACHERS_HELP: "可空。专任教师人数。", "Optional. Full-time teachers.";
    TEMPLATE_NON_TEACHING: "非教学人员", "Non-teaching staff";
    TEMPLATE_NON_TEACHING_HELP: "可空。职员、教学辅助人员、工勤人员合计，用于核对占比上限。", "Optional. Clerks, teaching assistants and workers together; held against the cap on their share.";
    TEMPLATE_CARERS: "保育员", "Child-care workers";
    TEMPLATE_CARERS_HELP: "可空。只有幼儿园填写。", "Optional. Kindergartens only.";
    TEMPLATE_LEADER_POSTS: "领导职数", "Leader posts";
    TEMPLATE_LEADER_POSTS_HELP: "可空。核定的校级领导职数；一所学校填一次。", "Optional. Leader posts approved, once for each school.";
    TEMPLATE_LEADERS: "领导实配", "Leaders in place";
    TEMPLATE_LEADERS_HELP: "可空。实际配备的校级领导人数。", "Optional. Leaders in place.";
    TEMPLATE_COURSE_TEACHERS: "{course}教师数", "{course} teachers";
    TEMPLATE_COURSE_TEACHERS_HELP: "可空。按主要任教科目统计的教师人数，没有写 0，用于发现结构性缺员。还可加“语文周课时”一类的列，填实际上课节数。", "Optional. Teachers by their main course, 0 where there are none: shows structural shortages. Columns such as “Chinese lessons a week” may be added for lessons taught.";
    TEMPLATE_DEPARTURES: "{year}年预计减员", "Departures {year}";
    TEMPLATE_DEPARTURES_HELP: "该年预计退休、调出等减员人数；年份可改，列可增减。", "People expected to leave in that year; change the year or add columns as needed.";
    TEMPLATE_LON: "经度", "Longitude";
    TEMPLATE_LON_HELP: "可空。十进制的度，WGS 84。", "Optional. Decimal degrees, WGS 84.";
    TEMPLATE_LAT: "纬度", "Latitude";
    TEMPLATE_LAT_HELP: "可空。十进制的度，WGS 84。", "Optional. Decimal degrees, WGS 84.";
    TEMPLATE_NOTE: "备注", "Note";
    TEMPLATE_NOTE_HELP: "可空，不导入。请勿填写姓名、身份证号、电话等个人信息。", "Optional, not imported. Write nothing about persons: no names, identity or telephone numbers.";
    TEMPLATE_EXAMPLE_NAME: "示例镇中心小学（示例，填写时删去本行）", "Example Primary School (an example: delete this row)";
    TEMPLATE_EXAMPLE_TOWNSHIP: "示例镇", "Example Town";
    TEMPLATE_EXAMPLE_STAGE: "小学", "primary";
    TEMPLATE_EXAMPLE_LOCALITY: "镇区", "township";
}
