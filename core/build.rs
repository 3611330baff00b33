//! Turns the data files that people write as TOML, norm packs and yardsticks, into the JSON that
//! the library reads, so that the app needs one reader only.

use std::path::Path;
use std::{env, fs};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let out = env::var("OUT_DIR")?;
    for folder in ["norms", "yardsticks"] {
        println!("cargo::rerun-if-changed={folder}");
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.extension().is_none_or(|extension| extension != "toml") {
                continue;
            }
            let data: toml::Value = toml::from_str(&fs::read_to_string(&path)?)
                .map_err(|error| format!("{}: {error}", path.display()))?;
            let name = path.file_stem().ok_or("a data file without a name")?;
            let target = Path::new(&out).join(name).with_extension("json");
            fs::write(target, serde_json::to_string(&data)?)?;
        }
    }
    Ok(())
}
