/** `cost.json`: what was measured, and the level that followed. A file that cannot be understood is as none: it is measured again. */
import { readFileSync } from 'node:fs';
import type { DataDir } from '../data/data-dir.ts';
import { writeWholeFile } from '../data/whole-file.ts';
import { type CostRecord, costRecord, noCostRecord } from './cost-level.ts';

const name = 'cost.json';

export function readCostRecord(dataDir: DataDir): CostRecord {
  try {
    return costRecord.parse(JSON.parse(readFileSync(dataDir.file(name), 'utf8')));
  } catch {
    return noCostRecord;
  }
}

export function writeCostRecord(dataDir: DataDir, record: CostRecord): void {
  dataDir.ensure();
  writeWholeFile(dataDir.file(name), `${JSON.stringify(record, null, 2)}\n`);
}
