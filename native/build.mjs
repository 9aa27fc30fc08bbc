/** Builds the addon: `native/racing-coach.<platform>-<arch>.node` and its types, `native/index.d.ts`. */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const cli = createRequire(import.meta.url).resolve('@napi-rs/cli/package.json');
const result = spawnSync(
  process.execPath,
  [
    join(dirname(cli), 'dist', 'cli.js'),
    ...['build', '--release', '--platform', '--no-js', '--dts', 'index.d.ts'],
    ...[
      '--manifest-path',
      join(here, 'node', 'Cargo.toml'),
      '--package-json-path',
      join(here, 'package.json'),
    ],
    ...['--output-dir', here, '--cwd', here],
  ],
  { cwd: here, stdio: 'inherit' },
);
process.exit(result.status ?? 1);
