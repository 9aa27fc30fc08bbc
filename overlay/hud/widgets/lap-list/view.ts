import { Container, type Sprite } from 'pixi.js';
import type { Figures } from '../../drawing/figures.ts';
import type { Kit, Plate } from '../../drawing/kit.ts';
import { Notice } from '../../drawing/notice.ts';
import { centredBaseline, type Words } from '../../drawing/words.ts';
import { minus } from '../../number-text.ts';
import type { View } from '../../painted.ts';
import { places } from '../../places.ts';
import { type Palette, space, type } from '../../tokens.ts';
import { fields, type LapListModel } from './model.ts';
import type { LapRow } from './rows.ts';

const { width, height } = places.lapList;
const rowHeight = 28;
const topY = (height - fields.indices.length * rowHeight) / 2;
const markX = 20;
const lapRight = 58;
const timeX = 72;
const right = width - space.pad;
const wordsWidth = 148;

/** One lap: a sign for what it is, its number, its time, and the gap or words. */
class Row {
  readonly #colour: Palette;
  readonly #group = new Container();
  readonly #best: Sprite;
  readonly #spoilt: Sprite;
  readonly #lap: Figures;
  readonly #time: Figures;
  readonly #gap: Figures;
  readonly #words: Words;

  constructor(kit: Kit, into: Container, y: number) {
    const { colour } = kit;
    this.#colour = colour;
    this.#group.y = y;
    into.addChild(this.#group);
    const middle = rowHeight / 2;
    const baseline = centredBaseline(middle, type.size.body);
    this.#best = kit.shape(this.#group, 'star', colour.gain, markX, middle);
    this.#spoilt = kit.shape(this.#group, 'cross', colour.muted, markX, middle);
    const figure = { size: 'body', baseline } as const;
    this.#lap = kit.figures(this.#group, { ...figure, colour: colour.muted, align: 1, x: lapRight });
    this.#time = kit.figures(this.#group, { ...figure, colour: colour.ink, align: 0, x: timeX });
    this.#gap = kit.figures(this.#group, { ...figure, colour: colour.muted, align: 1, x: right });
    this.#words = kit.words(this.#group, {
      fontSize: type.size.small,
      colour: colour.muted,
      align: 1,
      x: right,
      baseline: centredBaseline(middle, type.size.small),
      maxWidth: wordsWidth,
    });
  }

  draw({ kind, lap, time, gap, words }: LapRow): void {
    this.#group.visible = kind !== 'empty';
    this.#best.visible = kind === 'best';
    this.#spoilt.visible = kind === 'spoilt';
    this.#lap.text = lap;
    this.#time.text = time || minus;
    this.#time.colour = kind === 'spoilt' ? this.#colour.muted : this.#colour.ink;
    this.#gap.text = gap;
    this.#words.text = words;
    this.#words.colour = kind === 'best' ? this.#colour.gain : this.#colour.muted;
  }
}

export class LapListView implements View<LapListModel> {
  readonly #root: Container;
  readonly #list = new Container();
  readonly #notice: Notice;
  readonly #plate: Plate;
  /** The newest lap is apart from those before it. */
  readonly #rule: Sprite;
  readonly #rows: Row[];

  constructor(kit: Kit, root: Container) {
    this.#root = root;
    root.addChild(this.#list);
    this.#plate = kit.plate(this.#list, width, height);
    this.#rule = kit.bar(this.#list, kit.colour.line, space.pad, topY + rowHeight, width - 2 * space.pad, 1);
    this.#rows = fields.indices.map((index) => new Row(kit, this.#list, topY + index * rowHeight));
    this.#notice = new Notice(kit, root, width, 0);
  }

  draw(model: Readonly<LapListModel>): void {
    this.#root.alpha = model.opacity;
    this.#root.visible = model.opacity > 0;
    this.#list.visible = model.words === '';
    this.#notice.text = model.words;
    const rows = fields.indices.map((index) => fields.read(model, index));
    for (const [index, row] of rows.entries()) this.#rows[index]?.draw(row);
    const shown = rows.filter(({ kind }) => kind !== 'empty').length;
    this.#plate.height = 2 * topY + shown * rowHeight;
    this.#rule.visible = shown > 1;
  }
}
