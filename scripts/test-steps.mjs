/** The steps of `npm test`, in one table: what runs, and how its totals are read from what it printed. */

/** cargo: a line for each test program, and `skipped: WHY` from tests that lack what they need. */
export function cargoTotals(output) {
  const totals = { passed: 0, failed: 0, skipped: [] };
  for (const [, passed, failed] of output.matchAll(/^test result: \w+\. (\d+) passed; (\d+) failed;/gm)) {
    totals.passed += Number(passed);
    totals.failed += Number(failed);
  }
  totals.skipped = [...new Set([...output.matchAll(/^skipped: (.+)$/gm)].map(([, why]) => why))];
  totals.passed -= totals.skipped.length;
  return totals;
}

/** vitest's JSON report; a skipped test says why in its name or its note. */
export function vitestTotals(report, output) {
  const skipped = [];
  for (const file of report.testResults)
    for (const test of file.assertionResults)
      if (test.status === 'pending' || test.status === 'skipped' || test.status === 'todo')
        skipped.push(test.fullName.trim());
  // A note is for one test or for all of a suite, whose name theirs begin with.
  const notes = [...output.matchAll(/^skipped: (.+?): (.+)$/gm)].map(([, name, why]) => ({ name, why }));
  const withReason = (test) => {
    const note = notes.find(({ name }) => test.startsWith(name) || test.endsWith(name));
    return note ? `${test}: ${note.why}` : test;
  };
  return {
    passed: report.numPassedTests,
    // A file that could not even be loaded has failed without any test in it.
    failed:
      report.numFailedTests +
      report.testResults.filter((f) => f.status === 'failed' && f.assertionResults.length === 0).length,
    skipped: skipped.map(withReason),
  };
}

const failure =
  /^\s*(FAIL |×|✗|# Fatal|# Check|#\s+Assertion|FATAL|Caused by|Error:|AssertionError|error(\[|:)|thread '.*' panicked|test .* FAILED$)|Unhandled/;
const mostLines = 80;

/** What went wrong, from the midst of a long output: each line that tells of a failure with the two after it. */
export function failureLines(output) {
  const lines = output.split('\n');
  const wanted = new Set();
  for (const [at, line] of lines.entries())
    if (failure.test(line)) for (const near of [at, at + 1, at + 2]) wanted.add(near);
  return [...wanted]
    .filter((at) => (lines[at] ?? '').trim() !== '')
    .slice(0, mostLines)
    .map((at) => lines[at]);
}

const one = (_output, code) => ({ passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: [] });

/**
 * @param {{ node: string, root: string, report: string, filter: string | undefined }} places
 */
export function testSteps({ node, root, report, filter }) {
  // Programs are run as scripts: what lies in node_modules/.bin is no program on Windows.
  const script = (path) => `${root}/node_modules/${path}`;
  const cargo = (...words) => ['cargo', words];
  const steps = [
    { name: 'generated files are fresh', run: [node, ['contract/generate.ts', '--check']], totals: one },
    { name: 'biome', run: [node, [script('@biomejs/biome/bin/biome'), 'check', '.']], totals: one },
    { name: 'types', run: [node, [script('typescript/bin/tsc'), '-p', 'tsconfig.json']], totals: one },
    {
      name: 'rustfmt',
      run: cargo('fmt', '--manifest-path', 'native/Cargo.toml', '--all', '--check'),
      totals: one,
    },
    {
      name: 'clippy',
      run: cargo(
        'clippy',
        '--manifest-path',
        'native/Cargo.toml',
        '--workspace',
        '--all-targets',
        '--',
        '-D',
        'warnings',
      ),
      totals: one,
    },
    {
      name: 'rust tests',
      run: cargo(
        'test',
        '--manifest-path',
        'native/Cargo.toml',
        '--workspace',
        '--no-fail-fast',
        '--',
        '--show-output',
        ...(filter ? [filter] : []),
      ),
      totals: cargoTotals,
      tests: true,
    },
    {
      name: 'typescript tests',
      run: [
        node,
        [
          script('vitest/vitest.mjs'),
          'run',
          '--reporter=default',
          '--reporter=json',
          `--outputFile.json=${report}`,
          ...(filter ? ['-t', filter] : []),
        ],
      ],
      totals: vitestTotals,
      tests: true,
    },
  ];
  return filter ? steps.filter((step) => step.tests) : steps;
}
