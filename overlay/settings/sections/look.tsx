/** How it looks: drawn from the schema of the look. */
import { Fields, Group, Section } from '../form/section.tsx';

export function LookSection() {
  return (
    <Section title="Look" lead="How the HUD and these pages look. Changes are seen at once.">
      <Group title="Appearance">
        <Fields paths={['look.theme', 'look.opacity', 'look.motion']} />
      </Group>
      <Group title="Words and numbers">
        <Fields paths={['look.units', 'look.language']} />
      </Group>
      <Group title="When it shows">
        <Fields paths={['hud.autoHide', 'hub.openBrowser']} />
      </Group>
    </Section>
  );
}
