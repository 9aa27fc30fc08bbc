/** What an engine claims of a lap, and the hashes by which the same lap sent again is known. */
import { createHash } from 'node:crypto';
import { type LapClaim, lapClaim } from '@racing-coach/contract/server';
import { ProblemError } from '../../problem-error.ts';

/** Header `lap-claim`: base64url of JSON. */
export function readClaim(header: string): LapClaim {
  const parsed = lapClaim.safeParse(jsonOf(header));
  if (!parsed.success)
    throw new ProblemError('claim-invalid', {
      issues: parsed.error.issues.slice(0, 20).map((issue) => ({
        in: 'header',
        pointer: `/lap-claim${issue.path.map((part) => `/${String(part)}`).join('')}`,
        message: issue.message.slice(0, 300),
      })),
    });
  const wrong = contradiction(parsed.data);
  if (wrong !== null) throw new ProblemError('claim-invalid', { detail: wrong });
  return parsed.data;
}

function jsonOf(header: string): unknown {
  try {
    return JSON.parse(Buffer.from(header, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}

/** What cannot be, whatever the lap file says; null when there is nothing. */
function contradiction(claim: LapClaim): string | null {
  if (claim.endSample < claim.startSample) return 'endSample is before startSample';
  if (claim.complete !== (claim.lapTimeS !== null)) return 'a lap has a time when it is complete';
  if (claim.complete && claim.lapFileSha256 === null) return 'a complete lap comes with its lap file';
  if (claim.referenceGrade && !(claim.complete && claim.valid))
    return 'a lap of reference grade is complete and valid';
  return null;
}

export const sha256Hex = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Of the claim and, through the hash in it, of the file. The order of the claim's keys is the schema's. */
export const uploadSha256 = (claim: LapClaim): Buffer =>
  createHash('sha256').update(JSON.stringify(claim)).digest();
