import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';

interface Totals {
  passed: number;
  failed: number;
  skipped: string[];
}
interface Steps {
  cargoTotals(output: string): Totals;
  vitestTotals(report: object, output: string): Totals;
  failureLines(output: string): string[];
}

const path = join(import.meta.dirname, '..', '..', 'scripts', 'test-steps.mjs');
const { cargoTotals, failureLines, vitestTotals } = (await import(pathToFileURL(path).href)) as Steps;

test('cargo: every program counts, and a test that lacks what it needs is skipped, not passed', () => {
  const output = [
    'test result: ok. 5 passed; 0 failed; 0 ignored; 0 measured',
    'skipped: the real recordings are not there',
    'test result: FAILED. 2 passed; 1 failed; 0 ignored; 0 measured',
  ].join('\n');
  const skipped = ['the real recordings are not there'];
  expect(cargoTotals(output)).toEqual({ passed: 6, failed: 1, skipped });
});

test('vitest: skipped tests with their reasons, and a file that could not be loaded has failed', () => {
  const assertion = (fullName: string, status: string) => ({ fullName, status });
  const report = {
    numPassedTests: 3,
    numFailedTests: 1,
    testResults: [
      { status: 'failed', assertionResults: [] },
      {
        status: 'passed',
        assertionResults: [
          assertion('HUD pictures whole go', 'skipped'),
          assertion('needs modes (not root)', 'pending'),
          assertion('fine', 'passed'),
        ],
      },
    ],
  };
  const output = 'skipped: HUD pictures: no Chromium was found';
  expect(vitestTotals(report, output)).toEqual({
    passed: 3,
    failed: 2,
    skipped: ['HUD pictures whole go: no Chromium was found', 'needs modes (not root)'],
  });
});

test('what failed is found in a long output, a crash of the engine below too', () => {
  const output = [
    ...Array.from({ length: 500 }, (_, at) => `   ✓ test ${at}`),
    ' FAIL  |engine| a.test.ts > adds',
    'AssertionError: expected 1 to be 2',
    '',
    '# Fatal error in , line 0',
    '# Check failed: node->IsInUse().',
    ...Array.from({ length: 500 }, (_, at) => `   ✓ test ${at}`),
  ].join('\n');
  expect(failureLines(output)).toEqual([
    ' FAIL  |engine| a.test.ts > adds',
    'AssertionError: expected 1 to be 2',
    '# Fatal error in , line 0',
    '# Check failed: node->IsInUse().',
    '   ✓ test 0',
    '   ✓ test 1',
  ]);
  expect(failureLines('   ✓ fine')).toEqual([]);
});
