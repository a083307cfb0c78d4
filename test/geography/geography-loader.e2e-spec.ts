import { GeographyLoader } from '../../src/shared/geography/geography-loader.js';
import { type ReferenceTable, referenceTables } from '../../src/shared/geography/reference-rows.js';
import { createTestApp, type TestApp } from '../support/app.js';

/** The reference files with another number of minutes for one road. */
function withMinutes(minutes: number): readonly ReferenceTable[] {
  return referenceTables().map((table) =>
    table.name === 'leg'
      ? {
          ...table,
          rows: table.rows.map((row) =>
            row[0] === 'tanger' && row[1] === 'tetouan' ? [row[0], row[1], minutes, 62] : row,
          ),
        }
      : table,
  );
}

describe('the geography in its tables', () => {
  let t: TestApp;
  beforeAll(async () => (t = await createTestApp({ isFirstStart: true })), 60_000);
  afterAll(() => t.close());

  const minutes = async (): Promise<number | undefined> =>
    (
      await t.db.readOne<{ minutes: number }>(
        'test.leg',
        `SELECT minutes FROM leg WHERE from_city = 'tanger' AND to_city = 'tetouan'`,
      )
    )?.minutes;

  it('is that of the files', async () => {
    const counts = await t.db.readOne(
      'test.counts',
      `SELECT (SELECT count(*)::int FROM province) AS provinces, (SELECT count(*)::int FROM commune) AS communes,
              (SELECT count(*)::int FROM city) AS cities, (SELECT count(*)::int FROM leg) AS legs`,
    );
    expect(counts).toEqual({ provinces: 8, communes: 146, cities: 15, legs: 18 });
    expect(await minutes()).toBe(60);
  });

  it('follows a new version of the files', async () => {
    await t.app.get(GeographyLoader).load(withMinutes(55));
    expect(await minutes()).toBe(55);
  });

  it('leaves what an administrator has corrected, also after another version, and fills in what is gone', async () => {
    await t.db.write(
      'test.correct',
      `UPDATE leg SET minutes = 70 WHERE from_city = 'tanger' AND to_city = 'tetouan'`,
    );
    await t.db.write('test.remove', `DELETE FROM leg WHERE from_city = 'asilah'`);
    await t.app.get(GeographyLoader).load(withMinutes(55));
    expect(await minutes()).toBe(70);
    await t.app.get(GeographyLoader).load(withMinutes(50));
    expect(await minutes()).toBe(70);
    expect(
      await t.db.readOne(
        'test.again',
        `SELECT minutes FROM leg WHERE from_city = 'asilah' AND to_city = 'larache'`,
      ),
    ).toEqual({ minutes: 35 });
  });
});
