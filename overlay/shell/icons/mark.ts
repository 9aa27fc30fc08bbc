/**
 * Our mark: two wedges that close in on a bright bar, the brake marker at GO. Drawn for 16 pixels first, where it is seen most. The states differ in
 * form, not only in colour: at rest there is no bar, in trouble the bar is an exclamation mark.
 */

export type MarkState = 'app' | 'idle' | 'live' | 'trouble';

const plate = '#0b0e11';
const colours: Record<MarkState, { wedge: string; bar: string | null }> = {
  app: { wedge: '#56b4e9', bar: '#f2f5f7' },
  live: { wedge: '#56b4e9', bar: '#f2f5f7' },
  idle: { wedge: '#9aa6b2', bar: null },
  trouble: { wedge: '#9aa6b2', bar: '#e69f00' },
};

/** In a box of 16 units. */
export function markSvg(state: MarkState): string {
  const { wedge, bar } = colours[state];
  const parts = [
    `<rect width="16" height="16" rx="3.5" fill="${plate}"/>`,
    `<path d="M1 3 L6 8 L1 13 Z M15 3 L10 8 L15 13 Z" fill="${wedge}"/>`,
    ...(bar === null ? [] : [centre(state, bar)]),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><title>Racing Coach</title>${parts.join('')}</svg>\n`;
}

function centre(state: MarkState, fill: string): string {
  const whole = `<rect x="7" y="2" width="2" height="12" fill="${fill}"/>`;
  const cut = `<rect x="7" y="2" width="2" height="8" fill="${fill}"/><rect x="7" y="12" width="2" height="2" fill="${fill}"/>`;
  return state === 'trouble' ? cut : whole;
}
