/** Decimals of a share in JSON. */
const PLACES = 1000;

/** A share as JSON has it: three decimals. */
export function roundedShare(share: number | null): number | null {
  return share === null ? null : Math.round(share * PLACES) / PLACES;
}
