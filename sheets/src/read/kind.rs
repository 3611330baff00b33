//! What a file is, told by its first bytes.

use std::io::Cursor;

use super::xml::Archive;
use super::{ReadError, limits};

/// A kind of file that is read; an archive comes opened and measured.
pub(super) enum Kind<'a> {
    Xlsx(Archive<'a>),
    Ods(Archive<'a>),
    /// The container of Excel 97–2003; what is in it is seen later.
    Ole,
    Text,
}

/// How many bytes at the start are looked at for text marks.
const HEAD: usize = 4 << 10;

const PICTURES: [&[u8]; 8] =
    [b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*", b"RIFF", b"\0\0\x01\0"];

/// Tells the kind, or refuses the file with the reason.
pub(super) fn kind_of(bytes: &[u8]) -> Result<Kind<'_>, ReadError> {
    if bytes.iter().all(|byte| byte.is_ascii_whitespace() || *byte == 0) {
        return Err(ReadError::Empty);
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return archive(bytes);
    }
    if bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return Ok(Kind::Ole);
    }
    if bytes.starts_with(b"%PDF") {
        return Err(ReadError::Pdf);
    }
    if bytes.starts_with(b"{\\rtf") {
        return Err(ReadError::Document);
    }
    // Marks of other archives: RAR, 7z, gzip.
    if [&b"Rar!"[..], b"7z\xbc\xaf", b"\x1f\x8b"].iter().any(|mark| bytes.starts_with(mark)) {
        return Err(ReadError::Archive);
    }
    // "BM" and "RIFF" are also letters: a picture has bytes that no text has.
    let head = bytes.get(..HEAD).unwrap_or(bytes);
    if PICTURES.iter().any(|mark| bytes.starts_with(mark)) && head.iter().any(|b| *b < 9) {
        return Err(ReadError::Picture);
    }
    // A bare BIFF stream: Excel 2 to 4.
    if head.starts_with(b"\x09\x00\x04\x00") || head.starts_with(b"\x09\x02\x06\x00") {
        return Err(ReadError::OtherWorkbook);
    }
    text_like(head)?;
    Ok(Kind::Text)
}

/// Text that is no table: a web page, a workbook written as XML, a scenario file.
fn text_like(head: &[u8]) -> Result<(), ReadError> {
    let text = String::from_utf8_lossy(head).to_ascii_lowercase();
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    if text.starts_with("<?xml") || text.starts_with("<?mso") {
        let workbook = text.contains("urn:schemas-microsoft-com:office:spreadsheet");
        let page = text.contains("<html");
        return Err(match (workbook, page) {
            (_, true) => ReadError::WebPage,
            (true, _) => ReadError::OtherWorkbook,
            _ => ReadError::Unknown,
        });
    }
    if ["<html", "<!doctype", "<table", "<head", "<meta", "<body", "<style", "mime-version:"]
        .iter()
        .any(|mark| text.starts_with(mark))
    {
        return Err(ReadError::WebPage);
    }
    if text.starts_with('{') && text.contains("bianheng") {
        return Err(ReadError::Scenario);
    }
    Ok(())
}

fn archive(bytes: &[u8]) -> Result<Kind<'_>, ReadError> {
    let mut archive = Archive::new(Cursor::new(bytes)).map_err(|_| ReadError::Damaged)?;
    limits::measure(&mut archive)?;
    let has =
        |name: &str| archive.file_names().flatten().any(|entry| entry.eq_ignore_ascii_case(name));
    if has("xl/workbook.xml") {
        return Ok(Kind::Xlsx(archive));
    }
    if has("xl/workbook.bin") {
        return Err(ReadError::OtherWorkbook);
    }
    if has("word/document.xml") || has("ppt/presentation.xml") {
        return Err(ReadError::Document);
    }
    if !has("content.xml") {
        return Err(ReadError::Archive);
    }
    let mut mime = String::new();
    if let Ok(entry) = archive.by_name("mimetype") {
        let mut entry = std::io::Read::take(entry, 128);
        // An unreadable type is as good as none.
        let _ = std::io::Read::read_to_string(&mut entry, &mut mime);
    }
    if mime.contains("opendocument.spreadsheet") {
        Ok(Kind::Ods(archive))
    } else if mime.contains("opendocument") {
        Err(ReadError::Document)
    } else {
        Err(ReadError::Archive)
    }
}
