/** What a schema has against a value, in words for a person: the field's path and what is meant there. */
import type * as z from 'zod';

type Issue = z.core.$ZodIssue;

export interface PlainIssue {
  /** `overlay.placements.status.x`; empty when the whole is meant. */
  field: string;
  cause: string;
}

/** The first of them: the next one shows when that is mended. */
export function plainIssue({ issues }: { issues: readonly Issue[] }, within = ''): PlainIssue {
  const [issue] = issues;
  if (issue === undefined) return { field: within, cause: 'it is not valid' };
  const path = issue.path.map((part) => String(part).slice(0, 60));
  return { field: [within, ...path].filter((part) => part !== '').join('.'), cause: causeOf(issue) };
}

const kinds: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'yes or no',
  array: 'a list',
  object: 'a group of settings',
};

function causeOf(issue: Issue): string {
  switch (issue.code) {
    case 'too_big':
      return issue.origin === 'string' || issue.origin === 'array'
        ? `it is too long, ${issue.maximum} at most`
        : `it must be ${issue.maximum} at most`;
    case 'too_small':
      return issue.origin === 'string' || issue.origin === 'array'
        ? `it is too short, ${issue.minimum} at least`
        : `it must be ${issue.minimum} at least`;
    case 'invalid_value':
      return `it must be one of ${issue.values.map(String).join(', ')}`;
    case 'invalid_type':
      return `${kinds[issue.expected] ?? 'another kind of value'} is meant`;
    case 'unrecognized_keys':
      return `there is no setting named ${issue.keys.map((key) => key.slice(0, 60)).join(', ')}`;
    case 'custom':
      return issue.message;
    case 'invalid_format':
      return 'it has not the form that is meant';
    default:
      return 'it is not valid';
  }
}
