/**
 * A shop of the practice without a network. The service worker answers an address of a stored shop with the page that was
 * stored, and names this script in it: it shows the room of the address as the server would, by the same rules, rooms and
 * views, and does what its forms say. What is done is kept and sent when there is a network.
 */
import { DomainError, InvalidFields, NotFound } from '../../../shared/errors/domain-error.js';
import { type Locale, t } from '../../../shared/i18n/i18n.js';
import { useWords } from '../../../shared/i18n/phone-words.js';
import type { OpenShop } from '../../open-shop.js';
import { goodOf } from '../../shop-parts.js';
import { doFromForm, type FormAnswer } from '../form-deed.js';
import { typedSheet } from '../form-sheet.js';
import { presentProduct } from '../product.presenter.js';
import { bookWriting, nameWriting, sheetWriting, termsWriting, type Writing } from '../room-writings.js';
import { placeAt, type Room, titleOf } from '../rooms.js';
import { KeptShop } from './shop-on-phone/kept-shop.js';
import { renderAlert, renderRoom } from './shop-on-phone/views.js';

type Flash = FormAnswer['flash'];
type Body = Readonly<Record<string, string | string[]>>;

const ADDRESS = /^(\/(?:ar|fr|en)\/practice\/([a-z0-9-]+))(?:\/(.*))?$/;
const FLASH = 'practice-flash';
const main = document.getElementById('main');
const [, base = '', , path = ''] = ADDRESS.exec(location.pathname) ?? [];

/** Puts a room on the page, below what has to be said first. */
async function show(kept: KeptShop, shop: OpenShop, room: Room, model: object, flash?: Flash): Promise<void> {
  const { locale } = kept;
  const waiting = await kept.waiting();
  const notices = [
    renderAlert(locale, 'info', t(locale, 'practice:phone.here', { count: waiting })),
    ...(flash ? [renderAlert(locale, flash.kind, t(locale, flash.key, flash.params))] : []),
  ];
  document.title = `${titleOf(shop, room, locale)} · ${t(locale, 'web:name')}`;
  if (!main) return;
  const voices = [...main.querySelectorAll<HTMLElement>('button[data-listen]')].some(({ hidden }) => !hidden);
  main.innerHTML = `<div class="wrap flash stack-s">${notices.join('')}</div>${renderRoom(room, locale, model)}`;
  for (const one of main.querySelectorAll<HTMLElement>('button[data-listen]')) one.hidden = !voices;
}

/** Goes to another address of the shop, where a sentence is said once. */
function go(href: string, flash?: Flash): void {
  if (flash) sessionStorage.setItem(FLASH, JSON.stringify(flash));
  location.assign(href);
}

function flashOfLast(): Flash | undefined {
  const said = sessionStorage.getItem(FLASH);
  sessionStorage.removeItem(FLASH);
  if (said) return JSON.parse(said) as Flash;
  return location.search === '?unsent' ? { kind: 'warning', key: 'practice:phone.unsent' } : undefined;
}

async function showPlace(kept: KeptShop): Promise<void> {
  const shop = await kept.open();
  try {
    const place = placeAt(shop, path, kept.locale);
    if ('elsewhere' in place) return go(`${base}${place.elsewhere}`);
    await show(kept, shop, place.room, place.model, flashOfLast());
  } catch (error) {
    if (!(error instanceof NotFound)) throw error;
    go(base, { kind: 'warning', key: 'practice:phone.needsNetwork' });
  }
}

/** A form's fields; of what comes several times all. */
function bodyOf(form: HTMLFormElement, button: HTMLElement | null): Body {
  const data = new FormData(form, button);
  const names = [...new Set(data.keys())];
  return Object.fromEntries(
    names.map((name) => {
      const texts = data.getAll(name).filter((value): value is string => typeof value === 'string');
      return [name, texts.length > 1 ? texts : (texts[0] ?? '')];
    }),
  );
}

