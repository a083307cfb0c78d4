import { judgeStops, missingColumns, type TourThere } from './stop-judge.js';
import { readDay } from './stop-day.js';

const TOUR: TourThere = {
  teams: [
    { id: 'a', name: 'A' },
    { id: 'n', name: 'Équipe Nord' },
  ],
  stops: [{ teamId: 'a', citySlug: 'tanger', localDate: '2027-03-01' }],
};

function judged(header: string[], ...rows: string[][]) {
  return judgeStops(
    header,
    rows.map((cells, i) => ({ n: i + 2, cells })),
    TOUR,
  );
}

describe('a table of stops', () => {
  it.each([
    [
      ['Jour', 'Ville', 'Équipe'],
      ['02/03/2027', 'Tétouan', 'Équipe A'],
    ],
    [
      ['team', 'CITY', 'date'],
      ['a', 'tetouan', '2027-03-02'],
    ],
    [
      ['المدينة', 'التاريخ', 'الفريق'],
      ['تطوان', '٠٢/٠٣/٢٠٢٧', 'الفريق A'],
    ],
  ])('is read with the headings %j', (header, row) => {
    expect(judged(header, row)).toMatchObject([
      { n: 2, outcome: 'new', problems: [], stop: { localDate: '2027-03-02', city: 'tetouan', teamId: 'a' } },
    ]);
  });

  it('knows a team whose name begins with the word itself', () => {
    const [line] = judged(['date', 'ville', 'équipe'], ['02/03/2027', 'Larache', 'equipe nord']);
    expect(line?.stop?.teamId).toBe('n');
  });

  it('leaves alone what the tour has, and names what the file says twice', () => {
    const lines = judged(
      ['date', 'ville', 'équipe'],
      ['01/03/2027', 'Tanger', 'A'],
      ['02/03/2027', 'Tanger', 'A'],
      ['2027-03-02', 'طنجة', 'A'],
    );
    expect(lines.map(({ outcome }) => outcome)).toEqual(['there', 'new', 'error']);
    expect(lines[2]?.problems).toEqual([{ field: 'city', code: 'repeated' }]);
  });

  it('names each wrong cell', () => {
    const lines = judged(
      ['date', 'ville', 'équipe'],
      ['', '', ''],
      ['31/02/2027', 'Marseille', 'C'],
      ['03/15/2027', 'Tanger', 'A'],
    );
    expect(lines.map(({ problems }) => problems.map(({ field, code }) => `${field} ${code}`))).toEqual([
      ['date required', 'city required', 'team team-unknown'],
      ['date not-a-date', 'city city-unknown', 'team team-unknown'],
      ['date day-order'],
    ]);
  });

  it('needs a team’s column only where there are several', () => {
    expect(missingColumns(['date', 'ville'], TOUR)).toEqual(['team']);
    expect(missingColumns(['date', 'ville'], { teams: TOUR.teams.slice(0, 1) })).toEqual([]);
    expect(missingColumns(['nom'], TOUR)).toEqual(['date', 'city', 'team']);
    const [line] = judgeStops(['date', 'ville'], [{ n: 2, cells: ['01/03/2027', 'Asilah'] }], {
      ...TOUR,
      teams: TOUR.teams.slice(0, 1),
    });
    expect(line?.stop).toEqual({ localDate: '2027-03-01', city: 'asilah', teamId: 'a' });
  });
});

describe('a day in a cell', () => {
  it.each([
    ['2027-03-02', '2027-03-02'],
    ['2027-03-02T00:00:00.000Z', '2027-03-02'],
    ['2/3/2027', '2027-03-02'],
    ['02.03.2027', '2027-03-02'],
    ['٢٠٢٧-٠٣-٠٢', '2027-03-02'],
  ])('%s is %s', (cell, day) => {
    expect(readDay(cell)).toEqual({ value: day });
  });

  it.each([
    ['12/31/2027', 'day-order'],
    ['31/04/2027', 'not-a-date'],
    ['3/4/27', 'not-a-date'],
    ['lundi', 'not-a-date'],
    ['46082', 'not-a-date'],
  ])('%s is none: %s', (cell, problem) => {
    expect(readDay(cell)).toEqual({ problem });
  });
});
