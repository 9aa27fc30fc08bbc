/** Which folder may import what: the table of ARCHITECTURE.md as data, and the check of one file against it. */

export interface FolderRule {
  /** The folder that the rule binds; the longest that fits a file wins. */
  folder: string;
  /** Folders of this project that it may import, itself excepted. */
  folders: string[];
  /** Packages that it may import; `node:` stands for Node's own modules. */
  packages: string[];
}

export const folderRules: FolderRule[] = [
  { folder: 'contract/generate.ts', folders: [], packages: ['node:'] },
  { folder: 'contract', folders: [], packages: ['zod'] },
  { folder: 'native', folders: [], packages: ['node:', '@napi-rs/cli'] },
  {
    folder: 'engine',
    folders: ['contract', 'native'],
    packages: ['node:', 'ws', 'better-sqlite3', 'zod', 'obs-websocket-js', 'openapi-fetch'],
  },
  { folder: 'overlay/link', folders: ['contract'], packages: [] },
  { folder: 'overlay/hud', folders: ['contract', 'overlay/link'], packages: ['pixi.js'] },
  { folder: 'overlay/audio', folders: ['contract', 'overlay/link'], packages: [] },
  {
    folder: 'overlay/obs',
    folders: ['contract', 'overlay/hud', 'overlay/link', 'overlay/audio'],
    packages: ['pixi.js'],
  },
  {
    folder: 'overlay/playground',
    folders: ['contract', 'overlay/hud', 'overlay/link', 'overlay/obs'],
    packages: ['pixi.js'],
  },
  // Panes are read, not glanced at: they draw with preact and know nothing of the HUD.
  { folder: 'overlay/panes', folders: ['contract', 'overlay/link'], packages: ['preact', 'zod'] },
  {
    folder: 'overlay/settings',
    folders: ['contract', 'overlay/link', 'overlay/panes'],
    packages: ['preact', 'zod'],
  },
  // Of the HUD: its words and units. Nothing that draws.
  {
    folder: 'overlay/review',
    folders: ['contract', 'overlay/link', 'overlay/panes', 'overlay/hud'],
    packages: ['preact'],
  },
  // Draws for the settings page, which fetches it at run time and is otherwise without graphics.
  { folder: 'overlay/preview', folders: ['contract', 'overlay/hud'], packages: ['pixi.js'] },
  { folder: 'overlay/build.ts', folders: [], packages: ['node:', 'esbuild'] },
  // The shell's logic is tested under plain Node: Electron's values exist in its facade alone, which nothing else may reach into.
  { folder: 'overlay/shell', folders: ['contract'], packages: ['node:', 'zod'] },
  {
    folder: 'overlay/shell/electron',
    folders: ['contract', 'overlay/shell'],
    packages: ['node:', 'electron'],
  },
  {
    folder: 'overlay/shell/build.ts',
    folders: ['overlay/build.ts', 'overlay/shell'],
    packages: ['node:', 'esbuild'],
  },
  { folder: 'overlay/shell/build-plugins.ts', folders: [], packages: ['node:', 'esbuild'] },
  { folder: 'overlay/shell/icons', folders: [], packages: ['node:', 'playwright-core'] },
  { folder: 'overlay/edit', folders: ['contract', 'overlay/shell/edit'], packages: [] },
  { folder: 'overlay', folders: ['contract'], packages: [] },
  {
    folder: 'server',
    folders: ['contract', 'native', 'server/src/database'],
    packages: [
      'node:',
      'zod',
      'fastify',
      'fastify-plugin',
      'fastify-type-provider-zod',
      '@platformatic/prom-client',
      '@fastify/compress',
      '@fastify/cookie',
      '@fastify/cors',
      '@fastify/helmet',
      '@fastify/swagger',
      '@fastify/under-pressure',
      '@fastify/websocket',
      '@opentelemetry/api',
      '@opentelemetry/resources',
      '@opentelemetry/sdk-trace',
      '@opentelemetry/exporter-trace-otlp-http',
      '@node-rs/argon2',
      'nodemailer',
      'ioredis',
      'kysely',
      'ws',
    ],
  },
  // Only here is it known which database it is.
  {
    folder: 'server/src/database',
    folders: ['contract', 'server'],
    packages: ['node:', 'kysely', 'pg', 'pg-copy-streams', '@electric-sql/pglite'],
  },
  { folder: 'scripts', folders: [], packages: ['node:'] },
];

/** What unit tests beside their files may import on top. */
const testPackages = ['node:', 'vitest', 'fast-check', 'ws', 'zod'];

export interface Import {
  file: string;
  specifier: string;
}

/** Every import, export-from and dynamic import with a literal in a source text; comments are left out. */
export function importsOf(file: string, source: string): Import[] {
  const code = source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
  const pattern = /(?:\bfrom\s*|\bimport\s*\(\s*|\bimport\s+|\brequire\(\s*)(['"])([^'"\n]+)\1/g;
  return [...code.matchAll(pattern)].map((match) => ({ file, specifier: match[2] ?? '' }));
}

const within = (file: string, folder: string) => file === folder || file.startsWith(`${folder}/`);

function ruleFor(file: string): FolderRule | undefined {
  return folderRules
    .filter((rule) => within(file, rule.folder))
    .sort((a, b) => b.folder.length - a.folder.length)[0];
}

/** `a/b/../c` and `./` resolved against the importing file, in forward slashes. */
function resolved(file: string, specifier: string): string {
  const parts = file.split('/').slice(0, -1);
  for (const part of specifier.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  return parts.join('/');
}

function targetFolder(file: string, specifier: string): string | null {
  if (specifier.startsWith('.')) return resolved(file, specifier);
  const own = /^@racing-coach\/([a-z-]+)/.exec(specifier);
  return own?.[1] ?? null;
}

const isTest = (file: string) => /\.(test|bench)\.ts$/.test(file) || /\/(testing|fixtures)\//.test(file);

/** The sentence that says what is wrong with an import, or null when the table allows it. */
export function violation({ file, specifier }: Import): string | null {
  const rule = ruleFor(file);
  if (!rule) return null;
  const target = targetFolder(file, specifier);
  if (target === null) {
    const allowed = [...rule.packages, ...(isTest(file) ? testPackages : [])];
    const ok = allowed.some((name) =>
      name.endsWith(':') ? specifier.startsWith(name) : within(specifier, name),
    );
    return ok ? null : `${file} imports the package ${specifier}, which ${rule.folder} may not use`;
  }
  // A sibling is reached by its package name, never by a path into its inside.
  const byPath = specifier.startsWith('.');
  if (ruleFor(target)?.folder === rule.folder) return null;
  const allowed = rule.folders.find((folder) => within(target, folder));
  if (!allowed) return `${file} imports ${target}, which ${rule.folder} may not use`;
  const top = file.split('/')[0];
  if (byPath && allowed.split('/')[0] !== top)
    return `${file} reaches into ${target} by path: import @racing-coach/${allowed}`;
  return null;
}
