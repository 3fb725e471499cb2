//! Where the files of a report go, and what is said of it.

use crate::cli::noun::prelude::*;
use crate::domain::Text;
use crate::ops::written_file::Fate;
use crate::publish::folder::{self, MakesWay};
use crate::report::manifest::ExportFile;
use crate::store::releases::ReleaseKind;
use std::path::PathBuf;

/// The folder of drafts.
const DRAFTS: &str = "drafts";

/// Where the files of a report go.
pub struct Folder {
    /// Where it goes.
    pub place: PathBuf,
    /// Its name.
    pub name: String,
    forced: bool,
}

impl Folder {
    /// The folder of a name under `-o`, or under `exports/`.
    pub fn of(ctx: &Context<'_>, matches: &Matches, name: &str) -> Folder {
        let place = ctx.env.file(matches.text(&flags::FOLDER).unwrap_or("exports/"));
        Folder { place, name: name.to_owned(), forced: matches.has(&flags::FORCE) }
    }
    /// The folder of a draft, which lies apart from everything that may be sent.
    pub fn of_draft(ctx: &Context<'_>, matches: &Matches, name: &str) -> Folder {
        let place = match matches.text(&flags::FOLDER) {
            Some(typed) => ctx.env.file(typed).join(DRAFTS),
            None => ctx.env.file(DRAFTS),
        };
        Folder { place, name: name.to_owned(), forced: matches.has(&flags::FORCE) }
    }
    /// What makes way: with `--force` any report, else the one given.
    pub fn over(&self, otherwise: MakesWay) -> MakesWay {
        if self.forced { MakesWay::AnyReport } else { otherwise }
    }
    /// Refuses before anything is closed what could not be written after.
    pub fn check(&self, files: &[ExportFile]) -> Result<()> {
        folder::check(&self.place.join(&self.name), files, self.over(MakesWay::Provisional))
    }
    /// What is said of files that were written.
    pub fn sentence(&self, files: &[ExportFile], state: &Text) -> Text {
        let shown = self.place.join(&self.name);
        let (shown, n) = (shown.display(), files.len());
        text!("✓ {shown}/    {n} fichiers    {state}", "✓ {shown}/    {n} files    {state}"; state)
    }
}

/// Writes the files of a closed report and says where.
pub fn put(folder: &Folder, files: &[ExportFile]) -> Result<Text> {
    place(folder, files, ReleaseKind::Close).map(|(sentence, _)| sentence)
}

/// The same, with what became of the folder.
pub fn place(folder: &Folder, files: &[ExportFile], kind: ReleaseKind) -> Result<(Text, Fate)> {
    let fate = folder::write(&folder.place, &folder.name, files, folder.over(MakesWay::Provisional))?;
    let state = match (kind, fate) {
        (ReleaseKind::Close, Fate::Unchanged) => Text::new("clos, inchangé", "closed, unchanged"),
        (ReleaseKind::Close, Fate::Written) => Text::new("clos", "closed"),
        (ReleaseKind::Export, Fate::Unchanged) => Text::new("provisoire, inchangé", "provisional, unchanged"),
        (ReleaseKind::Export, Fate::Written) => Text::new("provisoire", "provisional"),
    };
    Ok((folder.sentence(files, &state), fate))
}
