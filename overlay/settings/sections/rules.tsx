/** Race-legal: when live instruction is off. */
import { Section } from '../form/section.tsx';

export function RulesSection() {
  return (
    <Section
      title="Rules"
      lead="Many series forbid live instruction in races. Race-legal removes it and keeps delta, spotter, flags and fuel."
    >
      <p class="notice">Racing Coach displays and speaks; it never drives and sends nothing to the sim.</p>
    </Section>
  );
}
