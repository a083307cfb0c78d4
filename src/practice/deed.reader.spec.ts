import { DEED_KINDS, readDeed } from './deed.reader.js';

const SHEET = { kind: 'sheet.save', good: 'tapis', price: 65000, stock: 2, picture: 'rug-window' };
const TERMS = { kind: 'terms.save', deliveryFee: 3000, returnDays: 7, refund: 'money' };
const LINE = { kind: 'book.add', paper: 'fil', direction: 'out', amount: 8450 };

describe('a deed that somebody sent', () => {
  it.each([
    [{}, '/kind required'],
    [{ kind: 'shop.burn' }, '/kind not-a-choice'],
    [{ kind: 'shop.name' }, '/name required'],
    [{ kind: 'shop.name', name: '   ' }, '/name required'],
    [{ kind: 'shop.name', name: 7 }, '/name not-text'],
    [{ kind: 'shop.name', name: 'a\0b' }, '/name not-unicode'],
    [{ kind: 'shop.name', name: '\ud800' }, '/name not-unicode'],
    [{ kind: 'shop.name', name: 'x'.repeat(61) }, '/name too-long'],
    [{ kind: 'clock.next', hours: 3 }, '/hours unknown-field'],
    [{ kind: 'order.accept' }, '/order required'],
    [{ kind: 'order.ship', order: 'a', carrier: 'camel' }, '/carrier not-a-choice'],
    [{ kind: 'order.ship', order: 'a' }, '/carrier required'],
    [{ kind: 'order.refund', order: 'a', channel: 'shells' }, '/channel not-a-choice'],
    [{ kind: 'bank.code', order: 'carte' }, '/code required'],
    [{ kind: 'bank.code', order: 'carte', code: '1234567890123' }, '/code too-long'],
    [{ ...TERMS, refund: 'shells' }, '/refund not-a-choice'],
    [{ ...TERMS, returnDays: 366 }, '/returnDays too-large'],
    [{ ...TERMS, deliveryFee: -1 }, '/deliveryFee too-small'],
    [{ ...TERMS, deliveryFee: undefined }, '/deliveryFee required'],
    [{ ...SHEET, price: -1 }, '/price too-small'],
    [{ ...SHEET, price: 10_000_001 }, '/price too-large'],
    [{ ...SHEET, price: 1.5 }, '/price not-a-whole-number'],
    [{ ...SHEET, price: '650' }, '/price not-a-number'],
    [{ ...SHEET, price: undefined }, '/price required'],
    [{ ...SHEET, stock: 1001 }, '/stock too-large'],
    [{ ...SHEET, titleFr: 'x'.repeat(81) }, '/titleFr too-long'],
    [{ ...SHEET, counted: 'hours' }, '/counted not-a-list'],
    [{ ...SHEET, counted: ['hours', 'hours'] }, '/counted repeated'],
    [{ ...SHEET, counted: ['luck'] }, '/counted not-a-choice'],
    [{ ...SHEET, counted: [{}] }, '/counted not-a-choice'],
    [{ ...LINE, amount: 0 }, '/amount too-small'],
    [{ ...LINE, direction: 'up' }, '/direction not-a-choice'],
  ])('%j: %s', (given, problem) => {
    const read = readDeed(given);
    expect('errors' in read ? read.errors.map(({ pointer, code }) => `${pointer} ${code}`) : []).toEqual([
      problem,
    ]);
  });

  it('takes the least and the most of everything', () => {
    expect(readDeed({ ...SHEET, price: 0, stock: 0 })).toHaveProperty('deed');
    const most = { ...SHEET, price: 10_000_000, stock: 1000, titleAr: '🧶'.repeat(80), counted: ['hours'] };
    expect(readDeed(most)).toEqual({ deed: { ...most, titleFr: '' } });
    expect(readDeed({ kind: 'shop.name', name: ` ${'ز'.repeat(58)} ` })).toEqual({
      deed: { kind: 'shop.name', name: 'ز'.repeat(58) },
    });
    expect(readDeed({ ...LINE, amount: 1, id: 'x' })).toEqual({ deed: { ...LINE, amount: 1 } });
  });

  it('names every field that is wrong at once', () => {
    const read = readDeed({ kind: 'book.add', direction: 'up', amount: 0, more: 1 });
    expect('errors' in read && read.errors.map(({ pointer }) => pointer)).toEqual([
      '/paper',
      '/direction',
      '/amount',
      '/more',
    ]);
  });

  it('knows every kind that one may send; a photo comes only with its upload', () => {
    expect(DEED_KINDS).toHaveLength(23);
    const kinds: readonly string[] = DEED_KINDS;
    expect(kinds.filter((kind) => kind.startsWith('photo.'))).toEqual([]);
    expect(readDeed({ kind: 'photo.add', good: 'tapis' })).toEqual({
      errors: [{ pointer: '/kind', code: 'not-a-choice' }],
    });
  });
});
