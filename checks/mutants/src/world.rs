//! The package that has all mutants in it: written below the target folder, and built once.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::error::{Error, Result};
use crate::mutant::Mutant;
use crate::render;
use crate::source::Source;

const MAIN: &str = include_str!("../world/main.rs");
const SWITCHES: &str = include_str!("../world/mutate.rs");

/// Where everything lies.
#[derive(Clone, Debug)]
pub struct World {
    /// The root of the repository.
    pub root: PathBuf,
    /// The package.
    pub folder: PathBuf,
}

impl World {
    /// The package of the repository at `root`.
    #[must_use]
    pub fn new(root: &Path) -> Self {
        Self {
            root: root.to_owned(),
            folder: root.join("target").join("mutants"),
        }
    }

    /// Writes the package, with the mutants that are not in `dropped`.
    ///
    /// # Errors
    /// When a file cannot be written.
    pub fn write(
        &self,
        sources: &[Source],
        mutants: &[Mutant],
        dropped: &BTreeSet<usize>,
    ) -> Result<()> {
        for source in sources {
            let text = render::render(source, mutants, dropped);
            self.put(&format!("src/{}", source.path), &text)?;
        }
        self.put("src/main.rs", MAIN)?;
        self.put("src/mutate.rs", SWITCHES)?;
        self.put("src/tables.rs", &self.tables(mutants.len()))?;
        self.put("Cargo.toml", &self.manifest())?;
        let lock = self.root.join("Cargo.lock");
        let text = fs::read_to_string(&lock).map_err(|error| Error::file("read", &lock, &error))?;
        if !self.folder.join("Cargo.lock").exists() {
            self.put("Cargo.lock", &text)?;
        }
        Ok(())
    }

    /// Writes a file that is not there yet as it should be.
    fn put(&self, name: &str, text: &str) -> Result<()> {
        let path = self.folder.join(name);
        if fs::read_to_string(&path).is_ok_and(|known| known == text) {
            return Ok(());
        }
        let parent = path.parent().unwrap_or(&self.folder);
        fs::create_dir_all(parent).map_err(|error| Error::file("make", parent, &error))?;
        fs::write(&path, text).map_err(|error| Error::file("write", &path, &error))
    }

    fn tables(&self, mutants: usize) -> String {
        let mount = |path: &str| self.root.join(path).display().to_string();
        format!(
            "//! What the package mounts.\n\n\
             #[path = {:?}]\npub mod scenarios;\n#[path = {:?}]\npub mod sync;\n\n\
             /// How many mutants there are.\npub const COUNT: usize = {mutants};\n",
            mount("checks/scenarios/mod.rs"),
            mount("models/graph/src/sync/mod.rs"),
        )
    }

    fn manifest(&self) -> String {
        let mut text = String::from(
            "[package]\nname = \"mutated\"\nversion = \"0.1.0\"\nedition = \"2024\"\npublish = false\n\n\
             [workspace]\n\n[dependencies]\n",
        );
        for (name, path) in [
            ("graph-engine", "models/graph/engine"),
            ("record", "models/record"),
            ("reports", "reports"),
        ] {
            let path = self.root.join(path).display().to_string();
            let _ = writeln!(text, "{name} = {{ path = {path:?} }}");
        }
        // As in the workspace, so that what is built there serves here, too.
        text + "num-bigint = \"0.4\"\nserde = { version = \"1\", features = [\"derive\"] }\nserde_json = \"1\"\n\n\
                [profile.release]\ndebug = \"line-tables-only\"\n\n\
                [profile.release.package.mutated]\nopt-level = 1\ndebug = false\ncodegen-units = 16\n"
    }

    /// Where cargo builds.
    #[must_use]
    pub fn target(&self) -> PathBuf {
        self.root.join("target")
    }

    /// The program that the package builds.
    #[must_use]
    pub fn program(&self) -> PathBuf {
        let name = format!("mutated{}", std::env::consts::EXE_SUFFIX);
        self.target().join("release").join(name)
    }

    /// The names of the scenarios, from the program.
    ///
    /// # Errors
    /// When it does not run.
    pub fn scenarios(&self) -> Result<Vec<String>> {
        let program = self.program();
        let output = Command::new(&program)
            .arg("list")
            .output()
            .map_err(|error| Error::file("run", &program, &error))?;
        let text = String::from_utf8_lossy(&output.stdout);
        Ok(text.lines().map(str::to_owned).collect())
    }
}
