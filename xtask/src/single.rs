//! Builds the single file: page, styles, script and wasm in one HTML file that opens from a disk and
//! reaches nothing else. Uses the wasm that the build of the site compiled; never compiles Rust.

use std::fs;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::page::{self, Form};
use crate::place::Place;
use crate::site::{self, Effort, Site};
use crate::{say, sizes};

/// Unpacks the wasm from the page and starts the app; then fires the event that Trunk's own script fires.
const START: &str = r#"(async function () {
  var text = document.getElementById('wasm').textContent;
  var packed = Uint8Array.from(atob(text), function (letter) { return letter.charCodeAt(0); });
  var stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
  var bytes = await new Response(stream).arrayBuffer();
  document.getElementById('wasm').remove();
  await wasm_bindgen({ module_or_path: bytes });
  dispatchEvent(new CustomEvent('TrunkApplicationStarted'));
})();"#;

/// Writes the single file beside the site, from what the site was built of.
pub fn build(place: &Place, site: &Site) -> Result<(), String> {
    say::step("building the single file");
    let folder = place.target().join("single");
    if folder.exists() {
        fs::remove_dir_all(&folder)
            .map_err(|error| format!("cannot clear {}: {error}", folder.display()))?;
    }
    let compiled = place
        .target()
        .join("wasm32-unknown-unknown")
        .join(Effort::Release.profile())
        .join("bianheng.wasm");
    site::bind(place, &compiled, &folder, "bianheng")?;
    let wasm = folder.join("bianheng_bg.wasm");
    // The two forms differ in their script only, so the work of wasm-opt need not be done twice.
    if site::read(&wasm)? == site.plain_wasm {
        fs::copy(&site.wasm, &wasm).map_err(|error| format!("cannot copy the wasm: {error}"))?;
    } else {
        site::shrink(place, &wasm)?;
    }
    let script = site::read_text(&folder.join("bianheng.js"))?;
    let page = assemble(&site.page, &place.dist(), &script, &site::read(&wasm)?)?;
    site::write(&place.single_file(), page.as_bytes())
}

/// One page from the parts. `folder` holds the style sheets that the page names.
fn assemble(page: &str, folder: &Path, script: &str, wasm: &[u8]) -> Result<String, String> {
    let (page, sheets) = page::without_files(page);
    let mut styles = String::new();
    for sheet in sheets {
        let text = site::read_text(&folder.join(&sheet))?;
        if text.contains("</style") || text.contains("@import") {
            return Err(format!("{sheet} cannot stand inside a page: it has </style or @import"));
        }
        styles.push_str(&format!("<style>{text}</style>\n"));
    }
    let packed = STANDARD.encode(sizes::gzip(wasm)?);
    let scripts = format!(
        "<script type=\"text/plain\" id=\"wasm\">{packed}</script>\n<script>{}\n{START}</script>\n",
        page::for_script(script)
    );
    let page = page::without_modules(&page);
    let page = insert_before(&page, "</head>", &styles)?;
    let page = insert_before(&page, "</body>", &scripts)?;
    page::with_policy(&page, Form::SingleFile)
}

fn insert_before(page: &str, mark: &str, text: &str) -> Result<String, String> {
    let (before, after) =
        page.rsplit_once(mark).ok_or_else(|| format!("the page has no {mark}"))?;
    Ok(format!("{before}{text}{mark}{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_ends_up_inside_one_page() {
        let folder = std::env::temp_dir().join(format!("bianheng-single-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("main-1.css"), "p { color: red }").unwrap();
        let page = "<html><head><meta charset=\"utf-8\">\
            <link rel=\"stylesheet\" href=\"./main-1.css\"></head>\
            <body><script type=\"module\">import './a.js'</script></body></html>";
        let single = assemble(page, &folder, "let wasm_bindgen = '</script>';", b"\0asm").unwrap();
        fs::remove_dir_all(&folder).unwrap();
        assert!(single.contains("<style>p { color: red }</style>"));
        assert!(single.contains("'<\\/script>'"));
        assert!(!single.contains("href="), "{single}");
        assert!(!single.contains("import '"), "{single}");
        assert!(single.contains("default-src 'none'"));
    }
}
