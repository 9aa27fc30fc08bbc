/** Words of the widgets about what changes slowly: laps, fuel, tyres, cars around, the map. */
export const board = {
  lap: 'lap',
  laps: 'laps',
  best: 'best',
} as const;
