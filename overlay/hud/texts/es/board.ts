import type { board as english } from '../en/board.ts';

export const board: Record<keyof typeof english, string> = {
  lap: 'vuelta',
  laps: 'vueltas',
  best: 'mejor',
  spread: 'dispersión',
  meanToBest: 'media a la mejor',
  fuelLearning: 'Se sabe tras una vuelta completa.',
  fuelSpare: 'de sobra en la meta',
  fuelShort: 'faltan hasta la meta',
  perLap: '{amount} por vuelta',
  tyresAtStop: 'En la última parada, vuelta {lap}',
  tyresHandedOver: 'Al recibir el coche, sin parada',
  tyresNone: 'Neumáticos: aún sin datos.',
  pit: 'BOX',
  reckoned: 'estimado',
  fuelNone: 'Combustible: aún sin datos.',
  relativeNone: 'Coches cerca: aún sin datos.',
  mapNone: 'Aún sin mapa de este circuito.',
  lapsNone: 'Ninguna vuelta terminada.',
  consistencyNone: 'Hacen falta tres vueltas limpias.',
};
