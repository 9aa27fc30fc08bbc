/**
 * Profiles: named sets of settings that hold instead of the driver's own while a rule for the sim, the car or the track says so. A profile sets
 * only what it names; everything else stays as it is.
 */
import * as z from 'zod';
import { lookSettings } from './look.ts';
import { overlaySettings } from './overlay-settings.ts';
import { rulesSettings } from './rules.ts';
import { soundSettings } from './sound.ts';
import { schemaOf, type WidgetDescription } from './widget-options/option.ts';
import { type WidgetOptions, widgetOptionSchemas } from './widget-options/table.ts';

/** A field that is left out stays left out: its default must not come back as if the profile had named it. */
type Bare<Field> =
  Field extends z.ZodDefault<infer Inner> ? Inner : Field extends z.ZodPrefault<infer Inner> ? Inner : Field;

type OverrideShape<Shape extends z.ZodRawShape> = { [Key in keyof Shape]: z.ZodOptional<Bare<Shape[Key]>> };

function overrideShape<Shape extends z.ZodRawShape>(object: z.ZodObject<Shape>): OverrideShape<Shape> {
  const fields = Object.entries(object.shape).map(([key, field]) => {
    const withDefault = field instanceof z.ZodDefault || field instanceof z.ZodPrefault;
    return [key, z.optional(withDefault ? field.unwrap() : field)];
  });
  return Object.fromEntries(fields) as OverrideShape<Shape>;
}

/** A widget is set whole: of an option that a file leaves out, the default holds. Strict, as the table of options is closed. */
const widgetOverrides = z.strictObject(
  Object.fromEntries(
    Object.entries(widgetOptionSchemas).map(([name, { options }]: [string, WidgetDescription]) => {
      const shape = Object.entries(options).map(([key, option]) => [key, schemaOf(option)]);
      return [name, z.strictObject(Object.fromEntries(shape)).optional()];
    }),
  ),
) as unknown as z.ZodType<Partial<WidgetOptions>>;

/** Which settings a profile may set, by section of the settings. */
const parts = {
  look: overrideShape(lookSettings),
  overlay: overrideShape(overlaySettings.pick({ widgets: true, placements: true, scale: true })),
  sound: overrideShape(soundSettings),
  rules: overrideShape(rulesSettings.pick({ always: true, races: true })),
};

/** For people; in the order of the settings page. */
export const profileParts = [
  { name: 'look', label: 'Look', about: 'Theme, opacity, motion, units and language.' },
  { name: 'widgets', label: 'Widget options', about: 'What each widget shows.' },
  {
    name: 'overlay',
    label: 'Layout',
    about: 'Which widgets are shown, where they sit and how large they are.',
  },
  { name: 'sound', label: 'Sound', about: 'Volumes, voice and spotter.' },
  {
    name: 'rules',
    label: 'Race-legal',
    about: 'Whether races, or everything, is driven without live instruction.',
  },
] as const satisfies readonly { name: keyof ProfileOverrides; label: string; about: string }[];
export type ProfilePart = (typeof profileParts)[number]['name'];

export const profileOverrides = z.object({
  look: z.object(parts.look).optional(),
  widgets: widgetOverrides.optional(),
  overlay: z.object(parts.overlay).optional(),
  sound: z.object(parts.sound).optional(),
  rules: z.object(parts.rules).optional(),
});
export type ProfileOverrides = z.infer<typeof profileOverrides>;

export const profileId = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/);
/** What a person calls it: one line, no control or direction characters that would make a list lie. */
export const profileName = z
  .string()
  .trim()
  .min(1)
  .max(60)
  .regex(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+$/u);

export const profile = z.object({ id: profileId, name: profileName, overrides: profileOverrides });
export type Profile = z.infer<typeof profile>;

const key = z.string().min(1).max(200).nullable();

/** When a profile holds; null is any. Car and track are the sim's keys, as in `LapSession`. */
export const profileRule = z.object({
  profile: profileId,
  sim: key,
  car: key,
  track: key,
  /** The same for people: what the sim calls car and track. */
  about: z.string().max(300).default(''),
});
export type ProfileRule = z.infer<typeof profileRule>;

export const mostProfiles = 50;

export const profileSettings = z
  .object({
    list: z.array(profile).max(mostProfiles).default([]),
    rules: z.array(profileRule).max(200).default([]),
  })
  .superRefine(({ list, rules }, context) => {
    const ids = new Set<string>();
    const places = new Set<string>();
    for (const [at, { id }] of list.entries()) {
      if (ids.has(id))
        context.addIssue({ code: 'custom', path: ['list', at, 'id'], message: 'two profiles have this id' });
      ids.add(id);
    }
    for (const [at, { profile: id, sim, car, track }] of rules.entries()) {
      const place = JSON.stringify([sim, car, track]);
      if (!ids.has(id))
        context.addIssue({
          code: 'custom',
          path: ['rules', at, 'profile'],
          message: 'there is no such profile',
        });
      if (places.has(place))
        context.addIssue({
          code: 'custom',
          path: ['rules', at],
          message: 'two rules are for the same sim, car and track',
        });
      places.add(place);
    }
  });
export type ProfileSettings = z.infer<typeof profileSettings>;

/** What `GET /api/profiles/:id` gives and `POST /api/profiles/import` takes. Strict: what it does not know, it refuses. */
export const profileFile = z.strictObject({
  format: z.literal('racing-coach-profile'),
  version: z.literal(1),
  name: profileName,
  overrides: z.strictObject({
    look: z.strictObject(parts.look).optional(),
    widgets: widgetOverrides.optional(),
    overlay: z.strictObject(parts.overlay).optional(),
    sound: z.strictObject(parts.sound).optional(),
    rules: z.strictObject(parts.rules).optional(),
  }),
});
export type ProfileFile = z.infer<typeof profileFile>;
