//! Turns the data files that people write as TOML, norm packs, yardsticks and presets of pools, into
//! the JSON that the library reads, so that the app needs one reader only, and lists the packs so
//! that the app need not read them all.

use std::fmt::Write;
use std::path::Path;
use std::{env, fs};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let out = env::var("OUT_DIR")?;
    let mut packs = Vec::new();
    let mut pools = Vec::new();
    for folder in ["norms", "yardsticks", "pools"] {
        println!("cargo::rerun-if-changed={folder}");
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.extension().is_none_or(|extension| extension != "toml") {
                continue;
            }
            let data: toml::Value = toml::from_str(&fs::read_to_string(&path)?)
                .map_err(|error| format!("{}: {error}", path.display()))?;
            if folder == "pools" {
                pools.push(data);
                continue;
            }
            let name = path.file_stem().ok_or("a data file without a name")?;
            let target = Path::new(&out).join(name).with_extension("json");
            fs::write(target, serde_json::to_string(&data)?)?;
            if folder == "norms" {
                packs.push((name.to_string_lossy().into_owned(), data));
            }
        }
    }
    fs::write(Path::new(&out).join("packs.rs"), list(&packs)?)?;
    // The presets of pools are few and small: one file, in the order of their ids.
    let id = |pool: &toml::Value| pool.get("id").and_then(toml::Value::as_str).map(str::to_owned);
    pools.sort_by_key(id);
    fs::write(Path::new(&out).join("pools.json"), serde_json::to_string(&pools)?)?;
    Ok(())
}

/// The list of packs as code: those to go by first, then those for reference, Chinese ones before
/// others.
fn list(packs: &[(String, toml::Value)]) -> Result<String, Box<dyn std::error::Error>> {
    let mut entries = Vec::new();
    for (name, pack) in packs {
        let text = |value: Option<&toml::Value>| {
            value.and_then(toml::Value::as_str).unwrap_or_default().to_owned()
        };
        let title = |lang| text(pack.get("title").and_then(|title| title.get(lang)));
        let (id, region) = (text(pack.get("id")), text(pack.get("region")));
        let library = pack.get("library").and_then(toml::Value::as_bool) == Some(true);
        entries.push(((library, region != "CN", id), title("zh"), title("en"), region, name));
    }
    entries.sort();
    let mut code = format!("const LISTED: [Entry; {}] = [\n", entries.len());
    for ((library, _, id), zh, en, region, name) in entries {
        writeln!(
            code,
            "Entry {{ id: {id:?}, zh: {zh:?}, en: {en:?}, region: {region:?}, library: {library}, \
             json: include_str!(concat!(env!(\"OUT_DIR\"), {:?})) }},",
            format!("/{name}.json")
        )?;
    }
    code.push_str("];\n");
    Ok(code)
}
