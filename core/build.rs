//! Turns the norm packs, which people write as TOML, into the JSON that a scenario file carries,
//! so that the app needs one reader only.

use std::path::Path;
use std::{env, fs};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let out = env::var("OUT_DIR")?;
    println!("cargo::rerun-if-changed=norms");
    for entry in fs::read_dir("norms")? {
        let path = entry?.path();
        if path.extension().is_none_or(|extension| extension != "toml") {
            continue;
        }
        let pack: toml::Value = toml::from_str(&fs::read_to_string(&path)?)
            .map_err(|error| format!("{}: {error}", path.display()))?;
        let name = path.file_stem().ok_or("a pack without a name")?;
        let target = Path::new(&out).join(name).with_extension("json");
        fs::write(target, serde_json::to_string(&pack)?)?;
    }
    Ok(())
}
