import { AGENDAS, SESSION_FORMATS, shareOut, usualModules } from './agenda.js';

const MODULES = [1, 2, 3, 4, 5, 6].map((position) => ({ position }));

describe('the agenda of a session', () => {
  it.each(SESSION_FORMATS)('has no gap and no overlap: %s', (format) => {
    const lines = AGENDAS[format];
    for (const [at, one] of lines.entries()) {
      expect(one.from < one.to).toBe(true);
      if (at > 0) expect(lines[at - 1]?.to).toBe(one.from);
    }
  });

  it('spreads six modules over the four workshops of a day, two where there is more time', () => {
    const shares = [...shareOut(AGENDAS.day, MODULES).values()];
    expect(shares.map((share) => share.map(({ position }) => position))).toEqual([[1], [2, 3], [4, 5], [6]]);
  });

  it('takes the second and the third for a short session, one a workshop', () => {
    for (const format of ['half', 'ramadan'] as const) {
      const usual = usualModules(format, MODULES);
      const shares = [...shareOut(AGENDAS[format], usual).values()];
      expect(shares).toEqual([[{ position: 2 }], [{ position: 3 }]]);
    }
  });

  it('gives every module to one workshop, however many there are', () => {
    for (let count = 0; count <= 12; count++) {
      const modules = Array.from({ length: count }, (_, at) => at);
      for (const format of SESSION_FORMATS)
        expect([...shareOut(AGENDAS[format], modules).values()].flat()).toEqual(modules);
    }
  });
});
