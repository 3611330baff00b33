//! The survey's template: a header that is recognised without a question, an example, and what to
//! write in each column. The files are made beforehand from the words of `core/text`: a writer of
//! workbooks would add much to what a browser has to load. A test makes them anew and compares.

use bianheng_core::text::Lang;

/// The template as a workbook: the table to fill in, and a sheet that explains its columns.
pub fn template_xlsx(lang: Lang) -> &'static [u8] {
    match lang {
        Lang::Zh => include_bytes!("../templates/survey-zh.xlsx"),
        Lang::En => include_bytes!("../templates/survey-en.xlsx"),
    }
}

/// The template as text: UTF-8 with its mark, so that office programs read it rightly.
pub fn template_csv(lang: Lang) -> &'static [u8] {
    match lang {
        Lang::Zh => include_bytes!("../templates/survey-zh.csv"),
        Lang::En => include_bytes!("../templates/survey-en.csv"),
    }
}

#[cfg(test)]
mod making;