function hasPhoto(form: HTMLFormElement): boolean {
  return [...form.querySelectorAll<HTMLInputElement>('input[type="file"]')].some(
    ({ files }) => (files?.length ?? 0) > 0,
  );
}

/** What a form of a room writes; undefined for one of another kind. */
function writingOf(shop: OpenShop, place: string, body: Body, { locale }: KeptShop): Writing | undefined {
  const [area, good] = place.split('/');
  if (place === 'book') return bookWriting(shop, body, locale);
  if (place === 'terms') return termsWriting(shop, body, locale);
  if (place === 'products') return nameWriting(shop, body, locale);
  if (area === 'products' && good)
    return sheetWriting(shop, goodOf(shop, good), typedSheet(body), body, locale);
  return undefined;
}

/** A phone without room: said above the form, which keeps what was typed. */
function sayFull(locale: Locale): void {
  const notices = main?.querySelector('.flash');
  if (!notices) return;
  notices.querySelector('.alert--warn')?.remove();
  notices.insertAdjacentHTML('beforeend', renderAlert(locale, 'warning', t(locale, 'practice:phone.full')));
  notices.lastElementChild?.scrollIntoView({ block: 'center' });
}

async function write(kept: KeptShop, shop: OpenShop, writing: Writing): Promise<void> {
  try {
    await kept.act(shop.row.personId, shop.row.id, writing.deed);
  } catch (error) {
    if (!(error instanceof InvalidFields)) throw error;
    await show(kept, shop, writing.room, writing.refused(error.errors));
    main?.querySelector<HTMLElement>('[aria-invalid="true"], .error-summary')?.focus();
    return;
  }
  go(`${base}${writing.done.path}`, { kind: 'success', key: writing.done.key });
}

/** A photo needs the server, which takes the place out of it: the rest of the sheet stays as it was typed. */
async function refusePhoto(kept: KeptShop, shop: OpenShop, good: string, body: Body): Promise<void> {
  const errors = { photo: t(kept.locale, 'practice:phone.noPhoto') };
  const model = presentProduct(shop, goodOf(shop, good), kept.locale, { typed: typedSheet(body), errors });
  await show(kept, shop, 'product', model);
}

async function submit(kept: KeptShop, form: HTMLFormElement, button: HTMLElement | null): Promise<void> {
  const place = new URL(form.action).pathname.slice(base.length + 1);
  const [body, shop] = [bodyOf(form, button), await kept.open()];
  try {
    if (place === 'do') {
      const { path: back, flash } = await doFromForm(kept, shop, body, kept.locale);
      return go(`/${kept.locale}${back}`, flash);
    }
    const [area, good = ''] = place.split('/');
    if (area === 'products' && good) {
      if (hasPhoto(form) || /photo/.test(String(body['do'] ?? '')))
        return await refusePhoto(kept, shop, good, body);
      if (body['do'] === 'count') {
        const typed = typedSheet(body);
        const model = presentProduct(shop, goodOf(shop, good), kept.locale, { typed, errors: {} });
        return await show(kept, shop, 'product', model);
      }
    }
    const writing = writingOf(shop, place, body, kept);
    if (!writing) return go(base, { kind: 'warning', key: 'practice:phone.needsNetwork' });
    await write(kept, shop, writing);
  } catch (error) {
    // A deed that cannot be: said on the room as it is now.
    if (error instanceof DomainError) {
      const { code, params } = error;
      return go(location.pathname, { kind: 'warning', key: `errors:${code}.detail`, params });
    }
    sayFull(kept.locale);
  }
}

async function start(): Promise<void> {
  const kept = await KeptShop.at(base);
  if (!kept) return;
  useWords(kept.locale, kept.words);
  document.addEventListener(
    'submit',
    (event) => {
      const form = event.target as HTMLFormElement;
      if (!new URL(form.action).pathname.startsWith(`${base}/`)) return;
      event.preventDefault();
      void submit(kept, form, event.submitter);
    },
    // Before the page's own guard, which lets a form go once.
    { capture: true },
  );
  await showPlace(kept);
}

void start();
