/** What the doctor says about one thing. `so`: neither good nor bad, for example not made yet. */
export interface Finding {
  name: string;
  state: 'good' | 'so' | 'bad';
  text: string;
  /** Further lines below it: a histogram. */
  lines?: string[];
}

export const good = (name: string, text: string): Finding => ({ name, state: 'good', text });
export const so = (name: string, text: string): Finding => ({ name, state: 'so', text });
export const bad = (name: string, text: string): Finding => ({ name, state: 'bad', text });
