/** Scenes of the widgets about what changes slowly. */

import { scenes as consistency } from '../widgets/consistency/scenes.ts';
import { scenes as fuel } from '../widgets/fuel/scenes.ts';
import { scenes as lapList } from '../widgets/lap-list/scenes.ts';
import { scenes as relative } from '../widgets/relative/scenes.ts';
import { scenes as trackMap } from '../widgets/track-map/scenes.ts';
import { scenes as tyres } from '../widgets/tyres/scenes.ts';

export const boardScenes = { trackMap, lapList, consistency, fuel, tyres, relative };
