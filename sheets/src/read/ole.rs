//! The container of Excel 97–2003 files: a small file system of sectors. It only finds a stream by
//! its name; every step is bounded, because a broken file may chain its sectors in a circle.

use super::ReadError;

const FREE: u32 = 0xffff_fff0;
/// Sectors that a chain may have: more than any file that is read holds.
const MAX_CHAIN: usize = super::MAX_BYTES / 64;

/// The opened container.
pub(super) struct Container<'a> {
    bytes: &'a [u8],
    sector: usize,
    table: Vec<u32>,
    small_table: Vec<u32>,
    small: Vec<u8>,
    small_sector: usize,
    cutoff: usize,
    entries: Vec<Entry>,
}

struct Entry {
    name: String,
    start: u32,
    size: usize,
}

/// Two bytes, low first.
pub(super) fn word(bytes: &[u8], at: usize) -> Option<u16> {
    let pair = bytes.get(at..at.checked_add(2)?)?;
    Some(u16::from_le_bytes(pair.try_into().ok()?))
}

/// Four bytes, low first.
pub(super) fn long(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes(four.try_into().ok()?))
}

impl<'a> Container<'a> {
    /// Reads the tables and the directory.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, ReadError> {
        Self::try_open(bytes).ok_or(ReadError::Damaged)
    }

    fn try_open(bytes: &'a [u8]) -> Option<Self> {
        let shift = u32::from(word(bytes, 0x1e)?);
        let small_shift = u32::from(word(bytes, 0x20)?);
        if !(7..=16).contains(&shift) || !(4..=12).contains(&small_shift) {
            return None;
        }
        let mut this = Self {
            bytes,
            sector: 1 << shift,
            table: Vec::new(),
            small_table: Vec::new(),
            small: Vec::new(),
            small_sector: 1 << small_shift,
            cutoff: long(bytes, 0x38)? as usize,
            entries: Vec::new(),
        };
        let sectors = this.table_sectors()?;
        for sector in sectors {
            let Some(part) = this.sector_bytes(sector) else { continue };
            let entries = part.chunks_exact(4).filter_map(|four| long(four, 0));
            this.table.extend(entries);
        }
        let directory = this.chain(long(bytes, 0x30)?);
        for entry in directory.chunks_exact(128) {
            let length = usize::from(word(entry, 0x40)?).saturating_sub(2).min(62);
            let name = entry.get(..length)?.chunks_exact(2).filter_map(|pair| word(pair, 0));
            let name = String::from_utf16_lossy(&name.collect::<Vec<_>>());
            let (start, size) = (long(entry, 0x74)?, long(entry, 0x78)? as usize);
            // Kind 5 is the root, whose stream holds the small sectors.
            if entry.get(0x42) == Some(&5) {
                this.small = this.chain(start);
                this.small.truncate(size);
            }
            this.entries.push(Entry { name, start, size });
        }
        let small_table = this.chain(long(bytes, 0x3c)?);
        this.small_table = small_table.chunks_exact(4).filter_map(|four| long(four, 0)).collect();
        Some(this)
    }

    /// Where the table of sectors stands: 109 places in the head, the rest in a chain.
    fn table_sectors(&self) -> Option<Vec<u32>> {
        let most = self.bytes.len() / self.sector + 1;
        let mut sectors: Vec<u32> =
            (0..109).filter_map(|at| long(self.bytes, 0x4c + at * 4)).collect();
        let mut next = long(self.bytes, 0x44)?;
        let mut steps = 0;
        while next < FREE && steps <= most {
            let part = self.sector_bytes(next)?;
            let last = part.len().checked_sub(4)?;
            sectors.extend(part.get(..last)?.chunks_exact(4).filter_map(|four| long(four, 0)));
            next = long(part, last)?;
            steps += 1;
        }
        sectors.retain(|sector| *sector < FREE);
        sectors.truncate(most);
        Some(sectors)
    }

    fn sector_bytes(&self, sector: u32) -> Option<&'a [u8]> {
        let start = (sector as usize).checked_add(1)?.checked_mul(self.sector)?;
        // The last sector of a file may be cut short.
        let end = start.checked_add(self.sector)?.min(self.bytes.len());
        self.bytes.get(start..end)
    }

    fn chain(&self, start: u32) -> Vec<u8> {
        let mut out = Vec::new();
        let mut next = start;
        for _ in 0..MAX_CHAIN {
            if next >= FREE || out.len() > self.bytes.len() {
                break;
            }
            let Some(part) = self.sector_bytes(next) else { break };
            out.extend_from_slice(part);
            next = self.table.get(next as usize).copied().unwrap_or(u32::MAX);
        }
        out
    }

    /// Whether there is a stream of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|entry| entry.name == name)
    }

    /// The bytes of a stream.
    pub(super) fn stream(&self, name: &str) -> Option<Vec<u8>> {
        let entry = self.entries.iter().find(|entry| entry.name == name)?;
        if entry.size >= self.cutoff {
            let mut out = self.chain(entry.start);
            out.truncate(entry.size);
            return Some(out);
        }
        let mut out = Vec::new();
        let mut next = entry.start;
        while next < FREE && out.len() < entry.size {
            let start = (next as usize).checked_mul(self.small_sector)?;
            let end = start.checked_add(self.small_sector)?.min(self.small.len());
            out.extend_from_slice(self.small.get(start..end)?);
            next = self.small_table.get(next as usize).copied().unwrap_or(u32::MAX);
        }
        out.truncate(entry.size);
        Some(out)
    }
}
