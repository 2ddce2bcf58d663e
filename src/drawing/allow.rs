//! What may stand in a drawing: what draws, and nothing that runs or fetches. Each list is sorted.
//!
//! Elements and attributes are those of SVG 1.1 and 2, and a few that drawing programs write without a namespace of their own and
//! browsers don't know: `content` (draw.io), `flowRoot` (Inkscape), `p-id` (Iconfont). Addresses, styles and what is animated are held
//! to more than a list (`attribute`).

/// Whether a list has a name.
pub fn has(list: &[&str], name: &str) -> bool {
    list.binary_search(&name).is_ok()
}

/// Elements of a drawing.
pub const ELEMENTS: &[&str] = &[
    "a", "altGlyph", "altGlyphDef", "altGlyphItem", "animate", "animateColor", "animateMotion", "animateTransform",
    "circle", "clipPath", "cursor", "defs", "desc", "ellipse", "feBlend", "feColorMatrix", "feComponentTransfer",
    "feComposite", "feConvolveMatrix", "feDiffuseLighting", "feDisplacementMap", "feDistantLight", "feDropShadow",
    "feFlood", "feFuncA", "feFuncB", "feFuncG", "feFuncR", "feGaussianBlur", "feImage", "feMerge", "feMergeNode",
    "feMorphology", "feOffset", "fePointLight", "feSpecularLighting", "feSpotLight", "feTile", "feTurbulence", "filter",
    "flowDiv", "flowPara", "flowRegion", "flowRoot", "flowSpan", "font", "font-face", "font-face-format",
    "font-face-name", "font-face-src", "font-face-uri", "foreignObject", "g", "glyph", "glyphRef", "hatch", "hatchpath",
    "hkern", "image", "line", "linearGradient", "marker", "mask", "mesh", "meshgradient", "meshpatch", "meshrow",
    "metadata", "missing-glyph", "mpath", "path", "pattern", "polygon", "polyline", "radialGradient", "rect", "set",
    "solidColor", "solidcolor", "stop", "style", "svg", "switch", "symbol", "text", "textPath", "title", "tref",
    "tspan", "use", "view", "vkern",
];

/// Attributes whose value is a style property's, or becomes one in an animation.
pub const PROPERTIES: &[&str] = &[
    "alignment-baseline", "background", "background-color", "baseline-shift", "by", "clip", "clip-path", "clip-rule",
    "color", "color-interpolation", "color-interpolation-filters", "color-profile", "color-rendering", "cursor",
    "direction", "display", "dominant-baseline", "enable-background", "fill", "fill-opacity", "fill-rule", "filter",
    "flood-color", "flood-opacity", "font", "font-family", "font-feature-settings", "font-kerning", "font-size",
    "font-size-adjust", "font-stretch", "font-style", "font-variant", "font-variant-ligatures", "font-weight", "from",
    "glyph-orientation-horizontal", "glyph-orientation-vertical", "image-rendering", "inline-size", "isolation",
    "kerning", "letter-spacing", "lighting-color", "line-height", "marker", "marker-end", "marker-mid", "marker-start",
    "mask", "mask-type", "mix-blend-mode", "opacity", "overflow", "paint-order", "pointer-events", "shape-inside",
    "shape-rendering", "solid-color", "solid-opacity", "stop-color", "stop-opacity", "stroke", "stroke-alignment",
    "stroke-dasharray", "stroke-dashoffset", "stroke-linecap", "stroke-linejoin", "stroke-miterlimit", "stroke-opacity",
    "stroke-width", "text-align", "text-anchor", "text-decoration", "text-overflow", "text-rendering", "to",
    "transform-box", "transform-origin", "unicode-bidi", "values", "vector-effect", "visibility", "white-space",
    "white-space-collapse", "will-change", "word-spacing", "writing-mode",
];

