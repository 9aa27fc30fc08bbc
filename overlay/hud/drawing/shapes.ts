/**
 * The few shapes of the HUD, drawn once into white textures and tinted where they are used. A canvas draws their edges
 * with antialiasing, so the renderer itself needs none. Sizes are layout pixels.
 */
import { CanvasSource, Texture } from 'pixi.js';
import { space } from '../tokens.ts';

export interface Shape {
  width: number;
  height: number;
  draw(context: CanvasRenderingContext2D): void;
}

/** Room around a rounded box that is stretched from its corners: corners plus two pixels of edge. */
const boxSize = 2 * space.radius + 2;
const lineWidth = 1;

export const shapes = {
  box: {
    width: boxSize,
    height: boxSize,
    draw(context) {
      context.beginPath();
      context.roundRect(0, 0, boxSize, boxSize, space.radius);
      context.fill();
    },
  },
  boxOutline: {
    width: boxSize,
    height: boxSize,
    draw(context) {
      context.beginPath();
      const half = lineWidth / 2;
      context.roundRect(half, half, boxSize - lineWidth, boxSize - lineWidth, space.radius - half);
      context.lineWidth = lineWidth;
      context.stroke();
    },
  },
  dot: {
    width: 10,
    height: 10,
    draw(context) {
      context.beginPath();
      context.arc(5, 5, 4, 0, 2 * Math.PI);
      context.fill();
    },
  },
  /** A large ring whose lower half is filled: works, with less. Not to be taken for the dot. */
  halfDot: {
    width: 18,
    height: 18,
    draw(context) {
      context.beginPath();
      context.arc(9, 9, 7, 0, Math.PI);
      context.fill();
      context.lineWidth = 2;
      context.beginPath();
      context.arc(9, 9, 7, 0, 2 * Math.PI);
      context.stroke();
    },
  },
  /** A loudspeaker struck through: works, and is not to be heard. */
  muted: {
    width: 18,
    height: 18,
    draw(context) {
      context.lineWidth = 2;
      context.lineCap = 'round';
      context.lineJoin = 'round';
      context.beginPath();
      context.moveTo(2, 7);
      context.lineTo(4.5, 7);
      context.lineTo(9, 3.5);
      context.lineTo(9, 14.5);
      context.lineTo(4.5, 11);
      context.lineTo(2, 11);
      context.closePath();
      context.fill();
      context.beginPath();
      context.moveTo(12.5, 6.5);
      context.lineTo(16.5, 11.5);
      context.moveTo(16.5, 6.5);
      context.lineTo(12.5, 11.5);
      context.stroke();
    },
  },
  /** A shield with a tick: driven by the rules. */
  shield: {
    width: 16,
    height: 18,
    draw(context) {
      context.lineWidth = 1.5;
      context.lineJoin = 'round';
      context.beginPath();
      context.moveTo(8, 1);
      context.lineTo(15, 3.5);
      context.lineTo(15, 9);
      context.quadraticCurveTo(14.5, 14, 8, 17);
      context.quadraticCurveTo(1.5, 14, 1, 9);
      context.lineTo(1, 3.5);
      context.closePath();
      context.stroke();
      context.lineWidth = 2;
      context.beginPath();
      context.moveTo(4.5, 8.5);
      context.lineTo(7, 11);
      context.lineTo(11.5, 6.5);
      context.stroke();
    },
  },
  /** Danger: a full triangle with its mark left out. */
  warning: {
    width: 22,
    height: 20,
    draw(context) {
      context.beginPath();
      context.moveTo(11, 0.5);
      context.lineTo(21.5, 19.5);
      context.lineTo(0.5, 19.5);
      context.fill();
      context.globalCompositeOperation = 'destination-out';
      context.fillRect(9.8, 7, 2.4, 6);
      context.fillRect(9.8, 14.6, 2.4, 2.4);
    },
  },
  ring: {
    width: 10,
    height: 10,
    draw(context) {
      context.beginPath();
      context.arc(5, 5, 4, 0, 2 * Math.PI);
      context.lineWidth = 2;
      context.stroke();
    },
  },
  cross: {
    width: 10,
    height: 10,
    draw(context) {
      context.lineWidth = 2;
      context.lineCap = 'round';
      context.beginPath();
      context.moveTo(1.5, 1.5);
      context.lineTo(8.5, 8.5);
      context.moveTo(8.5, 1.5);
      context.lineTo(1.5, 8.5);
      context.stroke();
    },
  },
  /** As the arrow, large. */
  chevron: {
    width: 14,
    height: 20,
    draw(context) {
      context.beginPath();
      context.moveTo(0, 0);
      context.lineTo(5, 0);
      context.lineTo(14, 10);
      context.lineTo(5, 20);
      context.lineTo(0, 20);
      context.lineTo(9, 10);
      context.fill();
    },
  },
  /** Points right; turned round for left. */
  arrow: {
    width: 8,
    height: 12,
    draw(context) {
      context.beginPath();
      context.moveTo(0, 0);
      context.lineTo(8, 6);
      context.lineTo(0, 12);
      context.fill();
    },
  },
  /** The best of a list. */
  star: {
    width: 14,
    height: 14,
    draw(context) {
      context.beginPath();
      for (let point = 0; point < 10; point += 1) {
        const radius = point % 2 === 0 ? 6.5 : 2.8;
        const angle = (point * Math.PI) / 5;
        context.lineTo(7 + radius * Math.sin(angle), 7.4 - radius * Math.cos(angle));
      }
      context.fill();
    },
  },
  /** The own car on the map; smaller ones are scaled down. */
  disc: {
    width: 20,
    height: 20,
    draw(context) {
      context.beginPath();
      context.arc(10, 10, 9, 0, 2 * Math.PI);
      context.fill();
    },
  },
  /** Across a line, however it is turned: the empty rim keeps its edges smooth. */
  tick: {
    width: 6,
    height: 22,
    draw(context) {
      context.fillRect(1.5, 1, 3, 20);
    },
  },
  /** Where fuel reaches to, the flag: a pennant on its pole. */
  flag: {
    width: 10,
    height: 16,
    draw(context) {
      context.fillRect(0, 0, 2, 16);
      context.beginPath();
      context.moveTo(2, 0);
      context.lineTo(10, 4);
      context.lineTo(2, 8);
      context.fill();
    },
  },
  /** A bend to the right: up, round and on; mirrored for left. */
  bend: {
    width: 32,
    height: 32,
    draw(context) {
      context.lineWidth = 4;
      context.lineJoin = 'round';
      context.beginPath();
      context.moveTo(7, 30);
      context.lineTo(7, 21);
      context.arcTo(7, 10, 18, 10, 11);
      context.lineTo(22, 10);
      context.stroke();
      context.beginPath();
      context.moveTo(20, 1);
      context.lineTo(31, 10);
      context.lineTo(20, 19);
      context.fill();
    },
  },
} satisfies Record<string, Shape>;

export type ShapeName = keyof typeof shapes;

/** @param resolution device pixels for a layout pixel */
export function shapeTexture(shape: Shape, resolution: number): Texture {
  return canvasTexture(shape.width, shape.height, resolution, (context) => {
    context.fillStyle = '#fff';
    context.strokeStyle = '#fff';
    shape.draw(context);
  });
}

export function canvasTexture(
  width: number,
  height: number,
  resolution: number,
  draw: (context: CanvasRenderingContext2D) => void,
): Texture {
  const canvas = document.createElement('canvas');
  canvas.width = Math.ceil(width * resolution);
  canvas.height = Math.ceil(height * resolution);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('This browser draws no 2D canvas.');
  context.scale(canvas.width / width, canvas.height / height);
  draw(context);
  // The resolution comes afterwards: a source that is made with one multiplies it back into the canvas' size, and where that is off in its last bit, at 4/3
  // for example, it "corrects" the canvas, which empties it.
  const source = new CanvasSource({ resource: canvas });
  source.resolution = canvas.width / width;
  return new Texture({ source });
}
