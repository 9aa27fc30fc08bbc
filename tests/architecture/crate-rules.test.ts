import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const manifest = join(import.meta.dirname, '..', '..', 'native', 'Cargo.toml');

/**
 * core <- lapfile <- sources <- simulated car (a source that also writes the bundled lap file) <- node. The writing sim is for tests and trials:
 * nothing of the product uses it.
 */
const allowed: Record<string, string[]> = {
  'racing-coach-core': [],
  'racing-coach-lapfile': ['racing-coach-core'],
  'racing-coach-sources': ['racing-coach-core', 'racing-coach-lapfile'],
  'racing-coach-simcar': ['racing-coach-core', 'racing-coach-sources', 'racing-coach-lapfile'],
  'racing-coach-simwriter': ['racing-coach-core', 'racing-coach-sources', 'racing-coach-simcar'],
  'racing-coach-node': [
    'racing-coach-core',
    'racing-coach-lapfile',
    'racing-coach-sources',
    'racing-coach-simcar',
  ],
};

/** What the pure core may use besides our own crates: nothing that reads a clock, a file or a random number. */
const corePackages = ['libm', 'serde', 'serde_json'];

interface Crate {
  name: string;
  dependencies: { name: string; kind: string | null }[];
}

function crates(): Crate[] {
  const text = execFileSync(
    'cargo',
    ['metadata', '--no-deps', '--format-version', '1', '--manifest-path', manifest],
    { encoding: 'utf8' },
  );
  return (JSON.parse(text) as { packages: Crate[] }).packages;
}

function crateViolations(list: Crate[]): string[] {
  return list.flatMap((crate) =>
    crate.dependencies
      .filter((dependency) => dependency.kind === null)
      .filter(({ name }) =>
        name.startsWith('racing-coach-')
          ? !allowed[crate.name]?.includes(name)
          : crate.name === 'racing-coach-core' && !corePackages.includes(name),
      )
      .map(({ name }) => `${crate.name} may not use ${name}`),
  );
}

test('every crate uses only the crates that the table allows', () => {
  const list = crates();
  expect(list.map((crate) => crate.name).sort()).toEqual(Object.keys(allowed).sort());
  expect(crateViolations(list)).toEqual([]);
});

test('refuses a core that reaches outward', () => {
  const bad = (name: string) => [{ name: 'racing-coach-core', dependencies: [{ name, kind: null }] }];
  expect(crateViolations(bad('racing-coach-sources'))).toHaveLength(1);
  expect(crateViolations(bad('rand'))).toHaveLength(1);
  expect(crateViolations(bad('libm'))).toHaveLength(0);
});
