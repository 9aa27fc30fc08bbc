/** One setting on the page: words on the left, its control on the right, what is wrong below. */
import type { ComponentChildren } from 'preact';
import type { BoundField } from './use-field.ts';

export interface RowProps {
  field: BoundField;
  label: string;
  help: string;
  /** A group of controls has a legend in place of a label. */
  group?: boolean;
  children: ComponentChildren;
}

export const helpId = (id: string) => `${id}-help`;
export const errorId = (id: string) => `${id}-error`;

/** For `aria-describedby`. */
export const describedBy = ({ id, error }: BoundField) =>
  error === null ? helpId(id) : `${helpId(id)} ${errorId(id)}`;

export function Row({ field, label, help, group = false, children }: RowProps) {
  const { id, error, profile } = field;
  const words = (
    <>
      {group ? (
        <span class="label" id={`${id}-label`}>
          {label}
        </span>
      ) : (
        <label class="label" for={id}>
          {label}
        </label>
      )}
      {profile === null ? null : <span class="tag">{profile}</span>}
      <p class="help" id={helpId(id)}>
        {help}
      </p>
    </>
  );
  return (
    <div class={error === null ? 'row' : 'row wrong'}>
      <div class="words">{words}</div>
      <div class="control">
        {children}
        {error === null ? null : (
          <p class="error" id={errorId(id)} role="alert">
            {error}
          </p>
        )}
      </div>
    </div>
  );
}
