//! What went wrong on a page without stopping it: errors on the console, uncaught exceptions, breaches of
//! the content security policy, and requests to where none should go. Never judges what is on the page.

use anyhow::{Context, Result};
use serde_json::Value;
use thirtyfour::WebDriver;

/// Everything wrong since the last look. `address` is the address of the page without a hash.
pub async fn problems(driver: &WebDriver, address: &str) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for entry in driver.get_log("browser").await.context("cannot read the console")? {
        let source = entry.source.as_deref().unwrap_or_default();
        if entry.level == "SEVERE" || source == "security" {
            found.push(format!("console ({source}): {}", entry.message));
        }
    }
    for entry in driver.get_log("performance").await.context("cannot read the requests")? {
        let event: Value = serde_json::from_str(&entry.message).context("an event is no JSON")?;
        found.extend(request_problem(&event, address));
    }
    Ok(found)
}

/// What is wrong with one event of the network, if anything.
fn request_problem(event: &Value, address: &str) -> Option<String> {
    let text = |path: &str| event.pointer(path).and_then(Value::as_str);
    match text("/message/method")? {
        "Network.requestWillBeSent" => {
            let url = text("/message/params/request/url")?;
            (!is_allowed(url, address)).then(|| format!("request to {url}"))
        }
        "Network.responseReceived" => {
            let status = event.pointer("/message/params/response/status")?.as_u64()?;
            let url = text("/message/params/response/url")?;
            (status >= 400).then(|| format!("answer {status} for {url}"))
        }
        "Network.webSocketCreated" => {
            Some(format!("socket to {}", text("/message/params/url").unwrap_or_default()))
        }
        _ => None,
    }
}

/// The site may ask for files of its own folder, the single file for itself; both for what they made themselves.
fn is_allowed(url: &str, address: &str) -> bool {
    let own = ["data:", "blob:", "about:"];
    if own.iter().any(|scheme| url.starts_with(scheme)) {
        return true;
    }
    let url = url.split('#').next().unwrap_or_default();
    if address.starts_with("file:") { url == address } else { url.starts_with(address) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_site_asks_for_its_own_folder_only() {
        let site = "http://127.0.0.1:4000/county/plans/";
        assert!(is_allowed("http://127.0.0.1:4000/county/plans/a.js", site));
        assert!(is_allowed("data:image/png;base64,AA", site));
        assert!(!is_allowed("http://127.0.0.1:4000/favicon.ico", site));
        assert!(!is_allowed("https://example.org/", site));
    }

    #[test]
    fn the_single_file_asks_for_itself_only() {
        let file = "file:///tmp/bianheng.html";
        assert!(is_allowed("file:///tmp/bianheng.html#/pool", file));
        assert!(!is_allowed("file:///tmp/other.css", file));
    }
}
