import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { importsOf, violation } from './import-rules.ts';

const root = join(import.meta.dirname, '..', '..');

function sourceFiles(): string[] {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  });
  return listed.split('\n').filter((file) => /\.(ts|tsx|mjs|js)$/.test(file) && !file.startsWith('tests/'));
}

test('every import of the project is one that the table in ARCHITECTURE.md allows', () => {
  const files = sourceFiles();
  expect(files.length).toBeGreaterThan(20);
  const broken = files
    .flatMap((file) => importsOf(file, readFileSync(join(root, file), 'utf8')))
    .map(violation)
    .filter((line) => line !== null);
  expect(broken).toEqual([]);
});

const badExamples: [string, string, string, RegExp][] = [
  ['a leaf with a package', 'contract/src/x.ts', `import ws from 'ws';`, /package ws/],
  [
    'a leaf with a folder',
    'contract/src/x.ts',
    `import { a } from '@racing-coach/engine';`,
    /contract may not use/,
  ],
  ['the engine drawing', 'engine/src/x.ts', `import { Sprite } from 'pixi.js';`, /package pixi\.js/],
  [
    'the engine in the overlay',
    'engine/src/x.ts',
    `import '../../overlay/hud/main.ts';`,
    /engine may not use/,
  ],
  ['a path into a sibling', 'engine/src/x.ts', `import { a } from '../../contract/src/hub.ts';`, /by path/],
  ['the HUD with Node', 'overlay/hud/x.ts', `import { readFileSync } from 'node:fs';`, /package node:fs/],
  ['the HUD with the engine', 'overlay/hud/x.ts', `export * from '@racing-coach/engine';`, /hud may not use/],
  [
    'the shell’s logic with Electron',
    'overlay/shell/policy/x.ts',
    `import { app } from 'electron';`,
    /package electron, which overlay\/shell may not use/,
  ],
  [
    'the shell’s logic with the facade',
    'overlay/shell/shell.ts',
    `import { openBrowserWindow } from './electron/browser-window.ts';`,
    /overlay\/shell may not use/,
  ],
  [
    'the shell with the HUD',
    'overlay/shell/x.ts',
    `import { a } from '../hud/layout.ts';`,
    /shell may not use/,
  ],
  ['the facade with a package', 'overlay/shell/electron/x.ts', `import ws from 'ws';`, /package ws/],
  [
    'the edit page with the facade',
    'overlay/edit/x.ts',
    `import '../shell/electron/tray.ts';`,
    /overlay\/edit may not use/,
  ],
  ['sound with the HUD', 'overlay/audio/x.ts', `import { a } from '../hud/frame.ts';`, /audio may not use/],
  ['sound with a package', 'overlay/audio/x.ts', `import { Howl } from 'howler';`, /package howler/],
  ['the link with a page', 'overlay/link/x.ts', `import { a } from '../audio/main.ts';`, /link may not use/],
  [
    'panes with the HUD',
    'overlay/panes/x.ts',
    `import { a } from '../hud/model.ts';`,
    /overlay\/panes may not use/,
  ],
  [
    'the server with the engine',
    'server/x.ts',
    `const a = await import('@racing-coach/engine');`,
    /server may not/,
  ],
  ['tests stay out of the product', 'engine/src/x.ts', `import { test } from 'vitest';`, /package vitest/],
];

test.each(badExamples)('refuses %s', (_, file, source, message) => {
  const found = importsOf(file, source).map(violation);
  expect(found).toHaveLength(1);
  expect(found[0]).toMatch(message);
});

test('reads every form of import and no comment', () => {
  const source = `// import 'e'
import 'a'; import b from "b"; export { c } from 'c'; await import('d');
/* import 'f' */ import type { G } from 'g';`;
  expect(importsOf('x.ts', source).map((i) => i.specifier)).toEqual(['a', 'b', 'c', 'd', 'g']);
});
