//! Text in an encoding of the country, by the tables that every browser holds.

use web_sys::TextDecoder;

/// Bytes in GB18030 as text, with U+FFFD for what is broken; `None` where the browser cannot.
pub fn gb18030(bytes: &[u8]) -> Option<String> {
    TextDecoder::new_with_label("gb18030").ok()?.decode_with_u8_array(bytes).ok()
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::gb18030;

    #[wasm_bindgen_test]
    fn what_chinese_office_programs_write_reads_as_text() {
        // 城关 in GB18030, then a byte that begins nothing.
        assert_eq!(gb18030(b"\xb3\xc7\xb9\xd8\xff").as_deref(), Some("城关\u{fffd}"));
    }
}
