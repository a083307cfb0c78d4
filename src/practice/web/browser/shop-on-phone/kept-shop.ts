import type { Locale, Words } from '../../../../shared/i18n/i18n.js';
import { allFacts, type Fact, keepFact } from '../../../../shared/web/browser/offline/database.js';
import { cacheOf, currentOwner, storedWith } from '../../../../shared/web/browser/offline/packs.js';
import type { Action, Deed } from '../../../engine/action.js';
import type { Scenario } from '../../../engine/scenario.js';
import { type OpenShop, openShop, readAction, shopAfter, type ShopRow } from '../../../open-shop.js';

const WORLD = /^\/api\/v1\/practice\/shops\/[^/]+\/world\?/;

/** What was stored of a shop. */
interface World {
  readonly row: ShopRow;
  readonly scenario: Scenario;
  readonly lang: Locale;
  readonly words: Words;
}

/** A shop as this phone has it: as it was stored, and what was done here since. */
export class KeptShop {
  private constructor(
    private readonly owner: string,
    private readonly page: string,
    private readonly world: World,
  ) {}

  /** @param page address of the shop's counter; @returns undefined where it is not stored, or somebody else's */
  static async at(page: string): Promise<KeptShop | undefined> {
    const owner = await currentOwner();
    const pack = owner === undefined ? undefined : await storedWith(owner, page);
    const file = pack?.files.find(({ url }) => WORLD.test(url));
    if (owner === undefined || !file) return undefined;
    const stored = await caches.match(file.url, { cacheName: cacheOf(owner) });
    if (!stored) return undefined;
    return new KeptShop(owner, page, (await stored.json()) as World);
  }

  get locale(): Locale {
    return this.world.lang;
  }

  get words(): Words {
    return this.world.words;
  }

  /** The shop now. What the server did not take has not happened. */
  async open(): Promise<OpenShop> {
    const { scenario } = this.world;
    let row = this.world.row;
    for (const { body } of await this.deeds()) {
      // Sent meanwhile and stored with the shop since: known already. What no longer goes is the server's to refuse.
      try {
        row = shopAfter(row, scenario, { id: String(body['id']), deed: deedOf(body) }).shop.row;
      } catch {
        continue;
      }
    }
    return openShop(row, scenario);
  }

  /** How many deeds the server does not know yet. */
  async waiting(): Promise<number> {
    return (await this.deeds()).filter(({ state }) => state === 'waiting').length;
  }

  /**
   * Does something here, to be sent when there is a network.
   *
   * @throws InvalidFields, DeedRefused, ShopFull as the server would
   */
  async act(_person: string, _shop: string, given: Readonly<Record<string, unknown>>): Promise<OpenShop> {
    const action = readAction(given);
    // Two pages of this phone take turns: what one does, the other knows.
    if (!('locks' in navigator)) return this.do(action);
    return navigator.locks.request(`qafila-shop ${this.url}`, () => this.do(action));
  }

  private async do(action: Pick<Action, 'id' | 'deed'>): Promise<OpenShop> {
    const { row, scenario } = await this.open();
    const { shop, done } = shopAfter(row, scenario, action);
    if (!done) return shop;
    const last = (await this.deeds()).at(-1)?.at;
    // In the order of doing, also where the phone's clock was set back.
    const at = new Date(Math.max(Date.now(), last === undefined ? 0 : Date.parse(last) + 1)).toISOString();
    await keepFact({
      ...{ id: done.id, owner: this.owner, kind: 'deed', url: this.url, href: this.page },
      body: { id: done.id, ...done.deed },
      title: scenario.title[this.locale] ?? scenario.title.fr,
      ...{ at, state: 'waiting' },
    });
    return shop;
  }

  private get url(): string {
    return `/api/v1/practice/shops/${this.world.row.id}/actions`;
  }

  private async deeds(): Promise<Fact[]> {
    return (await allFacts()).filter(
      ({ kind, owner, url, state }) =>
        kind === 'deed' && owner === this.owner && url === this.url && state !== 'refused',
    );
  }
}

function deedOf({ id: _, ...deed }: Readonly<Record<string, unknown>>): Deed {
  return deed as unknown as Deed;
}
