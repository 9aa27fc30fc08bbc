/** The README against the code: every command, option, script, address, file and key that it names is there. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { obsLayouts, overlaySettings, settings, settingsVersion, soundCommand } from '@racing-coach/contract';
import { describe, expect, test } from 'vitest';
import { commands } from '../../engine/src/commands.ts';

const root = join(import.meta.dirname, '..', '..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};

const fenced = [...readme.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, text = '']) => text.split('\n'));
const inline = [...readme.replace(/```[\s\S]*?```/g, '').matchAll(/`([^`\n]+)`/g)].map(
  ([, text = '']) => text,
);
const named = (name: string) => commands.find((command) => command.name === name);

/** Lines that call the program: in full, or by a command's name where the text has it so. */
const calls = [...fenced, ...inline]
  .map((line) => line.replace(/\s+#.*$/, '').trim())
  .map((line) => line.replace(/^npx racing-coach /, ''))
  .filter((line) => named(line.split(' ')[0] ?? '') !== undefined);

test('every call of racing-coach is one that it takes', () => {
  const given = [...fenced, ...inline].flatMap(
    (line) => /^npx racing-coach (\S+)/.exec(line.trim())?.[1] ?? [],
  );
  expect(given.filter((name) => named(name) === undefined)).toEqual([]);
  expect(calls.length).toBeGreaterThan(15);
  const unknown = calls.flatMap((line) => {
    const options = named(line.split(' ')[0] ?? '')?.options.map(({ name }) => name) ?? [];
    const typed = [...line.matchAll(/--([a-z-]+)/g)].map(([, option = '']) => option);
    return typed
      .filter((option) => ![...options, 'json', 'help'].includes(option))
      .map((option) => `${line}: ${option}`);
  });
  expect(unknown).toEqual([]);
});

test('the table has every command that there is, and says of those to come that they are', () => {
  const rows = [...readme.matchAll(/^\| `([a-z]+)/gm)].map(([, name = '']) => name);
  const [later, now] = [true, false].map((is) =>
    commands.filter(({ anyArguments }) => (anyArguments === true) === is).map(({ name }) => name),
  );
  expect([...rows].sort()).toEqual([...(now ?? [])].sort());
  for (const name of later ?? []) expect(readme).toContain(`\`${name}\``);
});

test('every script of npm is in package.json', () => {
  const wanted = [...readme.matchAll(/npm (?:run ([\w:]+)|(start|test))/g)].map(
    ([, run, own]) => run ?? own ?? '',
  );
  expect(wanted.length).toBeGreaterThan(3);
  expect(wanted.filter((name) => scripts[name] === undefined)).toEqual([]);
});

describe('addresses', () => {
  const addresses = inline
    .map((text) => text.replace(/^(?:POST|GET) /, ''))
    .filter((text) => text.startsWith('/'));
  test('of pages are pages', () => {
    const pages = addresses.filter((text) => !text.startsWith('/api/'));
    expect(pages.length).toBeGreaterThan(4);
    for (const page of pages) {
      const layout = /^\/obs\/([a-z]+)$/.exec(page)?.[1];
      if (layout !== undefined) expect(obsLayouts).toContain(layout);
      else expect(existsSync(join(root, 'overlay', page, 'index.html')), page).toBe(true);
    }
    for (const layout of obsLayouts) expect(pages).toContain(`/obs/${layout}`);
  });
  test('of sound are commands of sound', () => {
    const asked = addresses.flatMap((text) => /^\/api\/sound\/([a-z-]+)/.exec(text)?.[1] ?? []);
    expect(asked.length).toBeGreaterThan(0);
    for (const command of asked) expect(soundCommand.options).toContain(command);
  });
});

test('every file that is linked or shown is there', () => {
  const links = [...readme.matchAll(/\]\(([^)#\s]+)\)/g)].map(([, target = '']) => target);
  const files = links.filter((target) => !/^https?:/.test(target));
  expect(files.length).toBeGreaterThan(6);
  expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([]);
});

test('keys of the desktop app are its defaults, and settings that are shown are settings', () => {
  const defaults = Object.values(overlaySettings.parse({})).filter((value) => typeof value === 'string');
  const keys = inline.filter((text) => /^Ctrl\+Alt\+[A-Z]$/.test(text));
  expect(keys.length).toBeGreaterThan(0);
  for (const key of keys) expect(defaults).toContain(key.replace('Ctrl', 'Control'));
  const shown = inline.filter((text) => /^"\w+": \{.*\}$/.test(text)).map((text) => JSON.parse(`{${text}}`));
  for (const part of shown) expect(settings.parse({ version: settingsVersion, ...part })).toMatchObject(part);
});
