/**
 * `npm test`: all set-up, then every check and test at its short length; `--long [NAME]`: full counts, all or those whose name
 * contains NAME, with the result written to tests/bench/results.md. The last line is `N passed, N failed, N skipped`.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './run-step.mjs';
import { node24, root, setup } from './setup.mjs';
import { ensure, ensureProgram, findProgram, installLine } from './system-package.mjs';
import { failureLines, testSteps } from './test-steps.mjs';
import { buildWinePrograms } from './wine-programs.mjs';

const long = process.argv.includes('--long');
const filter = process.argv.slice(2).find((word) => !word.startsWith('--'));
const outputFolder = join(root, 'tests', 'output');
const report = join(outputFolder, 'vitest.json');

async function findBrowser() {
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  if (!(await ensureProgram(names, ['chromium', 'fonts-liberation'])))
    process.stderr.write(
      `No Chromium: the page tests will be skipped. To run them: ${installLine(['chromium'])}\n`,
    );
  return findProgram(...names) ?? undefined;
}

/** Debian's OBS is old and lacks the browser source, and is a real one all the same. 70 MB to fetch, about half a minute. */
async function findObs() {
  const packages = ['obs-studio', 'xvfb'];
  const isThere = () => findProgram('obs') !== null && findProgram('Xvfb') !== null;
  if (!(await ensure(isThere, packages)))
    process.stderr.write(`No OBS: its tests will be skipped. To run them: ${installLine(packages)}\n`);
}

/** The servers of the server's tests: each test starts its own, in a folder of its own. */
async function findServers() {
  const homes = '/usr/lib/postgresql';
  const hasPostgres = () =>
    existsSync(homes) &&
    readdirSync(homes).some((version) => existsSync(join(homes, version, 'bin', 'initdb')));
  for (const [name, isThere, packages] of [
    ['PostgreSQL', hasPostgres, ['postgresql']],
    ['Redis', () => findProgram('redis-server') !== null, ['redis-server']],
  ])
    if (!(await ensure(isThere, packages)))
      process.stderr.write(`No ${name}: its tests will be skipped. To run them: ${installLine(packages)}\n`);
}

async function runStep(step, env) {
  const [command, words] = step.run;
  process.stderr.write(`\n— ${step.name}\n`);
  rmSync(report, { force: true });
  const began = Date.now();
  const { code, output } = await run(command, words, { cwd: root, env });
  writeFileSync(join(outputFolder, `${step.name.replaceAll(' ', '-')}.log`), output);
  const reportText = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : null;
  const totals = reportText ? step.totals(reportText, output) : step.totals(output, code);
  // A program that ended badly without counting a failure (a crash, a build error) has failed all the same.
  if (code !== 0 && totals.failed === 0) totals.failed = 1;
  if (totals.failed > 0) process.stderr.write(output);
  for (const why of totals.skipped) process.stderr.write(`  skipped: ${why}\n`);
  const seconds = Math.round((Date.now() - began) / 1000);
  process.stderr.write(
    `  ${totals.passed} passed, ${totals.failed} failed, ${totals.skipped.length} skipped (${seconds} s)\n`,
  );
  return {
    ...totals,
    name: step.name,
    seconds,
    failures: totals.failed > 0 ? failureLines(output) : [],
    tables: [...output.matchAll(/^\| .*$/gm)].map(([line]) => line),
  };
}

async function writeResults(results, totals) {
  const commit = (await run('git', ['rev-parse', '--short', 'HEAD'], { cwd: root })).output.trim();
  const rows = results.map(
    (r) => `| ${r.name} | ${r.passed} | ${r.failed} | ${r.skipped.length} | ${r.seconds} |`,
  );
  const tables = results
    .filter((r) => r.tables.length > 0)
    .map((r) => `### ${r.name}\n\n${r.tables.join('\n')}\n`);
  const text = `## ${new Date().toISOString().slice(0, 10)}, commit ${commit}${filter ? `, only "${filter}"` : ''}

| step | passed | failed | skipped | seconds |
|---|---|---|---|---|
${rows.join('\n')}

${totals}

${tables.join('\n')}`;
  const file = join(root, 'tests', 'bench', 'results.md');
  const title =
    '# Results of `npm run test:long`\n\nNewest first. Seeds are in the names of the tests and in their tables.\n';
  const before = existsSync(file) ? readFileSync(file, 'utf8').replace(title, '') : '';
  writeFileSync(file, `${title}\n${text}${before}`);
}

await setup();
mkdirSync(outputFolder, { recursive: true });
const node = node24();
const browser = await findBrowser();
await findObs();
await findServers();
const noWine = await buildWinePrograms();
if (noWine !== null) process.stderr.write(`No Wine: its tests will be skipped. ${noWine}\n`);
const env = {
  ...(browser ? { CHROMIUM: browser } : {}),
  ...(long ? { RACING_COACH_LONG: '1' } : {}),
  NO_COLOR: '1',
  FORCE_COLOR: undefined,
};
const results = [];
for (const step of testSteps({ node, root, report, filter })) results.push(await runStep(step, env));

const sum = (key) => results.reduce((total, result) => total + result[key], 0);
const skipped = results.reduce((total, result) => total + result.skipped.length, 0);
const totals = `${sum('passed')} passed, ${sum('failed')} failed, ${skipped} skipped`;
if (long) await writeResults(results, totals);
// Once more at the end, where it is found: the whole output of a step is long.
for (const { name, failures } of results)
  if (failures.length > 0) process.stderr.write(`\n— failed in: ${name}\n${failures.join('\n')}\n`);
process.stdout.write(`\n${totals}\n`);
process.exit(sum('failed') > 0 ? 1 : 0);