/// Other attributes of a drawing's elements, beside `data-…` and `aria-…`.
pub const ATTRIBUTES: &[&str] = &[
    "accent-height", "accumulate", "additive", "alphabetic", "alt", "amplitude", "arabic-form", "ascent",
    "attributeType", "azimuth", "baseFrequency", "baseProfile", "bbox", "begin", "bias", "calcMode", "cap-height",
    "class", "clip-path-units", "clipPathUnits", "content", "contentScriptType", "contentStyleType", "crossorigin",
    "cx", "cy", "d", "descent", "diffuseConstant", "divisor", "download", "dur", "dx", "dy", "edgeMode", "elevation",
    "end", "exponent", "filterRes", "filterUnits", "focusable", "format", "fr", "fx", "fy", "g1", "g2", "glyph-name",
    "glyphRef", "gradientTransform", "gradientUnits", "hanging", "height", "horiz-adv-x", "horiz-origin-x",
    "horiz-origin-y", "host", "hreflang", "id", "ideographic", "in", "in2", "intercept", "k", "k1", "k2", "k3", "k4",
    "kernelMatrix", "kernelUnitLength", "keyPoints", "keySplines", "keyTimes", "lang", "lengthAdjust",
    "limitingConeAngle", "local", "markerHeight", "markerUnits", "markerWidth", "maskContentUnits", "maskUnits",
    "mathematical", "max", "media", "method", "min", "mode", "name", "numOctaves", "offset", "operator", "order",
    "orient", "orientation", "origin", "overline-position", "overline-thickness", "p-id", "panose-1", "path",
    "pathLength", "patternContentUnits", "patternTransform", "patternUnits", "points", "pointsAtX", "pointsAtY",
    "pointsAtZ", "preserveAlpha", "preserveAspectRatio", "primitiveUnits", "r", "radius", "refX", "refY", "rel",
    "rendering-intent", "repeatCount", "repeatDur", "requiredExtensions", "requiredFeatures", "requiredFonts",
    "requiredFormats", "restart", "result", "role", "rotate", "rx", "ry", "scale", "seed", "side", "slope", "spacing",
    "specularConstant", "specularExponent", "spreadMethod", "startOffset", "stdDeviation", "stemh", "stemv",
    "stitchTiles", "strikethrough-position", "strikethrough-thickness", "string", "surfaceScale", "systemLanguage", "t",
    "tabindex", "tableValues", "target", "targetX", "targetY", "textLength", "title", "transform", "type", "u1", "u2",
    "underline-position", "underline-thickness", "unicode", "unicode-range", "units-per-em", "v-alphabetic",
    "v-hanging", "v-ideographic", "v-mathematical", "version", "vert-adv-y", "vert-origin-x", "vert-origin-y",
    "viewBox", "viewTarget", "width", "widths", "x", "x-height", "x1", "x2", "xChannelSelector", "y", "y1", "y2",
    "yChannelSelector", "z", "zoomAndPan",
];

/// Attributes in the namespace of XLink, beside `href`.
pub const XLINK_ATTRIBUTES: &[&str] = &[
    "actuate", "arcrole", "role", "show", "title", "type",
];

/// Attributes in the namespace of XML itself.
pub const XML_ATTRIBUTES: &[&str] = &[
    "id", "lang", "space",
];

/// Elements of web pages that labels are made of, inside `foreignObject`.
pub const HTML_ELEMENTS: &[&str] = &[
    "a", "b", "bdi", "bdo", "big", "blockquote", "br", "center", "code", "dd", "del", "div", "dl", "dt", "em", "font",
    "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "kbd", "li", "mark", "ol", "p", "pre", "q", "s",
    "samp", "small", "span", "strike", "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr",
    "tt", "u", "ul", "var", "wbr",
];

/// Their attributes, beside `data-…` and `aria-…`.
pub const HTML_ATTRIBUTES: &[&str] = &[
    "align", "alt", "bgcolor", "border", "cellpadding", "cellspacing", "class", "color", "colspan", "dir", "face",
    "height", "id", "lang", "rel", "role", "rowspan", "size", "start", "target", "title", "type", "valign", "value",
    "width",
];

/// Processing instructions, which frame the metadata of Adobe's programs.
pub const INSTRUCTIONS: &[&str] = &[
    "adobe-xap-filters", "xpacket",
];

/// At-rules of styles.
pub const RULES: &[&str] = &[
    "-webkit-keyframes", "charset", "container", "font-face", "keyframes", "layer", "media", "namespace", "page",
    "property", "supports",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted() {
        let lists = [
            ELEMENTS, PROPERTIES, ATTRIBUTES, XLINK_ATTRIBUTES, XML_ATTRIBUTES, HTML_ELEMENTS, HTML_ATTRIBUTES,
            INSTRUCTIONS, RULES,
        ];
        for list in lists {
            assert!(list.is_sorted(), "{list:?}");
        }
    }
}
