//! The XML inside workbooks: one kind of reader, the text of an event, the value of an attribute.
//! It knows nothing of what the elements mean.

use std::io::{BufRead, BufReader, Cursor};

use quick_xml::Reader;
use quick_xml::XmlVersion::Implicit1_0;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::ReadError;

/// The packed parts of a workbook.
pub(super) type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;
/// A reader of one part.
pub(super) type Xml<'a> = Reader<Box<dyn BufRead + 'a>>;

/// Opens a part; `None` where the archive has none of that name.
pub(super) fn open<'a>(archive: &'a mut Archive<'_>, name: &str) -> Option<Xml<'a>> {
    let part = archive.by_name(name).ok()?;
    let mut reader = Reader::from_reader(Box::new(BufReader::new(part)) as Box<dyn BufRead>);
    reader.config_mut().check_end_names = false;
    Some(reader)
}

/// Reads events until the end, each handed on.
pub(super) fn each(
    reader: &mut Xml<'_>,
    take: &mut dyn FnMut(Event<'_>) -> Result<(), ReadError>,
) -> Result<(), ReadError> {
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer).map_err(|_| ReadError::Damaged)? {
            Event::Eof => return Ok(()),
            event => take(event)?,
        }
    }
}

/// The text that an event adds to the element it stands in.
pub(super) fn text_of(event: &Event<'_>) -> Option<String> {
    match event {
        Event::Text(text) => Some(text.xml_content(Implicit1_0).into_owned()),
        Event::CData(text) => Some(text.xml_content(Implicit1_0).into_owned()),
        Event::GeneralRef(name) => Some(match name.resolve_char_ref() {
            Ok(Some(c)) => c.to_string(),
            _ => {
                let name = name.xml_content(Implicit1_0);
                let known = quick_xml::escape::resolve_predefined_entity(&name);
                known.unwrap_or_default().to_owned()
            }
        }),
        _ => None,
    }
}

/// The value of an attribute, whatever prefix its name has.
pub(super) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = element.attributes().flatten();
    let mut found = found.filter(|attribute| {
        let local: &str = attribute.key.local_name().into_inner();
        local == name
    });
    let value = found.next()?.normalized_value(Implicit1_0).ok()?;
    Some(value.into_owned())
}
