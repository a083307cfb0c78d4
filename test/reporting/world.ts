import { SignInService } from '../../src/identity/public.js';
import { givenStaff } from '../support/actors.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { TestClock } from '../support/test-clock.js';

export const INDICATORS = [
  'candidates',
  'booked',
  'attended',
  'attendeeHours',
  'completed',
  'certified',
] as const;
export type Measure = (typeof INDICATORS)[number];

/** A row as the API gives it: codes of the dimensions and cells of the indicators, all under their names. */
export type Row = Record<string, string | number>;

export interface Answer {
  rows: Row[];
  total: Row;
  asOf: string;
}

/** The demo with its agency: somebody who may see names, and the funder, who may not. */
export interface Agency extends TestApp {
  manager: string;
  funder: string;
  auditor: string;
  /** The figures of a campaign for the holder of a token. */
  figures(token: string, by: string, campaign?: string): Promise<Answer>;
}

const ACCOUNT = `SELECT id FROM account WHERE email = $1`;
const CAMPAIGN = `SELECT id FROM campaign WHERE slug = $1`;

/** Boots the demo. @param certificates false where nobody looks at them: printing takes seconds */
export async function givenAgency({ certificates }: { certificates: boolean }): Promise<Agency> {
  const t = await createTestApp({
    clock: new TestClock('2026-11-22T10:00:00Z'),
    env: { QAFILA_DEMO: '1', QAFILA_DEMO_PASSWORD: 'demo-password-1' },
  });
  if (certificates) await t.runJobs();
  const tokenOf = async (email: string): Promise<string> => {
    const row = await t.db.readOne<{ id: string }>('test.accountOf', ACCOUNT, [email]);
    return (await t.app.get(SignInService).issue({ accountId: row?.id ?? '' })).token;
  };
  return {
    ...t,
    manager: (await givenStaff(t, 'manager', { kind: 'campaign', id: await campaignId(t, 'apdn-2021') }))
      .token,
    funder: await tokenOf('funder@qafila.test'),
    auditor: await tokenOf('auditor@qafila.test'),
    figures: async (token, by, campaign = 'apdn-2021') => {
      const answer = await t.api(`/campaigns/${campaign}/participation?by=${by}`, { token });
      if (answer.statusCode !== 200) throw new Error(`by=${by}: ${answer.statusCode} ${answer.body}`);
      return withCodes(answer.json<Answer>());
    },
  };
}

export async function campaignId(t: TestApp, slug: string): Promise<string> {
  return (await t.db.readOne<{ id: string }>('test.campaignOf', CAMPAIGN, [slug]))?.id ?? '';
}

/** The answer with its cities by their codes alone, as the base tables have them; a city without a name is a mistake. */
function withCodes(answer: Answer): Answer {
  const rows = answer.rows.map((row) => {
    if (!('city' in row)) return row;
    const { slug, name } = row['city'] as unknown as { slug?: string; name?: string };
    if (!slug || !name) throw new Error(`No city: ${JSON.stringify(row)}`);
    return { ...row, city: slug };
  });
  return { ...answer, rows };
}

/** Rows by their codes, so that two countings compare whatever their order. */
export function byKey(rows: readonly Row[], by: readonly string[]): Map<string, Row> {
  return new Map(rows.map((row) => [by.map((name) => row[name]).join(' / '), row]));
}
