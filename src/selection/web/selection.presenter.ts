import { type Call, dossierNumber } from '../../calls/public.js';
import type { ResultChange, ResultRow } from '../result.store.js';
import type { Ranked } from '../ranking.js';
import type { EligibilityRule, Selection } from '../selection.js';
import type { OwnResultDto, RankedResultDto, ResultChangeDto, SelectionResultDto } from './result.dto.js';
import type { SelectionDto, SelectionRuleDto } from './selection.dto.js';

const ruleOf = (rule: EligibilityRule): SelectionRuleDto =>
  'values' in rule ? { ...rule, values: [...rule.values] } : { ...rule };

/** A selection as the API shows it; `isStaff` adds what visitors are not told. */
export function presentSelection(selection: Selection, call: Call, isStaff: boolean): SelectionDto {
  const { state, revision, hash, secret, announcedAt, publishedAt, design } = selection;
  return {
    ...{ call: call.slug, state, hash, secret },
    ...(isStaff ? { revision } : {}),
    ...{ places: design.places, reserve: design.reserve, scorers: design.scorers },
    rules: design.rules.map(ruleOf),
    criteria: design.criteria.map((one) => ({ ...one })),
    quotas: design.quotas.map((one) => ({ ...one })),
    announcedAt: announcedAt?.toISOString() ?? null,
    publishedAt: publishedAt?.toISOString() ?? null,
  };
}

/** What everybody may read of a result: no quota, which would say something of the person. */
export function presentResult(row: ResultRow): SelectionResultDto {
  const { outcome, firstOutcome, rank, reserveRank, points, draw, code } = row;
  return { number: dossierNumber(row), outcome, firstOutcome, rank, reserveRank, points, draw, code };
}

export function presentOwnResult(row: ResultRow): OwnResultDto {
  return { ...presentResult(row), quota: row.quota, reasons: row.reasons.map((one) => ({ ...one })) };
}

/** As {@link presentResult}, of a result that nobody has been told. */
export function presentRanked(row: Ranked): RankedResultDto {
  const { number, outcome, rank, reserveRank, points, draw, code, quota } = row;
  return { number, outcome, firstOutcome: outcome, rank, reserveRank, points, draw, code, quota };
}

export function presentChange(change: ResultChange): ResultChangeDto {
  const { k, at, from, to, code } = change;
  return { k, number: dossierNumber(change), at: at.toISOString(), from, to, code };
}
