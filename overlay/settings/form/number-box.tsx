/** A number that is typed, for ranges too wide for a slider. Saved when it is left, or with Enter; what is refused stays as typed. */
import { useState } from 'preact/hooks';
import { describeField } from './describe.ts';
import { describedBy, Row } from './row.tsx';
import { useField } from './use-field.ts';

export function NumberBox({ path }: { path: Parameters<typeof useField>[0] }) {
  const { label, help, ...words } = describeField(path);
  const field = useField(path);
  const [typed, setTyped] = useState<string | null>(null);
  if (words.kind !== 'number') throw new Error(`${path} is no number.`);
  const commit = () => {
    const value = Number(typed ?? '');
    setTyped(null);
    if (typed !== null && typed.trim() !== '' && Number.isFinite(value)) field.set(value);
  };
  return (
    <Row field={field} label={label} help={help}>
      <input
        id={field.id}
        type="number"
        min={words.min}
        max={words.max}
        step={words.step}
        value={typed ?? String(field.value)}
        aria-invalid={field.error !== null}
        aria-describedby={describedBy(field)}
        onInput={(event) => setTyped(event.currentTarget.value)}
        onBlur={commit}
        onKeyDown={(event) => event.key === 'Enter' && commit()}
      />
    </Row>
  );
}
