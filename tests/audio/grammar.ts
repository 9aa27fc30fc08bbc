/** What the recogniser may hear: our sentences as a grammar, and numbers as words. */

const small =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const tens = ' twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');

function numberWords(value: number): string {
  if (value < 20) return small[value] ?? '';
  if (value < 100)
    return `${tens[Math.floor(value / 10) - 1]}${value % 10 === 0 ? '' : ` ${small[value % 10]}`}`;
  return `${small[Math.floor(value / 100)]} hundred${value % 100 === 0 ? '' : ` ${numberWords(value % 100)}`}`;
}

/** A sentence as it is heard: no commas, figures as words. */
export function spokenWords(sentence: string): string {
  return sentence
    .toLowerCase()
    .replace(/(\d+):0(\d)/g, '$1 oh $2')
    .replace(/:/g, ' ')
    .replace(/\.(\d)/g, ' point $1')
    .replace(/,/g, '')
    .replace(/\d+/g, (digits) => numberWords(Number(digits)));
}

export const advice = [
  'brake',
  'brake earlier',
  'brake later',
  'brake harder',
  'brake softer',
  'release earlier',
  'release later',
  'hold the brake',
  'trail the brake',
  'turn in earlier',
  'turn in later',
  'throttle earlier',
  'throttle later',
  'full throttle',
  'lift',
  'lift earlier',
  'lift later',
  'carry more speed',
  'carry less speed',
  'shift up',
  'shift down',
  'stay inside',
  'stay outside',
  'use the exit',
];
export const calls = [
  'car left',
  'car right',
  'car inside',
  'car outside',
  'two left',
  'two right',
  'two inside',
  'two outside',
  'three wide',
  'still there',
  'clear',
];
export const cornerNames = [
  'toll bar',
  'first weir',
  'second weir',
  'third weir',
  'long furrow',
  'crook',
  'mill left',
  'mill right',
  'lapwing',
  'gate',
  'homeward',
];

const either = (list: string[]) => list.map((text) => `(${text})`).join(' | ');
const digits = either(small.slice(0, 10));

/** JSGF. Any corner, any advice, any number to 399. */
export const grammar = `#JSGF V1.0;
grammar racing;
public <sentence> = <place> <advice> | <advice> <number> meters | <place> <outcome> | <call> | <time> | at the <number> board <advice> | fuel for <below> [ <tenth> ] laps;
<place> = turn <below> | ${either(cornerNames)};
<advice> = ${either(advice)} ;
<outcome> = (<digit> tenths | one tenth) (lost | gained);
<call> = ${either(calls)};
<time> = last lap <digit> (<below> | oh <digit>) <tenth>;
<tenth> = point <digit>;
<digit> = ${digits};
<below> = ${either(small)} | (${either(tens.filter((word) => word !== ''))}) [ ${either(small.slice(1, 10))} ];
<number> = <below> | (one | two | three) hundred [ <below> ];
`;

/** Of the words that are in no dictionary. */
export const pronunciations = { lapwing: 'L AE P W IH NG' };
