/**
 * Values for a JSON schema (the part of 2020-12 that our OpenAPI document uses) as fast-check arbitraries: mostly fitting ones, so that requests get past the validation, and
 * now and then anything at all.
 */
import * as fc from 'fast-check';

export interface JsonSchema {
  $ref?: string;
  type?: string | string[];
  format?: string;
  pattern?: string;
  enum?: unknown[];
  const?: unknown;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  allOf?: JsonSchema[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  additionalProperties?: boolean | JsonSchema;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
}

export interface ValueSource {
  /** What `$ref` leads to. */
  resolve(reference: string): JsonSchema;
  /** Ids of things that exist: the attacker's own and others'. */
  ids: string[];
}

/** What breaks careless code: text for SQL, paths, headers, prototypes and terminals; numbers at the edges. */
const nastyTexts = [
  '',
  '\u0000',
  "' OR 1=1 --",
  '"; DROP TABLE users; --',
  '../../etc/passwd',
  '..%2f..%2f',
  '__proto__',
  'constructor',
  '${7*7}',
  '<script>alert(1)</script>',
  '\r\nset-cookie: a=b',
  '\ud800',
  '\u202eabc',
  'NaN',
  'null',
  '-1',
  '9'.repeat(400),
  'x'.repeat(20_000),
];
const nastyNumbers = [0, -0, -1, 1e308, -1e308, 2 ** 53, 2 ** 63, 1.5, Number.MIN_VALUE];

export const anything: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(...nastyTexts),
  fc.constantFrom(...nastyNumbers),
  fc.constantFrom(null, true, [], {}, [[]], { __proto__x: 1 }),
  fc.jsonValue({ maxDepth: 3 }),
);

function texts(schema: JsonSchema, source: ValueSource): fc.Arbitrary<unknown> {
  const ids = source.ids.length > 0 ? fc.constantFrom(...source.ids) : fc.uuid();
  if (schema.format === 'uuid') return fc.oneof({ weight: 3, arbitrary: ids }, fc.uuid());
  if (schema.format === 'email')
    return fc.oneof(fc.constantFrom('victim@example.org', 'mallory@example.org'), fc.emailAddress());
  if (schema.format === 'date-time')
    return fc
      .date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true })
      .map((date) => date.toISOString());
  if (schema.pattern !== undefined) {
    try {
      return fc.oneof(fc.stringMatching(new RegExp(schema.pattern, 'u')), ids);
    } catch {
      return fc.string();
    }
  }
  const minLength = schema.minLength ?? 0;
  return fc.string({
    unit: 'grapheme',
    minLength,
    maxLength: Math.max(minLength, Math.min(schema.maxLength ?? 40, 300)),
  });
}

function objects(schema: JsonSchema, source: ValueSource): fc.Arbitrary<unknown> {
  const fields = Object.entries(schema.properties ?? {});
  const requiredKeys = (schema.required ?? []).filter((name) => schema.properties?.[name] !== undefined);
  const model = Object.fromEntries(fields.map(([name, field]) => [name, valuesOf(field, source)]));
  return fc.record(model, { requiredKeys });
}

/** Values that fit, one in ten of which is anything. */
export function valuesOf(schema: JsonSchema, source: ValueSource): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 9, arbitrary: fitting(schema, source) }, { weight: 1, arbitrary: anything });
}

function fitting(schema: JsonSchema, source: ValueSource): fc.Arbitrary<unknown> {
  if (schema.$ref !== undefined) return fitting(source.resolve(schema.$ref), source);
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  const either = schema.anyOf ?? schema.oneOf;
  if (either !== undefined) return fc.oneof(...either.map((one) => fitting(one, source)));
  if (schema.allOf !== undefined)
    return fitting(
      {
        type: 'object',
        required: schema.allOf.flatMap((one) => one.required ?? []),
        properties: Object.fromEntries(schema.allOf.flatMap((one) => Object.entries(one.properties ?? {}))),
      },
      source,
    );
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  switch (type) {
    case 'string':
      return texts(schema, source);
    case 'integer':
      return fc.integer({ min: bounded(schema.minimum, -1000), max: bounded(schema.maximum, 100_000) });
    case 'number':
      return fc.double({
        min: schema.minimum ?? schema.exclusiveMinimum ?? -1e6,
        max: schema.maximum ?? 1e6,
        noNaN: true,
      });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array':
      return fc.array(valuesOf(schema.items ?? {}, source), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.min(schema.maxItems ?? 5, 20),
      });
    case 'object':
      return objects(schema, source);
    default:
      return anything;
  }
}

const bounded = (value: number | undefined, otherwise: number) =>
  value === undefined || !Number.isSafeInteger(value)
    ? otherwise
    : Math.max(-(2 ** 31), Math.min(value, 2 ** 31 - 1));
