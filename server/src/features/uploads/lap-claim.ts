/** The header `lap-claim`: what an engine says of the lap whose file is the body. */
import { createHash } from 'node:crypto';
import { type LapClaim, lapClaim } from '@racing-coach/contract/server';
import { ProblemError } from '../../problem-error.ts';

/** Longest header that is looked at; a claim with every reason there is takes 2 kB. */
export const longestClaim = 8192;

export interface Claimed {
  claim: LapClaim;
  /** Of claim and file together, whatever the order of the claim's fields was. */
  uploadSha256: Buffer;
}

export const sha256Of = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex');

/**
 * @throws ProblemError `claim-invalid`, `hash-mismatch` when the file is another one, `lap-contradicts` when a lap without a file claims what
 * only a file can prove
 */
export function readClaim(header: string, lapFile: Uint8Array): Claimed {
  const claim = parsed(header);
  const sha256 = lapFile.length === 0 ? null : sha256Of(lapFile);
  if (sha256 !== claim.lapFileSha256) throw new ProblemError('hash-mismatch');
  if (sha256 === null && claim.referenceGrade)
    throw new ProblemError('lap-contradicts', {
      detail: 'It is good enough for a reference and has no lap file.',
    });
  if (sha256 !== null && !claim.complete)
    throw new ProblemError('lap-contradicts', { detail: 'It is not complete and has a lap file.' });
  const uploadSha256 = Buffer.from(sha256Of(JSON.stringify(lapClaim.parse(claim))), 'hex');
  return { claim, uploadSha256 };
}

function parsed(header: string): LapClaim {
  let json: unknown;
  try {
    json = JSON.parse(Buffer.from(header, 'base64url').toString('utf8'));
  } catch (cause) {
    throw new ProblemError('claim-invalid', { cause });
  }
  const result = lapClaim.safeParse(json);
  if (result.success) return result.data;
  const issues = result.error.issues.slice(0, 20).map((issue) => ({
    in: 'header' as const,
    pointer: issue.path.map((part) => `/${String(part)}`).join(''),
    message: issue.message.slice(0, 300),
  }));
  throw new ProblemError('claim-invalid', { issues });
}
