import { byteRangeOf } from './byte-range.js';

describe('A byte range', () => {
  it.each([
    ['bytes=0-0', { start: 0, end: 0 }],
    ['bytes=2-5', { start: 2, end: 5 }],
    ['bytes = 2 - 5', { start: 2, end: 5 }],
    ['bytes=7-', { start: 7, end: 9 }],
    ['bytes=7-1000', { start: 7, end: 9 }],
    ['bytes=-3', { start: 7, end: 9 }],
    ['bytes=-1000', { start: 0, end: 9 }],
  ])('%s of ten bytes is read', (header, range) => {
    expect(byteRangeOf(header, 10)).toEqual(range);
  });

  it.each([undefined, '', 'bytes=', 'bytes=-', 'bytes=5-2', 'bytes=a-b', 'bytes=0-1,4-5', 'pages=1-2'])(
    '%s asks for the whole',
    (header) => {
      expect(byteRangeOf(header, 10)).toBe('whole');
    },
  );

  it.each([
    ['bytes=10-', 10],
    ['bytes=10-12', 10],
    ['bytes=-0', 10],
    ['bytes=0-', 0],
    ['bytes=-1', 0],
  ])('%s of %d bytes lies beyond the end', (header, bytes) => {
    expect(byteRangeOf(header, bytes)).toBe('unsatisfiable');
  });
});
