import { spokenCode } from './room-code.presenter.js';

it.each([
  ['048213', '048 213'],
  ['000000', '000 000'],
  ['1234567', '123 456 7'],
])('%s is read as %s', (code, spoken) => {
  expect(spokenCode(code)).toBe(spoken);
});
