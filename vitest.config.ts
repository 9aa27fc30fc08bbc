/** Unit tests lie beside the file they test; `tests/` holds those that cross parts. */
import { defineConfig } from 'vitest/config';

const project = (name: string, include: string[], timeoutS: number) => ({
  extends: true as const,
  test: { name, include, testTimeout: timeoutS * 1000, hookTimeout: timeoutS * 1000 },
});

export default defineConfig({
  test: {
    // Native addons and worker threads live in a process of their own, which a crash does not share.
    pool: 'forks',
    // What is waited for comes, on a busy machine somewhat later: the library's second says how busy it is.
    expect: { poll: { timeout: 10_000 } },
    // Two at a time: builds and browsers of the same run want a core as well.
    maxWorkers: 2,
    projects: [
      project('contract', ['contract/**/*.test.ts'], 10),
      project('engine', ['engine/**/*.test.ts'], 30),
      project('overlay', ['overlay/**/*.test.ts'], 30),
      project('server', ['server/**/*.test.ts'], 30),
      project('tests', ['tests/**/*.test.ts'], 120),
    ],
  },
});
