/** What the doctor finds, for pages: the same sentences without the places on this machine's disk, which no page needs to know. */
import { homedir } from 'node:os';
import type { DoctorAnswer } from '@racing-coach/contract';
import type { Context } from '../cli/command.ts';
import { iracingFolders, thisMachine } from '../live/telemetry-folders.ts';
import { lookAround } from './checks.ts';
import type { Finding } from './finding.ts';
import { simSettings } from './sim-settings.ts';

/** The engine that answers holds the port itself, and its store is open: both would be told wrongly. */
const notForPages = new Set(['port', 'lap store', 'token']);

export async function doctorForPages(context: Context): Promise<DoctorAnswer> {
  const folders = await iracingFolders(thisMachine);
  const findings = [...simSettings(folders), ...(await lookAround(context))];
  const hide: [string, string][] = [
    ...folders.map((folder): [string, string] => [folder, 'Documents/iRacing']),
    [context.dataDir.path, 'The data directory'],
    [homedir(), 'your folder'],
  ];
  return {
    findings: findings.filter(({ name }) => !notForPages.has(name)).map((one) => withoutPaths(one, hide)),
  };
}

/** @param hide what stands for a person in place of a path, the most special first */
export function withoutPaths({ name, state, text }: Finding, hide: readonly [string, string][]) {
  const plain = hide.reduce((words, [path, stands]) => words.replaceAll(path, stands), text);
  return { name, state, text: plain };
}
