//! What profiles need: the names of values, behaviours and points, resolved.

use rustc_hash::FxHashMap;

use super::super::draft::ProfileDraft;
use super::super::{Framework, Index, ItemRef, Need, Profile};
use crate::content::anchors::Anchors;
use crate::content::prose::Prose;
use crate::finding::{Diagnostic, Findings, Names, codes, there_are};
use crate::text::{SourceFile, Text};
use crate::words::slug::{label_key, slug};

/// Makes the profiles of a framework that is whole but for them.
pub(super) fn assemble(
    drafts: Vec<ProfileDraft>,
    framework: &Framework,
    file: &SourceFile,
    findings: &Findings,
) -> Vec<Profile> {
    if drafts.is_empty() {
        return Vec::new();
    }
    let known = Needable::of(framework);
    drafts.into_iter().map(|draft| profile(draft, &known, file, findings)).collect()
}

fn profile(draft: ProfileDraft, known: &Needable<'_>, file: &SourceFile, findings: &Findings) -> Profile {
    let mut needs: Vec<Need> = Vec::new();
    for (name, needed) in &draft.needs {
        let item = known.item(name, findings);
        let at = known.point(needed, findings);
        if let (Some(item), Some((scale, point))) = (item, at) {
            needs.push(Need { item, scale, point, span: needed.whole() });
        }
    }
    needs.sort_by_key(|need| need.item);
    let mut anchors = Anchors::for_page();
    Profile {
        id: draft.id,
        title: draft.title,
        span: draft.span,
        description: draft.description.map(|text| Prose::parse(text, &mut anchors, file, findings)),
        needs,
    }
}

/// What profiles may call the framework's values, behaviours and points.
struct Needable<'a> {
    framework: &'a Framework,
    index: Index,
    by_title: FxHashMap<String, Vec<ItemRef>>,
    item_ids: Names,
    point_ids: Names,
}

impl<'a> Needable<'a> {
    fn of(framework: &'a Framework) -> Self {
        let mut by_title: FxHashMap<String, Vec<ItemRef>> = FxHashMap::default();
        for at in framework.items() {
            by_title.entry(label_key(&framework.item(at).title)).or_default().push(at);
        }
        let points = framework.scales.iter().flat_map(|scale| scale.points.iter().map(|point| point.id.as_str()));
        let ids = framework.items().map(|at| framework.item(at).id.as_str());
        Self {
            framework,
            index: Index::of(framework),
            by_title,
            item_ids: Names::of(ids),
            point_ids: Names::of(points),
        }
    }

    /// A value or behaviour by its id, `value/behaviour`, or its title.
    fn item(&self, name: &Text, findings: &Findings) -> Option<ItemRef> {
        let given = name.as_str();
        let by_title = self.by_title.get(&label_key(given)).map_or(&[][..], Vec::as_slice);
        let mut found = [self.index.items(given), self.index.items(&slug(given)), by_title].concat();
        found.sort_unstable();
        found.dedup();
        match found[..] {
            [at] => Some(at),
            [] => {
                findings.push(
                    Diagnostic::new(
                        codes::UNKNOWN_VALUE,
                        format!("this framework has no value or behaviour `{given}`"),
                    )
                    .at(name.whole())
                    .suggest(given, &self.item_ids)
                    .help(there_are("value", "values and behaviours", &self.item_ids)),
                );
                None
            }
            [first, ..] => {
                findings.push(
                    Diagnostic::new(codes::UNKNOWN_VALUE, format!("`{given}` could be several behaviours"))
                        .at(name.whole())
                        .help(format!("say which with its value before it: \"{}\"", self.framework.full_id(first))),
                );
                None
            }
        }
    }

    /// A point by its id, its words, or `scale/point`.
    fn point(&self, name: &Text, findings: &Findings) -> Option<(usize, usize)> {
        let given = name.as_str();
        let scales = || self.framework.scales.iter().enumerate();
        let whole = given.split_once('/').and_then(|(scale, point)| {
            let (index, scale) = scales().find(|(_, own)| own.id == scale)?;
            scale.point(point).map(|point| (index, point))
        });
        let found =
            whole.or_else(|| scales().find_map(|(index, scale)| scale.point(given).map(|point| (index, point))));
        if found.is_none() {
            findings.push(
                Diagnostic::new(codes::UNKNOWN_POINT, format!("this framework has no point `{given}`"))
                    .at(name.whole())
                    .suggest(given, &self.point_ids)
                    .help(there_are("point", "points", &self.point_ids)),
            );
        }
        found
    }
}
