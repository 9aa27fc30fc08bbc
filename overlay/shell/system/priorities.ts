/**
 * The sim comes first: our processes run below its priority, so that a busy machine takes the HUD's frame before the sim's. Below normal, not idle:
 * idle processes starve while the sim uses every core. The audio service keeps its priority, a late buffer is heard; so does the graphics process,
 * which composes for us all in little time.
 */

/** What Electron says about a process of the app. */
export interface ProcessFacts {
  pid: number;
  type: string;
  name?: string;
}

/** `serviceName` of the engine's utility process. */
export const engineServiceName = 'Racing Coach engine';

export function lowersPriority({ type, name }: ProcessFacts): boolean {
  return type === 'Browser' || type === 'Tab' || (type === 'Utility' && name === engineServiceName);
}

/** Lowers each process once; one that is gone already, or may not be touched, is left alone. */
export class PriorityKeeper {
  readonly #lower: (pid: number) => void;
  #done = new Set<number>();

  constructor(lower: (pid: number) => void) {
    this.#lower = lower;
  }

  look(processes: readonly ProcessFacts[]): void {
    const pids = processes.filter(lowersPriority).map(({ pid }) => pid);
    for (const pid of pids) if (!this.#done.has(pid)) this.#try(pid);
    // Windows gives a pid that became free to the next process.
    this.#done = new Set(pids);
  }

  #try(pid: number): void {
    try {
      this.#lower(pid);
    } catch {
      // Tried once: a process that we may not touch stays so.
    }
  }
}
