import type { Deed } from '../practice/public.js';
import type { Weighted } from './random.js';

/** What somebody did in a practice shop: at a simulated hour these things, one a minute. */
export type Play = readonly (readonly [hour: number, ...deeds: Deed[]])[];

const on = (kind: string, order: string, more: object = {}): Deed =>
  ({ kind, order, ...more }) as unknown as Deed;
const accept = (order: string): Deed => on('order.accept', order);
const ship = (order: string, carrier: 'post' | 'private'): Deed => on('order.ship', order, { carrier });
const say = (chat: string, choice: string): Deed => ({ kind: 'chat.answer', chat, choice });
const day: Deed = { kind: 'clock.tomorrow' };
const raise: Deed = { kind: 'wallet.raise' };
const line = (paper: string, direction: 'in' | 'out', amount: number): Deed => ({
  kind: 'book.add',
  paper,
  direction,
  amount,
});

const ALL = ['materials', 'hours', 'packaging', 'commission'] as const;
/** A good sheet but for what is changed. */
function sheet(good: 'tapis' | 'sac' | 'bol', dirhams: number, changes: object = {}): Deed[] {
  const [titleFr, titleAr, picture] = {
    tapis: ['Tapis de laine tissé main', 'زربية صوف منسوجة باليد', 'rug-window'],
    sac: ['Sac en cuir pour tous les jours', 'حقيبة جلدية لكل يوم', 'bag-window'],
    bol: ['Bol en terre cuite', 'وعاء من الطين المطبوخ', 'bowl-window'],
  }[good] as [string, string, string];
  const made = { good, titleFr, titleAr, picture, price: dirhams * 100, stock: 2, counted: ALL, ...changes };
  return [{ kind: 'sheet.save', ...made } as Deed, { kind: 'sheet.publish', good }];
}
const name: Deed = { kind: 'shop.name', name: 'Atelier du Nord' };
const [tapis, sac, bol] = [sheet('tapis', 650), sheet('sac', 250), sheet('bol', 60)];
const sales: Play = [
  [6, accept('o-sac')],
  [32, accept('o-tapis'), accept('o-bol')],
];

/** The plays of each scenario, and how many of ten people play them. */
export const PLAYS: Readonly<Record<string, Weighted<Play>>> = {
  'ma-boutique': [
    [[[0, name, ...tapis, ...sac, ...bol], [4, say('fait-main', 'vrai')], ...sales], 3],
    [
      [
        [0, name, ...sheet('tapis', 480, { counted: ['materials', 'packaging'] }), ...sac, ...bol],
        [4, say('fait-main', 'vrai')],
        ...sales,
      ],
      3,
    ],
    [
      [
        [0, name, ...sheet('tapis', 650, { titleAr: '' }), ...sac, ...sheet('bol', 60, { stock: 10 })],
        [4, say('fait-main', 'faux')],
        [32, accept('o-tapis')],
      ],
      2,
    ],
    [
      [
        [0, ...sheet('tapis', 900, { picture: 'rug-dark' }), day],
        [25, day],
      ],
      1,
    ],
    [[[0, name]], 1],
  ],
  'semaine-de-commandes': [
    [
      [
        [3, accept('sac-salma'), ship('sac-salma', 'post')],
        [6, on('order.call', 'tapis-driss'), accept('tapis-driss'), ship('tapis-driss', 'private')],
        [9, on('order.call', 'bols-inconnu'), on('order.decline', 'bols-inconnu')],
        [12, line('fil', 'out', 8450)],
        [27, accept('bols-nadia'), on('wallet.ask', 'bols-nadia'), ship('bols-nadia', 'post')],
        [31, say('retard', 'excuse')],
        [100, on('order.refund', 'bols-nadia', { channel: 'wallet' })],
        [125, day],
      ],
      3,
    ],
    [
      [
        [3, accept('sac-salma'), ship('sac-salma', 'private')],
        [6, accept('tapis-driss'), ship('tapis-driss', 'private')],
        [12, line('fil', 'out', 8400)],
        [31, say('retard', 'promesse'), day],
      ],
      4,
    ],
    [
      [
        [3, accept('sac-salma'), ship('sac-salma', 'post')],
        [9, accept('bols-inconnu'), ship('bols-inconnu', 'post')],
        [31, say('retard', 'faute')],
        [60, day],
      ],
      2,
    ],
    [
      [
        [0, day],
        [25, day],
      ],
      1,
    ],
  ],
  'paiements-et-arnaques': [
    [
      [
        [3, accept('faux-virement')],
        [5, accept('vrai-virement')],
        [7, accept('carte'), on('card.link', 'carte')],
        [9, on('card.link', 'carte'), accept('portefeuille'), raise],
        [
          11,
          say('code', 'raccrocher'),
          on('order.check', 'faux-virement'),
          on('order.decline', 'faux-virement'),
        ],
        [12, ship('carte', 'post')],
        [27, on('order.check', 'vrai-virement'), ship('vrai-virement', 'private')],
        [29, say('lien', 'effacer')],
        [36, on('wallet.ask', 'portefeuille'), ship('portefeuille', 'post')],
        [51, say('trop-percu', 'verifier')],
        [100, day],
      ],
      4,
    ],
    [
      [
        [3, accept('faux-virement'), ship('faux-virement', 'post')],
        [7, accept('carte'), on('card.keyIn', 'carte')],
        [9, accept('portefeuille'), on('wallet.ask', 'portefeuille')],
        [11, say('code', 'rappeler')],
        [29, say('lien', 'payer')],
        [30, day],
      ],
      4,
    ],
    [
      [
        [3, accept('faux-virement')],
        [11, say('code', 'donner')],
        [12, day],
      ],
      2,
    ],
  ],
};
