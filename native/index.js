/** Loads the addon that `native/build.mjs` built for this platform. Its types are in `index.d.ts`, made from the Rust code. */
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const wanted = `racing-coach.${process.platform}-${process.arch}`;
const file = readdirSync(here).find((name) => name.startsWith(wanted) && name.endsWith('.node'));
if (!file) throw new Error(`the addon ${wanted} is not built`);
const addon = createRequire(import.meta.url)(join(here, file));

export const {
  analysisVersion,
  analyzeFile,
  checkLapFile,
  compareLapFiles,
  compareLaps,
  convertFile,
  describeFile,
  extractLaps,
  lapFileChannels,
  lapFileCopyRows,
  lapFileCorners,
  nowMs,
  ReferenceHandle,
  Runner,
  simulate,
  snapshotLayoutHash,
  tapeDamage,
  telemetryColumns,
} = addon;
