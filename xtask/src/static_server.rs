//! A small server of static files on the loopback interface, for a look at the site and for the tests.
//! Serves files of one folder under one path and nothing else; never listens on another interface.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Component, Path, PathBuf};
use std::time::Duration;

/// A server that runs until the program ends.
pub struct StaticServer {
    listener: TcpListener,
    folder: PathBuf,
    prefix: String,
}

impl StaticServer {
    /// Takes a port (0 for any free one) for the files of `folder` under `prefix`, which starts and ends with a slash.
    pub fn bind(port: u16, folder: &Path, prefix: &str) -> Result<Self, String> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))
            .map_err(|error| format!("cannot listen on 127.0.0.1:{port}: {error}"))?;
        Ok(Self { listener, folder: folder.to_path_buf(), prefix: prefix.to_owned() })
    }

    /// Where the page is.
    pub fn url(&self) -> Result<String, String> {
        let address: SocketAddr =
            self.listener.local_addr().map_err(|error| format!("lost the port: {error}"))?;
        Ok(format!("http://{address}{}", self.prefix))
    }

    /// Answers requests for ever, each on a thread of its own.
    pub fn run(self) {
        let shared = std::sync::Arc::new((self.folder, self.prefix));
        for stream in self.listener.incoming().filter_map(Result::ok) {
            let shared = std::sync::Arc::clone(&shared);
            // A browser that hangs up in the middle is its own affair.
            std::thread::spawn(move || {
                let _ = answer(&stream, &shared.0, &shared.1);
            });
        }
    }
}

fn answer(stream: &TcpStream, folder: &Path, prefix: &str) -> std::io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    let mut reader = BufReader::new(stream.take(16 * 1024));
    let mut request = String::new();
    reader.read_line(&mut request)?;
    let mut header = String::new();
    while reader.read_line(&mut header)? > 2 {
        header.clear();
    }
    let mut words = request.split(' ');
    let method = words.next().unwrap_or_default();
    let path = words.next().unwrap_or_default();
    let found = file_for(path, folder, prefix).and_then(|file| {
        let bytes = std::fs::read(&file).ok()?;
        Some((kind(&file), bytes))
    });
    let (status, kind, bytes) = match found {
        Some((kind, bytes)) => ("200 OK", kind, bytes),
        None => ("404 Not Found", "text/plain; charset=utf-8", b"not here".to_vec()),
    };
    let mut stream = stream;
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\
         Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n",
        bytes.len()
    )?;
    if method != "HEAD" {
        stream.write_all(&bytes)?;
    }
    stream.flush()
}

/// The file that a request names: inside the folder, whatever the path says.
fn file_for(path: &str, folder: &Path, prefix: &str) -> Option<PathBuf> {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let inside = path.strip_prefix(prefix)?;
    let inside = if inside.is_empty() { "index.html" } else { inside };
    let inside = Path::new(inside);
    let plain = inside.components().all(|part| matches!(part, Component::Normal(_)));
    plain.then(|| folder.join(inside))
}

fn kind(file: &Path) -> &'static str {
    match file.extension().and_then(std::ffi::OsStr::to_str).unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        // The only kind that browsers compile while it arrives.
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "json" => "application/json",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_under_the_prefix_and_inside_the_folder() {
        let file = |path| file_for(path, Path::new("site"), "/plan/");
        assert_eq!(file("/plan/"), Some(PathBuf::from("site/index.html")));
        assert_eq!(file("/plan/a.js?v=1"), Some(PathBuf::from("site/a.js")));
        assert_eq!(file("/a.js"), None);
        assert_eq!(file("/plan/../secret"), None);
        assert_eq!(file("/plan//etc/passwd"), None);
    }
}
