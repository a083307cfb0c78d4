/** Where codes are sent, ISO 3166, with the most that go to each in an hour: a stolen form costs no more than that. */
const HOURLY_BUDGET: Readonly<Record<string, number>> = {
  MA: 5000,
  ES: 300,
  FR: 300,
  BE: 300,
  NL: 300,
  IT: 300,
  DE: 300,
};

/** Codes an hour to a country; 0 where none are sent. Null stands for numbers of no country. */
export function hourlyBudget(country: string | null): number {
  return HOURLY_BUDGET[country ?? ''] ?? 0;
}
