import fc from 'fast-check';
import { holds } from '../../test/support/property.js';
import { newId } from '../shared/new-id.js';
import { Keys } from '../shared/security/keys.js';
import { passDigest, PassToken } from './pass-token.js';

const secret = 'a'.repeat(64);
const tokens = new PassToken(new Keys({ current: secret }));

describe('the text of a pass', () => {
  it('comes back as its enrolment, and only as written', () => {
    const id = newId();
    const token = tokens.make(id);
    expect(tokens.read(token)).toBe(id);
    for (const other of [
      '',
      token + 'A',
      token.slice(1),
      token.toLowerCase(),
      ` ${token}`,
      'Q1..',
      'Q2' + token.slice(2),
    ])
      expect(tokens.read(other)).toBeUndefined();
  });

  it('shows every altered character', () => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.';
    const token = tokens.make(newId());
    holds(
      fc.property(fc.nat(token.length - 1), fc.constantFrom(...alphabet), (place, letter) => {
        fc.pre(token[place] !== letter);
        expect(tokens.read(token.slice(0, place) + letter + token.slice(place + 1))).toBeUndefined();
      }),
    );
  });

  it('is one for another secret, and stays sound while that secret is the previous one', () => {
    const id = newId();
    const token = tokens.make(id);
    expect(new PassToken(new Keys({ current: 'b'.repeat(64) })).read(token)).toBeUndefined();
    expect(new PassToken(new Keys({ current: 'b'.repeat(64), previous: secret })).read(token)).toBe(id);
  });

  it('is known by its SHA-256', () =>
    expect(passDigest('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'));
});
