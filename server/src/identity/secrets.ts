/** Opaque secrets: 256 random bits. What is stored is their SHA-256: guessing is hopeless, so a slow hash would add nothing, and a copied database opens nothing. */
import { createHash, randomBytes } from 'node:crypto';

/** By which scanners for leaked secrets and people know a token of ours. */
const tokenPrefix = 'rc_';
/** How much of a token is kept to tell it from others: 48 of its 256 bits. */
const shownCharacters = tokenPrefix.length + 8;

export const sha256Of = (secret: string): Buffer => createHash('sha256').update(secret).digest();

/** 43 characters of base64url: the secret part of a link. */
export const newLinkSecret = (): string => randomBytes(32).toString('base64url');

export interface NewToken {
  text: string;
  sha256: Buffer;
  /** What its owner sees of it later. */
  shown: string;
}

export function newToken(): NewToken {
  const text = tokenPrefix + newLinkSecret();
  return { text, sha256: sha256Of(text), shown: text.slice(0, shownCharacters) };
}

export const looksLikeToken = (text: string): boolean => /^rc_[A-Za-z0-9_-]{43}$/.test(text);
