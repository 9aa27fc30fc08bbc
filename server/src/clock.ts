/** The time of day as an argument, so that tests decide it. */
export type Clock = () => Date;

export const systemClock: Clock = () => new Date();

export const seconds = (count: number): number => count * 1000;
export const minutes = (count: number): number => seconds(count * 60);
export const hours = (count: number): number => minutes(count * 60);
export const days = (count: number): number => hours(count * 24);

/** `ms` milliseconds after `date`. */
export const after = (date: Date, ms: number): Date => new Date(date.getTime() + ms);
