import fc from 'fast-check';
import { holds } from '../../test/support/property.js';
import { isUnstorable, keepApart, keepRaw } from './raw-event.js';

const SESSION = '01994a3e-0000-7000-8000-000000000001';
const ID = '0b9f6f5e-7a3c-4f0e-9d55-2f6f0c1f2a3b';
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let i = 0; i < depth; i++) value = i % 2 ? [value] : { value };
  return value;
}

describe('keepRaw', () => {
  it('keeps an event as it came, under its own id', () => {
    const event = { id: ID.toUpperCase(), other: ['é', '🙂', '\\u0000 as text is fine', '\ufffe'] };
    expect(keepRaw(SESSION, event)).toEqual({ id: ID, body: event });
  });

  it('gives an event without an id always the same one, per session', () => {
    for (const event of [null, 3, 'text', [], {}, { id: 'no' }, { id: 7 }, undefined]) {
      const { id } = keepRaw(SESSION, event);
      expect(id).toMatch(UUID);
      expect(keepRaw(SESSION, event).id).toBe(id);
      expect(keepRaw(ID, event).id).not.toBe(id);
    }
    expect(keepRaw(SESSION, { a: 1 }).id).not.toBe(keepRaw(SESSION, { a: 2 }).id);
  });

  it('keeps the text of what jsonb cannot hold', () => {
    for (const text of ['a\0b', '\ud800', 'x\udc00y'])
      expect(keepRaw(SESSION, { id: ID, by: text })).toEqual({
        id: ID,
        body: { unstorable: JSON.stringify({ id: ID, by: text }) },
      });
    expect(keepRaw(SESSION, { id: ID, ['k\0']: 1 }).body).toHaveProperty('unstorable');
  });

  it('bears any depth', () => {
    expect(keepRaw(SESSION, nested(30)).body).toEqual(nested(30));
    expect(keepRaw(SESSION, nested(32)).body).toEqual(nested(32));
    expect(keepRaw(SESSION, nested(33)).body).toEqual({ unstorable: null });
    expect(keepRaw(SESSION, nested(200_000)).body).toEqual({ unstorable: null });
  });

  it('takes any JSON', () => {
    holds(fc.property(fc.jsonValue(), (value) => expect(keepRaw(SESSION, value).id).toMatch(UUID)));
  });
});

describe('isUnstorable', () => {
  it('tells what is kept in place of an event from an event', () => {
    expect([{ unstorable: null }, { unstorable: '"a"' }].map(isUnstorable)).toEqual([true, true]);
    expect([null, undefined, 'unstorable', 7, true, [], {}].map(isUnstorable)).toEqual(Array(7).fill(false));
  });
});

describe('keepApart', () => {
  it('gives an id that is taken elsewhere another one, always the same', () => {
    const event = { id: ID, body: { id: ID } };
    const apart = keepApart(SESSION, event);
    expect(apart).toEqual({ id: expect.stringMatching(UUID), body: { id: ID } });
    expect(apart.id).not.toBe(ID);
    expect(keepApart(SESSION, event)).toEqual(apart);
  });
});
