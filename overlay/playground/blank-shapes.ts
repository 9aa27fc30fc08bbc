/** Which shapes come out empty at a resolution: on a screen of another size they would be missing, and nothing else would tell. */
import { type ShapeName, shapes, shapeTexture } from '../hud/drawing/shapes.ts';

export function blankShapes(resolution: number): ShapeName[] {
  return (Object.keys(shapes) as ShapeName[]).filter((name) => {
    const texture = shapeTexture(shapes[name], resolution);
    const canvas = texture.source.resource as HTMLCanvasElement;
    const { data = [] } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? {};
    texture.destroy(true);
    return !data.some((value) => value > 0);
  });
}
