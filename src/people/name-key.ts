import { LRUCache } from 'lru-cache';
import { foldLetters } from '../shared/text/fold.js';

/**
 * One key for a person's name in both scripts, so that spellings of one name meet: Fatima-Zahra El Alaoui,
 * FATMA ZOHRA ALAWI and فاطمة الزهراء العلوي.
 *
 * Each word is reduced to its consonants, in which spellings agree, and to those vowels that both scripts write:
 *
 * - ch, sh, ش are `x`; kh, خ `K`; gh, غ `G`; emphatic and plain letters are one (ص س, ط ت, ض د, ق ك, ح ه); a doubled
 *   letter is single; ph is f, c before e, i, y is s, else k;
 * - ou, o, u, w, و are `u`; i, y, ee, ي are `i`; a and e are not written, but for an `a` at the end (ة ا ى): Karim is
 *   not Karima;
 * - a vowel counts before the last consonant and at the end only: there the scripts agree (حسن is not حسين). An alef
 *   after the first of three consonants is the form of خالد, whose i Arabic does not write;
 * - a vowel at the beginning (ا أ إ ع) is `@`.
 *
 * El, Ben, Ould, Aït, Lalla, Moulay and their Arabic forms are left out; Abd is a word of its own. The words are
 * sorted: NOM Prénom is Prénom Nom. For comparing only, never for showing.
 */
export function nameKey(text: string): string {
  return nameWords(text).toSorted().join(' ');
}

/** The same names come again and again: a search through 10,000 people looks at few that it has not seen. */
const KNOWN = new LRUCache<string, readonly string[]>({ max: 20_000 });

/** The keys of the words of a name, in its order. */
export function nameWords(text: string): readonly string[] {
  const known = KNOWN.get(text) ?? wordsOf(text);
  KNOWN.set(text, known);
  return known;
}

function wordsOf(text: string): readonly string[] {
  const words = foldLetters(text).flatMap((word) => (SAME_NAME.has(word) ? [word] : parted(word)));
  const keys = words.filter((word) => !PARTICLES.has(word)).map(keyOf);
  // Somebody may be called by a particle alone.
  return (keys.length > 0 ? keys : words.map(keyOf)).filter((key) => key !== '');
}

const ARABIC = /^[\u0600-\u06ff]/u;

const PARTICLES: ReadonlySet<string> = new Set([
  ...['el', 'al', 'l', 'ben', 'bin', 'ibn', 'bent', 'bint', 'ould', 'ouled', 'oulad', 'wld', 'ait', 'at'],
  ...['lalla', 'lala', 'moulay', 'mulay', 'mly', 'my', 'sidi', 'si', 'haj', 'hajj', 'haja', 'hajja'],
  ...['er', 'es', 'ess', 'ez', 'en', 'ed', 'et', 'ech', 'as', 'ar', 'an', 'ad', 'az'],
  ...[
    'ال',
    'بن',
    'ابن',
    'إبن',
    'آيت',
    'أيت',
    'أولاد',
    'بنت',
    'ولد',
    'اولاد',
    'ايت',
    'لالا',
    'لاله',
    'للا',
    'مولاي',
    'سيدي',
    'سي',
    'الحاج',
    'الحاجه',
  ],
]);

/** Spellings that the rules do not bring together, each with the one that they do. */
const SAME_NAME: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ...{ med: 'mohamed', mohd: 'mohamed', fatma: 'fatima', zohra: 'zahra', ismael: 'ismail', hajer: 'hajar' },
    ...{ yousouf: 'youssef', yusuf: 'youssef', yousuf: 'youssef' },
    ...{ abdel: 'abd', abdul: 'abd', abdal: 'abd', ilah: 'ala', btissam: 'ibtissam' },
    ...{ هاجر: 'hajar', طه: 'taha', على: 'ali', الهام: 'ilham', الياس: 'ilyas', سعاد: 'souad' },
  }),
);

/** Words parted and freed of what is joined to them. */
function parted(word: string): string[] {
  return ARABIC.test(word) ? partedArabic(word) : partedLatin(word);
}

function partedArabic(word: string): string[] {
  if (word === 'الله') return ['lla'];
  const abd = /^عبد(ال.{2,})$/u.exec(word)?.[1];
  if (abd) return ['عبد', ...partedArabic(abd)];
  const bare = word
    // A family name that ends like a first name was written without its two points: العلوى.
    .replace(/^(ال.{3,})ى$/u, '$1ي')
    .replace(/^ال(?=.{3})/u, '')
    .replace(/^ل(?=ح.{2})/u, '');
  return [bare.replace(/^بن(?=[^ايون].{2})/u, '')];
}

const ABD = /^abd(?:[aeu]|ou)?(?:l(?=.{2})|(?=([rsnztdcj])h?\1))/u;

