//! The figures of an opened file that do not come out as it says, one line each.

use bianheng_core::county::KindId;
use bianheng_core::file::Differs as Line;
use bianheng_core::text::{Lang, files as words};
use leptos::prelude::*;

use crate::state::{Open, use_state};
use crate::widgets::{Dialog, Html};

/// The dialog.
#[component]
pub fn Differs(close: Callback<()>) -> impl IntoView {
    let state = use_state();
    let table = move || {
        let (lang, lines) = (state.lang.get(), state.differing());
        state.with_all(|open| table(open, &lines, lang)).unwrap_or_default()
    };
    view! {
        <Dialog testid="differs-dialog" class="dialog take" title=words::DIFFERS_TITLE on_close=close>
            <div class="dlg-body">
                <p class="note">{state.say(words::DIFFERS_NOTE)}</p>
                <div class="take-body" data-testid="differs" tabindex="0" inner_html=table></div>
            </div>
        </Dialog>
    }
}

fn table(open: &Open, lines: &[Line], lang: Lang) -> String {
    let county = open.workspace().base();
    let mut html = Html::default();
    html.open("table", &[("class", "t dense")]).open("thead", &[]).open("tr", &[]);
    for head in [words::DIFFERS_SCENARIO, words::DIFFERS_KIND, words::DIFFERS_WHAT] {
        html.head("", head.get(lang));
    }
    html.head("num", words::DIFFERS_FILE.get(lang)).head("num", words::DIFFERS_NOW.get(lang));
    html.close("tr").close("thead").open("tbody", &[]);
    for line in lines {
        let kind = county.kind(&KindId::new(&line.kind));
        html.open("tr", &[("data-testid", "differs-line")]);
        html.open("th", &[("scope", "row")]).text(&line.scenario).close("th");
        html.put("td", "", kind.map_or(line.kind.as_str(), |kind| kind.name.get(lang)));
        html.put("td", "", words::figure(line.what).get(lang));
        html.put("td", "num", &line.file).put("td", "num", &line.found);
        html.close("tr");
    }
    html.close("tbody").close("table");
    html.done()
}
