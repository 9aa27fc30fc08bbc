import type { board as english } from '../en/board.ts';

export const board: Record<keyof typeof english, string> = {
  lap: 'Runde',
  laps: 'Runden',
  best: 'Beste',
  spread: 'Streuung',
  meanToBest: 'Mittel zur Besten',
  fuelLearning: 'Bekannt nach einer vollen Runde.',
  fuelSpare: 'übrig im Ziel',
  fuelShort: 'zu wenig bis ins Ziel',
  perLap: '{amount} je Runde',
  tyresAtStop: 'Beim letzten Stopp, Runde {lap}',
  tyresHandedOver: 'Wie übernommen, vor dem ersten Stopp',
  tyresNone: 'Reifen: noch keine Werte.',
  pit: 'BOX',
  reckoned: 'gerechnet',
  fuelNone: 'Kraftstoff: noch keine Werte.',
  relativeNone: 'Autos ringsum: noch keine Werte.',
  mapNone: 'Noch keine Karte dieser Strecke.',
  lapsNone: 'Noch keine Runde beendet.',
  consistencyNone: 'Braucht drei saubere Runden.',
};