function partedLatin(word: string): string[] {
  if (ABD.test(word)) return ['abd', ...partedLatin(word.replace(ABD, ''))];
  const faith = /^(.{3,}?)(?:[ea]?d{2}|[ea]d)ine?$/u.exec(word)?.[1];
  if (faith) return [...partedLatin(faith), 'din'];
  const bare = word
    .replace(/^[ea]l(?=.{5})/u, '')
    .replace(/^e(?=(ch|[rsnztdj])\1)/u, '')
    .replace(/^l[ae]?(?=h.{3})/u, '')
    .replace(/^ben(?=[^ny].{2})/u, '');
  return [bare];
}

function keyOf(word: string): string {
  const same = SAME_NAME.get(word) ?? word;
  const letters = ARABIC.test(same) ? lettersOfArabic(same) : lettersOfLatin(same);
  return keyOfLetters(letters);
}

/** Consonants as themselves; `a` `i` `u` are vowels, `A` an alef that tells the form of خالد. */
const OF_ARABIC: Readonly<Record<string, string>> = {
  ...{ ا: 'A', أ: 'A', إ: 'A', آ: 'A', ع: 'a', ة: 'a', ى: 'a', ي: 'i', ئ: 'i', و: 'u', ؤ: 'u', ء: '' },
  ...{ ب: 'b', ت: 't', ث: 't', ج: 'j', ح: 'h', خ: 'K', د: 'd', ذ: 'd', ر: 'r', ز: 'z', س: 's', ش: 'x' },
  ...{
    ص: 's',
    ض: 'd',
    ط: 't',
    ظ: 'd',
    غ: 'G',
    ف: 'f',
    ق: 'k',
    ك: 'k',
    ل: 'l',
    م: 'm',
    ن: 'n',
    ه: 'h',
    گ: 'g',
  },
};

/** A w or y at the beginning is a consonant; a ه at the end is mostly a ة. */
function lettersOfArabic(word: string): string {
  const whole = word
    .replace(/[اآ][ةه]$/u, 'ات')
    .replace(/اح$/u, 'ا')
    .replace(/(?<=[^ي])ه$/u, 'ة');
  const head = /^و/u.test(whole) ? 'w' : /^ي/u.test(whole) ? 'y' : '';
  return head + [...whole.slice(head.length)].map((letter) => OF_ARABIC[letter] ?? letter).join('');
}

function lettersOfLatin(word: string): string {
  return word
    .replace(/^(?:ou|[uw])(?=[aeiouy])/u, 'W')
    .replace(/^[iy](?=[aeou])/u, 'Y')
    .replace(/^([^aeiouy]h?a[^aeiouy]h?)e(?=[^aeiouy]h?$)/u, '$1i')
    .replace(/(?:[cs]h)+/gu, 'x')
    .replace(/(?:kh)+/gu, 'K')
    .replace(/(?:gh)+/gu, 'G')
    .replace(/ph/gu, 'f')
    .replace(/th/gu, 't')
    .replace(/dh/gu, 'd')
    .replace(/dj/gu, 'j')
    .replace(/gu(?=[eiy])/gu, 'g')
    .replace(/g(?=[eiy])/gu, 'j')
    .replace(/c(?=[eiy])/gu, 's')
    .replace(/qu(?=[eiy])/gu, 'k')
    .replace(/[cq]/gu, 'k')
    .replace(/v/gu, 'f')
    .replace(/p/gu, 'b')
    .replace(/ah$/u, 'a')
    .replace(/(?<=[^aeiouy])e$/u, '')
    .replace(/ou|[ouw]/gu, 'u')
    .replace(/ee|[iy]/gu, 'i')
    .replace(/e/gu, 'a')
    .replace(/W/u, 'w')
    .replace(/Y/u, 'y');
}

const VOWELS = /[aAiu]+/gu;
/** The form of خالد and الراشدي: an alef after the first of three consonants, or after an ayn of two. */
const DOER = /^(?:[^aAiu]A|aA)[^aAiu](?=[^aAiu][ai]?$)/u;

function keyOfLetters(letters: string): string {
  const single = letters.replace(/([^aAiu])\1+/gu, '$1').replace(DOER, '$&i');
  const last = [...single.matchAll(/[^aAiu]/gu)].at(-1)?.index ?? -1;
  const key = single.replace(VOWELS, (run: string, at: number) => {
    const end = at + run.length;
    const heard = soundsOf(run);
    const head = at === 0 ? '@' : '';
    if (end === single.length) return head + (/[aA]$/u.test(run) ? `${heard}a` : heard);
    return head + (end === last ? heard : '');
  });
  // In words such as Houda and Noura the scripts do not agree on the u.
  return key.replace(/([^@aiu])\1+/gu, '$1').replace(/^([^@aiu])u([^@aiu])(i?a)$/u, '$1$2$3');
}

/** The vowels that both scripts write, each once. */
function soundsOf(run: string): string {
  return run.replace(/[aA]/gu, '').replace(/(.)\1+/gu, '$1');
}
