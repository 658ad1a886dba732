//! A browser without a window, told what to do over a pipe in Chromium's debugging protocol.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};

/// Longer than anything takes on a machine that is busy.
const PATIENCE: Duration = Duration::from_secs(50);

const PROGRAMS: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];

/// One page in a browser of its own.
pub(crate) struct Browser {
    child: Child,
    input: ChildStdin,
    messages: Receiver<Value>,
    session: Option<String>,
    calls: u64,
    /// Requests, errors and messages of the page since it was opened.
    pub(crate) troubles: Vec<String>,
}

impl Browser {
    /// Starts the browser; nothing, and a line that says so, where there is none.
    pub(crate) fn start(folder: &Path) -> Option<Self> {
        let Some(program) = PROGRAMS.into_iter().find(|name| is_there(name)) else {
            println!("skipped: none of {PROGRAMS:?} is installed");
            return None;
        };
        // The browser reads from descriptor 3 and writes to descriptor 4.
        let script = r#"exec "$0" --headless --no-sandbox --disable-gpu --hide-scrollbars --remote-debugging-pipe \
            --user-data-dir="$1" about:blank 3<&0 4>&1 </dev/null >/dev/null 2>&1"#;
        let mut child = Command::new("sh")
            .args(["-c", script, program])
            .arg(folder.join("profile"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("a shell starts");
        let input = child.stdin.take().expect("it is piped");
        let messages = listen(child.stdout.take().expect("it is piped"));
        let mut browser = Self {
            child,
            input,
            messages,
            session: None,
            calls: 0,
            troubles: Vec::new(),
        };
        browser.attach();
        Some(browser)
    }

    fn attach(&mut self) {
        let target = self.call("Target.createTarget", json!({"url": "about:blank"}));
        let target = json!({"targetId": target["targetId"], "flatten": true});
        let session = self.call("Target.attachToTarget", target);
        self.session = session["sessionId"].as_str().map(str::to_owned);
        for domain in ["Page", "Runtime", "Network", "Log"] {
            self.call(&format!("{domain}.enable"), json!({}));
        }
    }

    /// Opens a file at this width of the window, in light or dark colours.
    pub(crate) fn open(&mut self, page: &Path, width: u32, scheme: &str) {
        self.call(
            "Emulation.setDeviceMetricsOverride",
            json!({"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500}),
        );
        let scheme = json!({"features": [{"name": "prefers-color-scheme", "value": scheme}]});
        self.call("Emulation.setEmulatedMedia", scheme);
        self.troubles.clear();
        self.call(
            "Page.navigate",
            json!({"url": format!("file://{}", page.display())}),
        );
        self.wait_for("location.href !== 'about:blank' && document.readyState === 'complete'");
    }

    /// Waits until an expression is true; a page that is being left may not answer.
    pub(crate) fn wait_for(&mut self, expression: &str) {
        let step = Duration::from_millis(50);
        for _ in 0..PATIENCE.as_millis() / step.as_millis() {
            if self.evaluate(expression) == json!(true) {
                return;
            }
            thread::sleep(step);
        }
        panic!("{expression} never holds");
    }

    /// What an expression comes to in the page.
    pub(crate) fn evaluate(&mut self, expression: &str) -> Value {
        let answer = self.call(
            "Runtime.evaluate",
            json!({"expression": expression, "returnByValue": true, "awaitPromise": true}),
        );
        assert!(
            answer["exceptionDetails"].is_null(),
            "{expression}: {answer}"
        );
        answer["result"]["value"].clone()
    }

    /// Presses and lets go of a key.
    pub(crate) fn press(&mut self, key: &str) {
        let text = if key.len() == 1 { key } else { "" };
        for kind in ["keyDown", "keyUp"] {
            let event = json!({"type": kind, "key": key, "text": if kind == "keyDown" { text } else { "" }});
            self.call("Input.dispatchKeyEvent", event);
        }
    }

    /// Clicks in the middle of the first element of a selector.
    pub(crate) fn click(&mut self, selector: &str) {
        let place = self.evaluate(&format!(
            "(() => {{ const e = document.querySelector({selector:?}); e.scrollIntoView({{block: 'center'}}); \
             const b = e.getBoundingClientRect(); return [b.left + b.width / 2, b.top + b.height / 2]; }})()"
        ));
        for kind in ["mousePressed", "mouseReleased"] {
            self.call(
                "Input.dispatchMouseEvent",
                json!({"type": kind, "x": place[0], "y": place[1], "button": "left", "clickCount": 1}),
            );
        }
    }

    /// Saves what the page looks like, as long as it is.
    pub(crate) fn picture(&mut self, path: &Path) {
        let options = json!({"captureBeyondViewport": true, "format": "png"});
        let answer = self.call("Page.captureScreenshot", options);
        let data = answer["data"].as_str().expect("a picture is text");
        let bytes = BASE64_STANDARD.decode(data).expect("it is base 64");
        std::fs::write(path, bytes).expect("the folder can be written to");
    }

    fn call(&mut self, method: &str, parameters: Value) -> Value {
        self.calls += 1;
        let mut message = json!({"id": self.calls, "method": method, "params": parameters});
        if let Some(session) = &self.session {
            message["sessionId"] = json!(session);
        }
        write!(self.input, "{message}\0").expect("the browser listens");
        self.input.flush().expect("the browser listens");
        loop {
            let answer = self
                .messages
                .recv_timeout(PATIENCE)
                .expect("the browser answers");
            if answer["id"] == json!(self.calls) {
                assert!(answer["error"].is_null(), "{method}: {answer}");
                return answer["result"].clone();
            }
            self.note(&answer);
        }
    }

    /// Keeps what a page must not do: ask for anything but itself, throw, or complain.
    fn note(&mut self, event: &Value) {
        let method = event["method"].as_str().unwrap_or_default();
        let trouble = match method {
            "Network.requestWillBeSent" => event["params"]["type"] != json!("Document"),
            "Runtime.exceptionThrown" | "Runtime.consoleAPICalled" | "Log.entryAdded" => true,
            _ => false,
        };
        let url = event["params"]["request"]["url"]
            .as_str()
            .unwrap_or_default();
        if trouble && !url.starts_with("data:") {
            self.troubles.push(event.to_string());
        }
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn is_there(program: &str) -> bool {
    let version = Command::new(program).arg("--version").output();
    version.is_ok_and(|output| output.status.success())
}

/// Reads messages, each ended by a zero byte, on a thread of its own.
fn listen(output: impl Read + Send + 'static) -> Receiver<Value> {
    let (sender, receiver) = channel();
    thread::spawn(move || {
        for message in BufReader::new(output).split(0) {
            let Ok(bytes) = message else { return };
            let Ok(message) = serde_json::from_slice(&bytes) else {
                return;
            };
            if sender.send(message).is_err() {
                return;
            }
        }
    });
    receiver
}
