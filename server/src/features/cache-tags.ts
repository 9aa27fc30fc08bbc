/** Names by which cached answers are forgotten ({@link Cache.invalidate}). */

/** Everything made of what a user stored. */
export const ownerTag = (userId: string) => `owner:${userId}`;
/** Everything made of one lap's file. */
export const lapTag = (lapId: string) => `lap:${lapId}`;
export const referenceTag = (referenceId: string) => `reference:${referenceId}`;
