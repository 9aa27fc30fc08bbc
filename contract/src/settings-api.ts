/**
 * The settings over HTTP: `GET /api/settings` (what holds now), `GET /api/settings/state`, `PUT /api/settings/<section>`, `POST /api/settings/undo`,
 * `POST /api/first-run`, `GET /api/profiles/<id>`, `POST /api/profiles/<id>/use`, `POST /api/profiles/automatic`, `POST /api/profiles/import`,
 * `GET /api/doctor`, `GET /api/voices`,
 * `GET /api/recordings`, `POST /api/recordings/<id>/import`. Errors are `{ error: { code, message }, field? }`.
 */
import * as z from 'zod';
import { pageUrls } from './api.ts';
import { offer } from './hub.ts';
import { presetNames } from './presets.ts';
import { settings } from './settings.ts';

/** More than any settings have; an import may be as large. */
export const mostSettingsBytes = 256 * 1024;

/** What the settings page draws. */
export const settingsState = z.object({
  /** Grows with each change; `PUT` with `If-Match: "<revision>"` is refused when another change came first. */
  revision: z.number().int(),
  /** What holds now: the driver's own settings, and what the active profile sets instead. */
  settings,
  profile: z.object({
    /** null: none holds. */
    id: z.string().nullable(),
    name: z.string(),
    /** Why this one, or why none. */
    why: z.string(),
    byHand: z.boolean(),
  }),
  /** `section.field` of what the active profile sets: a change goes into the profile. */
  fromProfile: z.array(z.string()),
  /** The track and car of now, for new rules; null while no sim says. */
  place: z.object({ sim: z.string(), car: z.string(), track: z.string(), about: z.string() }).nullable(),
  /** What the user should know about the file; null when all is well. */
  notice: z.string().nullable(),
  /** Why nothing can be saved; null when it can. */
  readOnly: z.string().nullable(),
  /** What undoing would take back, in words; null when there is nothing. */
  undo: z.string().nullable(),
});
export type SettingsState = z.infer<typeof settingsState>;

export const firstRunChoice = z.object({ preset: z.enum(presetNames) });

export const profileImported = z.object({ id: z.string(), name: z.string() });
export type ProfileImported = z.infer<typeof profileImported>;

/** What the doctor says about one thing, without a path. `so`: neither good nor bad. */
export const doctorFinding = z.object({
  name: z.string(),
  state: z.enum(['good', 'so', 'bad']),
  text: z.string(),
});
export const doctorAnswer = z.object({ findings: z.array(doctorFinding) });
export type DoctorAnswer = z.infer<typeof doctorAnswer>;

/** `GET /api/recordings`: own recordings that are not in the library yet, of any track and car. */
export const recordingsAnswer = z.object({ recordings: z.array(offer) });

/** `POST /api/recordings/<id>/import`. */
export const recordingImported = z.object({
  file: z.string(),
  laps: z.number(),
  completeLaps: z.number(),
  /** The lap that is now the reference of its track and car; null when the library had a better one, or none is good enough. */
  referenceLapTimeS: z.number().nullable(),
});
export type RecordingImported = z.infer<typeof recordingImported>;

/** The voices that are there. */
export const voicesAnswer = z.object({ voices: z.array(z.object({ id: z.string(), name: z.string() })) });

/** `GET /api/urls`: see `pageUrls`. */
export const urlsAnswer = z.object({ urls: pageUrls });
