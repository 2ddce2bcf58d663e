//! The files that the styles of a handbook's own theme name: fonts and images, which are published with the pages.

use super::Site;
use crate::finding::{Diagnostic, Findings, Names, codes};
use crate::text::Text;

/// The way from the stylesheet to the site's root.
const ROOT: &str = "../";

/// Notes addresses in styles at which nothing is published, or which are on another web site.
pub fn check(site: &Site, findings: &Findings) {
    for address in &site.theme.style_urls {
        findings.extend(fault(site, address));
    }
}

fn fault(site: &Site, address: &Text) -> Option<Diagnostic> {
    let written = address.as_str();
    let path = written.split(['?', '#']).next().unwrap_or_default();
    if path.is_empty() || written.starts_with("data:") {
        return None;
    }
    if written.contains(':') || written.starts_with("//") {
        let message = "this style loads something from another web site";
        return Some(Diagnostic::new(codes::STYLE, message).at(address.whole()).help(
            "pages ask no other site for anything: put the file into the folder content, and name it from there: \
             url(\"../fonts/name.woff2\")",
        ));
    }
    let decoded = percent_encoding::percent_decode_str(path).decode_utf8_lossy();
    let published = decoded.strip_prefix(ROOT).filter(|path| site.has_route(path));
    if published.is_some() {
        return None;
    }
    let assets = site.handbook.assets.iter().map(|asset| format!("{ROOT}{}", asset.address));
    let known = Names::of(assets);
    let name = decoded.rsplit('/').next().unwrap_or(&decoded);
    let finding = Diagnostic::new(codes::MISSING_FILE, format!("there is no file `{written}` for this style"));
    let finding = finding.at(address.whole());
    let near = known.nearest(&decoded).or_else(|| known.each().find(|path| path.rsplit('/').next() == Some(name)));
    let finding = match near {
        Some(near) => finding.help(format!("did you mean `{near}`?")),
        None => finding,
    };
    Some(
        finding
            .help("styles stand in the folder assets of the site, so content/fonts/name.woff2 is ../fonts/name.woff2"),
    )
}
