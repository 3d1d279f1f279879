// Every relative link in the Markdown files leads to a file, and to a heading where it names one.
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { filesIn } from './files.mjs';
import { root } from './setup.mjs';

const inRoot = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md'];

/** Headings of a Markdown text as the anchors that hosting sites make of them. */
function anchorsOf(text) {
  return [...withoutCode(text).matchAll(/^#{1,6}\s+(.*)$/gm)].map(([, heading]) =>
    heading
      .trim()
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/\s/g, '-'),
  );
}

const withoutCode = (text) => text.replace(/^```[\s\S]*?^```/gm, '');

/** Every link that leads nowhere, as "file: link". */
export function brokenLinks() {
  const files = [...inRoot.filter((name) => existsSync(path.join(root, name))), ...filesIn('docs', /\.md$/)];
  return files.flatMap((file) => {
    const text = readFileSync(path.join(root, file), 'utf8');
    return [...withoutCode(text).matchAll(/\]\(([^)\s]+)(?:\s+"[^"]*")?\)/g)]
      .map(([, link]) => link)
      .filter((link) => !/^[a-z]+:/.test(link) && !leadsSomewhere(file, link))
      .map((link) => `${file} links to ${link}, which is not there.`);
  });
}

function leadsSomewhere(file, link) {
  const [target, anchor] = link.split('#');
  const full = target ? path.resolve(root, path.dirname(file), decodeURIComponent(target)) : path.join(root, file);
  if (!existsSync(full)) return false;
  if (!anchor || !full.endsWith('.md') || !statSync(full).isFile()) return true;
  return anchorsOf(readFileSync(full, 'utf8')).includes(anchor);
}
