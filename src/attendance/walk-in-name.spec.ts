import { readWalkInName } from './walk-in-name.js';

describe('the name of somebody at the door', () => {
  it.each([
    ['Hakima Bennis', { fr: { given: 'Hakima', family: 'Bennis' } }],
    [' Fatima  El Idrissi Alaoui ', { fr: { given: 'Fatima', family: 'El Idrissi Alaoui' } }],
    ['حكيمة بنيس', { ar: { given: 'حكيمة', family: 'بنيس' } }],
    [{ given: 'Fatima Zahra', family: 'Bennis' }, { fr: { given: 'Fatima Zahra', family: 'Bennis' } }],
    [{ given: 'فاطمة الزهراء', family: 'بنيس' }, { ar: { given: 'فاطمة الزهراء', family: 'بنيس' } }],
    [
      { fr: { given: 'Ali', family: 'Bennis' }, ar: { given: 'علي', family: 'بنيس' } },
      { fr: { given: 'Ali', family: 'Bennis' }, ar: { given: 'علي', family: 'بنيس' } },
    ],
  ])('is read from %j', (value, name) => {
    expect(readWalkInName(value)).toEqual(name);
  });

  it.each([
    ...['', ' ', 'Hakima', `A ${'x'.repeat(101)}`, 'A \0'],
    ...[null, undefined, 7, [], {}, { given: 'A' }, { given: 'A', family: ' ' }, { given: 1, family: 'B' }],
  ])('is not in %j', (value) => {
    expect(readWalkInName(value)).toBeUndefined();
  });
});
