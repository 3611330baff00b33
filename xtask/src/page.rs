//! The page's content security policy: only what the page itself holds may run, known by its hash.
//! Works on the text of an HTML page; never reads or writes a file.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

/// The two forms that users get.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Files on a server: scripts, styles and the wasm come from the page's own origin.
    Site,
    /// One file, opened from a disk: everything is in it, and it can reach nothing.
    SingleFile,
}

/// The page with its policy as the first `<meta>` after the character set, before anything that runs.
///
/// # Errors
/// When the page has no `<meta charset="utf-8">` to put it after, or has a policy already.
pub fn with_policy(page: &str, form: Form) -> Result<String, String> {
    const CHARSET: &str = "<meta charset=\"utf-8\">";
    if page.contains("Content-Security-Policy") {
        return Err("the page has a content security policy already".into());
    }
    let (before, after) =
        page.split_once(CHARSET).ok_or_else(|| format!("the page has no {CHARSET}"))?;
    let policy = policy(page, form);
    Ok(format!(
        "{before}{CHARSET}\n<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">{after}"
    ))
}

fn policy(page: &str, form: Form) -> String {
    let own = match form {
        Form::Site => " 'self'",
        Form::SingleFile => "",
    };
    let connect = match form {
        Form::Site => "connect-src 'self'; ",
        Form::SingleFile => "",
    };
    let hashes = |name: &str| -> String {
        inline(page, name).into_iter().map(|text| format!(" {}", hash(text))).collect()
    };
    format!(
        "default-src 'none'; script-src{own} 'wasm-unsafe-eval'{scripts}; style-src{own}{styles}; \
         img-src{own} data: blob:; {connect}base-uri 'none'; form-action 'none'",
        scripts = hashes("script"),
        styles = hashes("style"),
    )
}

/// The source expression of an inline script or style.
fn hash(text: &str) -> String {
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text.as_bytes())))
}

/// The texts of the inline elements of one name that a browser would apply: no `src`, and not a data block.
fn inline<'page>(page: &'page str, name: &str) -> Vec<&'page str> {
    elements(page, name)
        .into_iter()
        .filter(|(attributes, _)| !attributes.contains(" src=") && !is_data(attributes))
        .map(|(_, text)| text)
        .collect()
}

fn is_data(attributes: &str) -> bool {
    attributes.contains(" type=") && !attributes.contains(" type=\"module\"")
}

/// Attributes (with a leading space) and text of every element of one name, in the order of the page.
/// For `script` and `style`, whose text ends at the first end tag whatever it holds.
fn elements<'page>(page: &'page str, name: &str) -> Vec<(&'page str, &'page str)> {
    let (start, end) = (format!("<{name}"), format!("</{name}"));
    let mut found = Vec::new();
    let mut rest = page;
    while let Some((_, tail)) = rest.split_once(start.as_str()) {
        rest = tail;
        let Some((attributes, tail)) = tail.split_once('>') else { break };
        let is_this_name = attributes.is_empty() || attributes.starts_with(char::is_whitespace);
        if !is_this_name {
            continue;
        }
        let Some((text, tail)) = tail.split_once(end.as_str()) else { break };
        found.push((attributes, text));
        rest = tail;
    }
    found
}

/// The page without the elements that load other files, and the names of the style sheets among them, in order.
/// Keeps links to data, such as the icon.
pub fn without_files(page: &str) -> (String, Vec<String>) {
    let mut kept = String::with_capacity(page.len());
    let mut sheets = Vec::new();
    let mut rest = page;
    while let Some((before, tail)) = rest.split_once("<link") {
        let Some((attributes, after)) = tail.split_once('>') else { break };
        kept.push_str(before);
        let target = attribute(attributes, "href").unwrap_or_default();
        if target.starts_with("data:") {
            kept.push_str("<link");
            kept.push_str(attributes);
            kept.push('>');
        } else if attribute(attributes, "rel") == Some("stylesheet") {
            sheets.push(target.to_owned());
        }
        rest = after;
    }
    kept.push_str(rest);
    (kept, sheets)
}

/// The page without its module scripts: the single file starts the app with a script of its own.
pub fn without_modules(page: &str) -> String {
    const START: &str = "<script type=\"module\">";
    const END: &str = "</script>";
    let mut kept = String::with_capacity(page.len());
    let mut rest = page;
    while let Some((before, tail)) = rest.split_once(START) {
        kept.push_str(before);
        rest = tail.split_once(END).map_or("", |(_, after)| after);
    }
    kept.push_str(rest);
    kept
}

fn attribute<'page>(attributes: &'page str, name: &str) -> Option<&'page str> {
    let (_, tail) = attributes.split_once(&format!("{name}=\""))?;
    tail.split_once('"').map(|(value, _)| value)
}

/// Text for a `<script>`: no end tag and no comment opener inside it, in a form that means the same in JavaScript strings.
pub fn for_script(text: &str) -> String {
    text.replace("</script", "<\\/script").replace("<!--", "<\\!--")
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<head><meta charset=\"utf-8\">\n\
        <link rel=\"icon\" href=\"data:image/svg+xml,%3Csvg/%3E\">\
        <link rel=\"stylesheet\" href=\"./main-1.css\"><link rel=\"preload\" href=\"./a.wasm\">\
        <style>a{}</style><script type=\"module\">import './a.js'</script></head>\
        <script>go()</script><script src=\"./x.js\"></script>\
        <script type=\"text/plain\">AAAA</script>";

    #[test]
    fn the_policy_of_the_site_knows_each_inline_text_by_its_hash() {
        let page = with_policy(PAGE, Form::Site).unwrap();
        let policy = attribute(page.split_once("<meta http").unwrap().1, "content").unwrap();
        // printf 'go()' | openssl dgst -sha256 -binary | base64
        assert!(policy.contains(&hash("go()")), "{policy}");
        assert!(policy.contains(&hash("import './a.js'")), "{policy}");
        assert!(policy.contains(&format!("style-src 'self' {};", hash("a{}"))), "{policy}");
        assert!(!policy.contains(&hash("AAAA")), "a data block needs no permission");
        assert!(!policy.contains("unsafe-inline"));
        assert!(policy.contains("connect-src 'self'"));
    }

    #[test]
    fn the_hash_is_sha256_in_base64() {
        assert_eq!(hash(""), "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='");
    }

    #[test]
    fn the_single_file_may_reach_nothing() {
        let page = with_policy(PAGE, Form::SingleFile).unwrap();
        let policy = attribute(page.split_once("<meta http").unwrap().1, "content").unwrap();
        assert!(!policy.contains("'self'"), "{policy}");
        assert!(!policy.contains("connect-src"), "{policy}");
    }

    #[test]
    fn a_second_policy_is_refused() {
        let once = with_policy(PAGE, Form::Site).unwrap();
        assert!(with_policy(&once, Form::Site).is_err());
    }

    #[test]
    fn links_to_files_go_and_style_sheets_are_named() {
        let (kept, sheets) = without_files(PAGE);
        assert_eq!(sheets, ["./main-1.css"]);
        assert!(kept.contains("data:image/svg+xml"));
        assert!(!kept.contains("a.wasm"));
    }

    #[test]
    fn module_scripts_go_and_others_stay() {
        let kept = without_modules(PAGE);
        assert!(!kept.contains("import"));
        assert!(kept.contains("go()") && kept.contains("AAAA"));
    }

    #[test]
    fn a_script_cannot_be_ended_from_inside() {
        assert_eq!(for_script("'</script><!--'"), "'<\\/script><\\!--'");
    }
}
