import {
  clockText,
  decibels,
  isSilent,
  levelVerdict,
  meanDecibels,
  recordingType,
  roomVerdict,
  rootMeanSquare,
} from './browser/booth/level.js';

const sine = (amplitude: number): number[] =>
  Array.from({ length: 4800 }, (_, n) => amplitude * Math.sin((2 * Math.PI * n) / 48));

describe('the level of a microphone', () => {
  it('is the root mean square in decibels below full scale', () => {
    expect(rootMeanSquare(sine(1))).toBeCloseTo(Math.SQRT1_2, 6);
    expect(decibels(rootMeanSquare(sine(1)))).toBeCloseTo(-3.01, 2);
    expect(decibels(0.1)).toBeCloseTo(-20, 6);
    expect([decibels(0), decibels(1e-9), rootMeanSquare([])]).toEqual([-100, -100, 0]);
  });

  it('averages powers over time: one slam of a door is not lost among silence', () => {
    expect(meanDecibels([-20, -20])).toBeCloseTo(-20, 6);
    expect(meanDecibels([-10, ...Array<number>(9).fill(-80)])).toBeCloseTo(-20, 2);
    expect(meanDecibels([])).toBe(-100);
  });

  it('says in a word how the room and the voice are', () => {
    expect([-100, -90, -89, -50, -49, -38, -37, 0].map(roomVerdict)).toEqual([
      'dead',
      'dead',
      'quiet',
      'quiet',
      'fair',
      'fair',
      'loud',
      'loud',
    ]);
    expect([-60, -36, -35, -18, -6, -5].map(levelVerdict)).toEqual([
      'low',
      'low',
      'good',
      'good',
      'good',
      'high',
    ]);
    expect([-46, -45].map(isSilent)).toEqual([true, false]);
  });

  it('shows minutes and seconds, and records what the browser can', () => {
    expect([0, 999, 65_000, 179_999].map(clockText)).toEqual(['0:00', '0:00', '1:05', '2:59']);
    expect(recordingType((type) => type === 'audio/mp4')).toBe('audio/mp4');
    expect(recordingType(() => true)).toBe('audio/webm;codecs=opus');
    expect(recordingType(() => false)).toBe('');
  });
});
