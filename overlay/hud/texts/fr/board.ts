import type { board as english } from '../en/board.ts';

export const board: Record<keyof typeof english, string> = {
  lap: 'tour',
  laps: 'tours',
  best: 'meilleur',
  spread: 'écart type',
  meanToBest: 'moy. au meilleur',
  fuelLearning: 'Connu après un tour complet.',
  fuelSpare: 'en réserve à l’arrivée',
  fuelShort: 'manquants à l’arrivée',
  perLap: '{amount} par tour',
  tyresAtStop: 'Au dernier arrêt, tour {lap}',
  tyresHandedOver: 'À la prise en main, avant tout arrêt',
  tyresNone: 'Pneus : rien de connu.',
  pit: 'STAND',
  reckoned: 'estimé',
  fuelNone: 'Carburant : rien de connu.',
  relativeNone: 'Autour : rien de connu.',
  mapNone: 'Pas encore de plan de ce circuit.',
  lapsNone: 'Aucun tour terminé.',
  consistencyNone: 'Il faut trois tours propres.',
};
