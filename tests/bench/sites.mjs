// One handbook as each peer wants it: the same Markdown, pictures and titles.
//
// Hugo gets the least templates that give what a page of Ethos has around its text: the top of the menu, the section's menu, a list
// of headings, the path to the page, the pages before and after, and who answers for it. Links are looked up, and a lost one is an
// error. mdBook has such a frame of its own.

import { copyFileSync, mkdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { inHugo, pages, write } from '../serve/peers.mjs';
import { files } from './measure.mjs';

export function writeHugoSite(handbook, folder) {
  write(folder, 'hugo.toml', HUGO_SETTINGS);
  for (const [name, template] of Object.entries(HUGO_TEMPLATES)) write(folder, `layouts/${name}.html`, template);
  for (const [path, text] of pages(handbook)) {
    const { settings, body } = split(text);
    const linked = body.replace(/\]\(([^)#]*\.md)/g, (_, file) => `](${inHugo(file)}`);
    const own = settings.replace(/^order =/m, 'weight =').replace('aliases = ["', 'aliases = ["/');
    write(folder, `content/${inHugo(path)}`, `+++\n${own}\n+++\n${linked}`);
  }
  copyPictures(handbook, join(folder, 'content'));
}

export function writeBook(handbook, folder, hasSearch) {
  write(folder, 'book.toml', bookSettings(hasSearch));
  const chapters = pages(handbook).map(([path, text]) => ({ path, ...split(text) }));
  for (const { path, title, body } of chapters) write(folder, `src/${path}`, `# ${title}\n${body}`);
  write(folder, 'src/SUMMARY.md', summary(chapters));
  copyPictures(handbook, join(folder, 'src'));
}

/** The front matter, the title in it, and the text, in which links to values are but words: the peers have no frameworks. */
function split(text) {
  const [, settings, whole] = /^\+\+\+\n(.*?)\n\+\+\+\n(.*)$/s.exec(text);
  const body = whole.replace(/\[([^\]]*)\]\([^)]*frameworks\/[^)]*\)/g, '$1');
  return { settings, title: /^title = "(.*)"$/m.exec(settings)[1], body };
}

function copyPictures(handbook, folder) {
  const content = join(handbook, 'content');
  for (const { path } of files(content).filter(({ path }) => path.endsWith('.svg'))) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    copyFileSync(join(content, path), join(folder, path));
  }
}

// ── Hugo ──

const HUGO_SETTINGS = `baseURL = "https://example.org/"
title = "A made-up handbook"
locale = "en-GB"
uglyURLs = true
disableKinds = ["taxonomy", "term", "rss", "sitemap"]

[markup.goldmark.renderer]
unsafe = true

[markup.highlight]
codeFences = false
`;

const HUGO_TEMPLATES = {
  baseof: `<!doctype html>
<html lang="{{ site.Language.Lang }}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ .Title }} – {{ site.Title }}</title>
{{ with .Params.summary }}<meta name="description" content="{{ . }}">{{ end }}
</head>
<body>
<a href="#main">Skip to the text</a>
<header>
<a href="{{ site.Home.RelPermalink }}">{{ site.Title }}</a>
{{ partialCached "top.html" . .FirstSection }}
</header>
<nav aria-label="Path"><ol>
{{- range .Ancestors.Reverse }}
<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>
{{- end }}
</ol></nav>
{{ block "menu" . }}{{ end }}
<main id="main">
<h1>{{ .Title }}</h1>
{{ block "main" . }}{{ .Content }}{{ end }}
</main>
<footer>{{ site.Title }}</footer>
</body>
</html>
`,
  // Looking for the sections takes Hugo longer the more pages there are, so it is done once for each top of the menu.
  '_partials/top': `<nav aria-label="Handbook"><ul>
{{- range site.Sections }}
<li><a href="{{ .RelPermalink }}"{{ if eq . $.FirstSection }} aria-current="true"{{ end }}>{{ .Title }}</a></li>
{{- end }}
</ul></nav>
`,
  home: '{{ define "main" }}{{ .Content }}{{ end }}\n',
  section: `{{ define "main" }}
{{ .Content }}
<ul>
{{- range .Pages }}
<li><a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ with .Params.summary }}<p>{{ . }}</p>{{ end }}</li>
{{- end }}
</ul>
{{ end }}
`,
  page: `{{ define "menu" }}
<nav aria-label="{{ .CurrentSection.Title }}"><ul>
{{- range .CurrentSection.RegularPages }}
<li><a href="{{ .RelPermalink }}"{{ if eq . $ }} aria-current="page"{{ end }}>{{ .Title }}</a></li>
{{- end }}
</ul></nav>
<nav aria-label="On this page">{{ .TableOfContents }}</nav>
{{ end }}
{{ define "main" }}
{{ .Content }}
<dl>
{{ with .Params.owner }}<dt>Owner</dt><dd>{{ . }}</dd>{{ end }}
{{ with .Params.last_reviewed }}<dt>Last reviewed</dt><dd>{{ time.Format "2 January 2006" . }}</dd>{{ end }}
{{ with .Params.review_by }}<dt>Next review</dt><dd>{{ time.Format "2 January 2006" . }}</dd>{{ end }}
</dl>
<nav aria-label="Before and after">
{{ with .PrevInSection }}<a rel="prev" href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}
{{ with .NextInSection }}<a rel="next" href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}
</nav>
{{ end }}
`,
  '_markup/render-link': '<a href="{{ relref .Page .Destination }}">{{ .Text }}</a>',
};

// ── mdBook ──

/** Without the page to print the whole, which Ethos makes up to 500 pages only. */
function bookSettings(hasSearch) {
  return `[book]
title = "A made-up handbook"
language = "en-GB"

[output.html.print]
enable = false

[output.html.search]
enable = ${hasSearch}
`;
}

/** Parts hold sections, and sections hold pages, as their folders do. */
function summary(chapters) {
  const line = ({ path, title }) => {
    const depth = path.split('/').length - (basename(path) === 'index.md' ? 2 : 1);
    return `${'  '.repeat(depth)}- [${title}](${path})`;
  };
  const [home, others] = [chapters.filter(({ path }) => path === 'index.md'), chapters.filter(({ path }) => path !== 'index.md')];
  // In the order of folders, each section's own page comes before the pages in it.
  const key = ({ path }) => path.replace(/index\.md$/, '');
  others.sort((one, other) => (key(one) < key(other) ? -1 : 1));
  return `# Summary\n\n[${home[0].title}](index.md)\n\n${others.map(line).join('\n')}\n`;
}
