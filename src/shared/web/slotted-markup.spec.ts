import Handlebars from 'handlebars';
import { escaped, slot, SlottedMarkup } from './slotted-markup.js';

const render = (template: string, model: object): SlottedMarkup =>
  new SlottedMarkup(Handlebars.compile(template)(model));
const text = (parts: readonly Buffer[]): string => Buffer.concat(parts).toString();

describe('slotted markup', () => {
  it('is what the template would have made of the values themselves', () => {
    const page = render('<p title="{{name}}">{{name}}, {{age}} · {{#if name}}{{list}}{{/if}}</p>', {
      ...{ name: slot('name'), list: slot('list'), age: '7 < 8' },
    });
    const name = escaped('فاطمة <b>&"');
    expect(text(page.fill({ name, list: [Buffer.from('<i>'), Buffer.from('é')] }))).toBe(
      '<p title="فاطمة &lt;b&gt;&amp;&quot;">فاطمة &lt;b&gt;&amp;&quot;, 7 &lt; 8 · <i>é</p>',
    );
  });

  it('leaves a slot empty that is not filled, and works without any', () => {
    expect(text(render('a{{b}}c', { b: slot('b') }).fill({}))).toBe('ac');
    expect(text(new SlottedMarkup('plain').fill({ b: Buffer.from('x') }))).toBe('plain');
  });
});
