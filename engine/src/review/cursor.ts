/** The place after which a page of sessions begins, as pages carry it: opaque to them, checked when it comes back. */
import { CodedError } from '@racing-coach/contract';
import * as z from 'zod';

const position = z.tuple([z.string().max(40), z.string().max(200)]);

export interface SessionPosition {
  storedAt: string;
  id: string;
}

export function cursorText({ storedAt, id }: SessionPosition): string {
  return Buffer.from(JSON.stringify([storedAt, id])).toString('base64url');
}

/** @throws CodedError `usage` where it is not one of ours */
export function cursorOf(text: string): SessionPosition {
  try {
    const [storedAt, id] = position.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
    return { storedAt, id };
  } catch {
    throw new CodedError('usage', { cause: 'after: this is not the end of a page.' });
  }
}
