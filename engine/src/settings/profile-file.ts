/** Profiles as files: written for a friend, and read from a stranger. What comes in is checked whole before anything of it counts. */
import {
  CodedError,
  freeProfileId,
  freeProfileName,
  mostProfiles,
  type Profile,
  type ProfileFile,
  type ProfileSettings,
  profileFile,
} from '@racing-coach/contract';
import { plainIssue } from './plain-issue.ts';

export function exportProfile({ name, overrides }: Profile): ProfileFile {
  return { format: 'racing-coach-profile', version: 1, name, overrides };
}

/** A new profile beside those that there are: nothing is ever written over. Throws `profile-refused` with what is wrong. */
export function importProfile(document: unknown, profiles: ProfileSettings): Profile {
  const checked = profileFile.safeParse(document);
  if (!checked.success) throw new CodedError('profile-refused', { cause: sentence(checked.error) });
  if (profiles.list.length >= mostProfiles)
    throw new CodedError('profile-refused', { cause: `there are ${mostProfiles} profiles already` });
  const name = freeProfileName(checked.data.name, profiles);
  return { id: freeProfileId(name, profiles), name, overrides: checked.data.overrides };
}

function sentence(error: Parameters<typeof plainIssue>[0]): string {
  const { field, cause } = plainIssue(error);
  if (field === '' && !cause.startsWith('there is no setting')) return 'it is no profile of Racing Coach';
  if (field === 'format') return 'it is no profile of Racing Coach';
  if (field === 'version') return 'it is of another version of Racing Coach';
  return field === '' ? cause : `${field}: ${cause}`;
}
