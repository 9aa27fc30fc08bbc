/** The leaf that engine, overlay and server share. */
export * from './analysis.ts';
export * from './coded-error.ts';
export * from './events.ts';
export * from './extracted-lap.ts';
export * from './generated/tables.ts';
export * from './hub.ts';
export * from './ready.ts';
export * from './settings.ts';
export * from './sound.ts';
export * from './truth.ts';
export * from './voice-pack.ts';
