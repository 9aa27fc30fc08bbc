/** The leaf that engine, overlay and server share. */
export * from './analysis.ts';
export * from './api.ts';
export * from './coded-error.ts';
export * from './events.ts';
export * from './extracted-lap.ts';
export * from './generated/tables.ts';
export * from './hub.ts';
export * from './hud-region.ts';
export * from './overlay-layout.ts';
export * from './overlay-settings.ts';
export * from './ready.ts';
export * from './runner.ts';
export * from './settings.ts';
export * from './sound.ts';
export * from './truth.ts';
export * from './voice-pack.ts';
