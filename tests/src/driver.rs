//! chromedriver as a child process on a port of its own choosing. Never outlives the tests.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow};
use xtask::browser::{self, Browser};

/// How long a driver may take to end by itself.
const PATIENCE: Duration = Duration::from_secs(10);

/// A running chromedriver; ended when the value goes.
pub struct Driver {
    child: Child,
    /// The address that sessions are asked from.
    pub url: String,
    /// The browser that it starts.
    pub browser: Browser,
}

impl Driver {
    /// Starts chromedriver and waits until it tells its port.
    pub fn start() -> Result<Self> {
        let browser = browser::find().map_err(|trouble| anyhow!(trouble))?;
        let mut child = Command::new(&browser.driver)
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .context("cannot start chromedriver")?;
        let out = child.stdout.take().context("chromedriver has no output")?;
        let mut lines = BufReader::new(out).lines().map_while(Result::ok);
        let port = lines.find_map(|line| port_in(&line));
        // Read on, so that the driver never waits for a full pipe.
        std::thread::spawn(move || lines.for_each(drop));
        let url = match port {
            Some(port) => format!("http://127.0.0.1:{port}"),
            None => {
                let _ = child.kill().and_then(|()| child.wait());
                return Err(anyhow!("chromedriver ended without telling its port"));
            }
        };
        Ok(Self { child, url, browser })
    }
}

impl Driver {
    /// Asks the driver to end with all its browsers. Killing it alone would leave the browsers behind.
    fn ask_to_end(&self) -> std::io::Result<()> {
        let address = self.url.trim_start_matches("http://");
        let mut stream = TcpStream::connect(address)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        write!(stream, "GET /shutdown HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n")?;
        stream.read_to_end(&mut Vec::new()).map(drop)
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // Nothing can be done here about a driver that is deaf, or gone already.
        let _ = self.ask_to_end();
        let end = Instant::now() + PATIENCE;
        while Instant::now() < end && matches!(self.child.try_wait(), Ok(None)) {
            std::thread::sleep(Duration::from_millis(20));
        }
        let _ = self.child.kill().and_then(|()| self.child.wait());
    }
}

fn port_in(line: &str) -> Option<u16> {
    let (_, tail) = line.split_once("started successfully on port ")?;
    tail.trim_end_matches('.').parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_port_is_read_from_the_line_of_the_driver() {
        let line = "ChromeDriver was started successfully on port 40123.";
        assert_eq!(port_in(line), Some(40123));
        assert_eq!(port_in("Starting ChromeDriver on port 0"), None);
    }
}
