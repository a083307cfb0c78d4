import { isOwnId, newId } from './new-id.js';

describe('newId', () => {
  it('makes ids of ours, each once, each after the one before', () => {
    const ids = Array.from({ length: 20_000 }, newId);
    expect(ids.every(isOwnId)).toBe(true);
    expect(new Set(ids).size).toBe(ids.length);
    expect([...ids].sort()).toEqual(ids);
  });

  it('tells nothing of one id by another', () => {
    const tails = Array.from({ length: 2_000 }, () => newId().slice(-12));
    expect(new Set(tails).size).toBe(tails.length);
  });
});
