import { Container, type Sprite } from 'pixi.js';
import type { Figures } from '../../drawing/figures.ts';
import type { Kit } from '../../drawing/kit.ts';
import { Notice, noticeHeight } from '../../drawing/notice.ts';
import type { Words } from '../../drawing/words.ts';
import { minus } from '../../number-text.ts';
import type { View } from '../../painted.ts';
import { places } from '../../places.ts';
import { space, type } from '../../tokens.ts';
import { fields, type TyreRow, type TyresModel, treadSteps } from './model.ts';

const { width, height } = places.tyres;
const headHeight = 28;
const cell = { width: width / 2, height: (height - headHeight) / 2 };
/** Three columns across the tread. */
const columnWidth = 36;
const firstColumn = (cell.width - 3 * columnWidth) / 2 + columnWidth / 2;
const tread = { width: 28, height: 16 };
/** Heights of a cell's parts, which are stacked and centred as far as they are wanted. */
const parts = { temperature: 24, tread: 24, words: 18 } as const;
const places3 = ['L', 'M', 'R'] as const;

/** A place across the tread: its temperature, and a box filled as far as there is tread. */
class Column {
  readonly #temperature: Figures;
  readonly #box: Container;
  readonly #fill: Sprite;
  readonly #unknown: Sprite;

  constructor(kit: Kit, into: Container, x: number) {
    const { colour } = kit;
    this.#temperature = kit.figures(into, { size: 'body', colour: colour.ink, align: 0.5, x, baseline: 0 });
    this.#box = new Container();
    this.#box.x = x - tread.width / 2;
    into.addChild(this.#box);
    kit.bar(this.#box, colour.line, 0, 0, tread.width, tread.height);
    this.#fill = kit.bar(this.#box, colour.muted, 0, 0, tread.width, tread.height);
    this.#unknown = kit.bar(this.#box, colour.muted, tread.width / 2 - 5, tread.height / 2 - 1, 10, 2);
  }

  draw(temperature: string, left: number, temperatureY: number, treadY: number): void {
    this.#temperature.text = temperatureY < 0 ? '' : temperature || minus;
    this.#temperature.baseline = temperatureY + 19;
    this.#box.visible = treadY >= 0;
    this.#box.y = treadY + 4;
    const filled = (Math.max(0, left) / treadSteps) * tread.height;
    this.#fill.visible = filled > 0;
    this.#fill.setSize(tread.width, Math.max(1, filled));
    this.#fill.y = tread.height - filled;
    this.#unknown.visible = left < 0;
  }
}

class Tyre {
  readonly #columns: Column[];
  readonly #least: Words;
  readonly #pressure: Words;

  constructor(kit: Kit, into: Container, x: number, y: number) {
    const group = new Container();
    group.position.set(x, y);
    into.addChild(group);
    this.#columns = places3.map((_, index) => new Column(kit, group, firstColumn + index * columnWidth));
    const edge = firstColumn - tread.width / 2;
    const words = { fontSize: type.size.small, baseline: 0 };
    this.#least = kit.words(group, { ...words, colour: kit.colour.ink, align: 0, x: edge });
    this.#pressure = kit.words(group, { ...words, colour: kit.colour.muted, align: 1, x: cell.width - edge });
  }

  draw(row: TyreRow, model: Readonly<TyresModel>): void {
    const wordsShown = model.showTread || model.showPressure;
    const shown = [
      model.showTemperature ? parts.temperature : 0,
      model.showTread ? parts.tread : 0,
      wordsShown ? parts.words : 0,
    ] as const;
    const top = (cell.height - shown[0] - shown[1] - shown[2]) / 2;
    const treadY = top + shown[0];
    for (const [index, place] of places3.entries()) {
      const [temperature, left] = [row[`temperature${place}`], row[`tread${place}`]];
      this.#columns[index]?.draw(
        temperature,
        left,
        model.showTemperature ? top : -1,
        model.showTread ? treadY : -1,
      );
    }
    const baseline = treadY + shown[1] + 14;
    this.#least.baseline = baseline;
    this.#pressure.baseline = baseline;
    this.#least.text = model.showTread ? row.least : '';
    this.#pressure.text = model.showPressure ? row.pressure : '';
  }
}

export class TyresView implements View<TyresModel> {
  readonly #root: Container;
  readonly #content = new Container();
  readonly #notice: Notice;
  readonly #stamp: Words;
  readonly #unit: Words;
  readonly #tyres: Tyre[];

  constructor(kit: Kit, root: Container) {
    const { colour } = kit;
    this.#root = root;
    root.addChild(this.#content);
    const into = this.#content;
    kit.plate(into, width, height);
    const words = { fontSize: type.size.small, baseline: 19 };
    this.#stamp = kit.words(into, {
      ...words,
      colour: colour.ink,
      align: 0,
      x: space.pad,
      maxWidth: width - 2 * space.pad - 28,
    });
    this.#unit = kit.words(into, { ...words, colour: colour.muted, align: 1, x: width - space.pad });
    kit.bar(into, colour.line, space.pad, headHeight, width - 2 * space.pad, 1);
    kit.bar(into, colour.line, space.pad, headHeight + cell.height, width - 2 * space.pad, 1);
    kit.bar(into, colour.line, cell.width, headHeight + space.pad, 1, 2 * cell.height - 2 * space.pad);
    this.#tyres = fields.indices.map(
      (index) =>
        new Tyre(kit, into, (index % 2) * cell.width, headHeight + Math.floor(index / 2) * cell.height),
    );
    this.#notice = new Notice(kit, root, width, height - noticeHeight);
  }

  draw(model: Readonly<TyresModel>): void {
    this.#root.alpha = model.opacity;
    this.#root.visible = model.opacity > 0;
    this.#content.visible = model.live;
    this.#notice.text = model.live ? '' : model.stamp;
    this.#stamp.text = model.stamp;
    this.#unit.text = model.unit;
    for (const index of fields.indices) this.#tyres[index]?.draw(fields.read(model, index), model);
  }
}
