import {
  cities,
  cityBySlug,
  communeByCode,
  communes,
  communesOfProvince,
  GEOGRAPHY_ATTRIBUTION,
  legMinutes,
  milieuOf,
  placeName,
  provinceOf,
  provinces,
  roadLegs,
} from './geography.js';

describe('cities', () => {
  it('are the ten of the tour, then five alternates', () => {
    expect(cities('tour').map(({ slug }) => slug)).toEqual([
      'tanger', 'asilah', 'tetouan', 'mdiq', 'fnideq', 'larache', 'ksar-el-kebir', 'chefchaouen', 'ouezzane', 'al-hoceima',
    ]); // prettier-ignore
    expect(cities('alternate')).toHaveLength(5);
    expect(cities()).toHaveLength(15);
    expect(new Set(cities().map(({ slug }) => slug)).size).toBe(15);
  });

  it('have names in three languages, a commune and its province, and a place in the north', () => {
    for (const city of cities()) {
      expect(city.slug).toMatch(/^[a-z]+(-[a-z]+)*$/);
      for (const name of [city.name.fr, city.name.ar, city.name.en]) expect(name).toMatch(/\S/);
      expect(city.name.ar).toMatch(/^[\u0600-\u06ff ]+$/);
      expect(city.name.tif ?? 'ⵟ').toMatch(/^[\u2d30-\u2d7f ]+$/);
      expect(city.name.tif === null && city.tifVerified).toBe(false);
      expect(communeByCode(city.communeCode)?.population).toBe(city.population);
      expect(provinceOf(city.communeCode)?.code).toBe(city.provinceCode);
      expect(milieuOf(city.communeCode)).toBe('urbain');
      expect(city.lat).toBeGreaterThan(34.5);
      expect(city.lat).toBeLessThan(36);
      expect(city.lon).toBeGreaterThan(-6.5);
      expect(city.lon).toBeLessThan(-3.5);
    }
  });

  it('mark which Tifinagh names were found in a source', () => {
    const verified = cities().filter(({ tifVerified }) => tifVerified);
    expect(verified.map(({ slug }) => slug)).toEqual(['tanger', 'tetouan', 'al-hoceima']);
  });

  it('are found by slug', () => {
    expect(cityBySlug('tetouan')?.name).toEqual({
      fr: 'Tétouan',
      ar: 'تطوان',
      en: 'Tetouan',
      tif: 'ⵜⵉⵟⵟⴰⵡⵉⵏ',
    });
    for (const slug of ['Tetouan', '', '__proto__', 'constructor']) expect(cityBySlug(slug)).toBeUndefined();
  });
});

describe('communes', () => {
  it('are the 146 of the region, 19 urban, with unique codes and known provinces', () => {
    expect(communes()).toHaveLength(146);
    expect(new Set(communes().map(({ code }) => code)).size).toBe(146);
    expect(communes().filter(({ milieu }) => milieu === 'urbain')).toHaveLength(19);
    expect(communes().filter(({ milieu }) => milieu === 'rural')).toHaveLength(127);
    for (const commune of communes()) {
      expect(commune.code).toMatch(/^01(\.\d+){3}$/);
      expect(commune.code.startsWith(`${commune.provinceCode}.`)).toBe(true);
      expect(provinceOf(commune.code)?.code).toBe(commune.provinceCode);
      expect(communesOfProvince(commune.provinceCode)).toContain(commune);
      expect(`${commune.name.fr} ${commune.name.ar}`).toMatch(/^[A-Z].* [\u0600-\u06ff]/);
      expect(Number.isInteger(commune.population)).toBe(true);
    }
  });

  it('add up to their provinces and to the region of the census', () => {
    expect(provinces()).toHaveLength(8);
    for (const province of provinces()) {
      const people = communesOfProvince(province.code).reduce((sum, { population }) => sum + population, 0);
      expect([province.code, people]).toEqual([province.code, province.population]);
    }
    expect(provinces().reduce((sum, { population }) => sum + population, 0)).toBe(4_030_222);
  });

  it('answer by code, and nothing for an unknown one', () => {
    expect(communeByCode('01.511.01.0')?.name.fr).toBe('Tanger');
    expect(provinceOf('01.151.01.01')).toMatchObject({
      name: { fr: 'Chefchaouen', ar: 'شفشاون' },
      type: 'province',
    });
    expect(provinceOf('01.511.01.0')?.type).toBe('prefecture');
    expect(milieuOf('01.511.05.19')).toBe('rural');
    for (const code of ['', '01.511', '01.511.01.1', '__proto__']) {
      expect([communeByCode(code), provinceOf(code), milieuOf(code)]).toEqual([
        undefined,
        undefined,
        undefined,
      ]);
    }
    expect(communesOfProvince('02.001')).toEqual([]);
  });
});

describe('roads', () => {
  it('join known cities, once each, at a believable speed', () => {
    const pairs = roadLegs().map(({ from, to }) => [from, to].sort().join(' '));
    expect(pairs).toHaveLength(18);
    expect(new Set(pairs).size).toBe(18);
    for (const { from, to, minutes, km } of roadLegs()) {
      expect(cityBySlug(from) && cityBySlug(to)).toBeDefined();
      const kmPerHour = km / (minutes / 60);
      expect(kmPerHour).toBeGreaterThan(35);
      expect(kmPerHour).toBeLessThan(100);
    }
  });

  it('lead from every tour city to every other, the same both ways', () => {
    for (const a of cities('tour')) {
      for (const b of cities('tour')) {
        const there = legMinutes(a.slug, b.slug);
        const back = legMinutes(b.slug, a.slug);
        expect(there?.minutes).toBeGreaterThanOrEqual(a === b ? 0 : 20);
        expect(back).toMatchObject({ minutes: there?.minutes, estimated: there?.estimated });
      }
    }
  });

  it('give a listed leg as it is and a sum as an estimate', () => {
    expect(legMinutes('tetouan', 'tanger')).toEqual({
      minutes: 60,
      km: 62,
      estimated: false,
      route: ['tetouan', 'tanger'],
    });
    expect(legMinutes('tanger', 'mdiq')).toEqual({
      minutes: 80,
      km: 77,
      estimated: true,
      route: ['tanger', 'tetouan', 'mdiq'],
    });
    expect(legMinutes('tanger', 'tanger')).toEqual({
      minutes: 0,
      km: 0,
      estimated: false,
      route: ['tanger'],
    });
  });

  it('give nothing for an unknown city or one without a road', () => {
    for (const [from, to] of [
      ['tanger', 'paris'],
      ['paris', 'tanger'],
      ['paris', 'paris'],
      ['tanger', 'targuist'],
    ] as const) {
      expect(legMinutes(from, to)).toBeUndefined();
    }
  });
});

it('names a place in the reader’s language', () => {
  const tanger = cityBySlug('tanger');
  expect(['ar', 'ar-MA', 'fr', 'en'].map((locale) => tanger && placeName(tanger.name, locale))).toEqual([
    'طنجة', 'طنجة', 'Tanger', 'Tangier',
  ]); // prettier-ignore
  const commune = communeByCode('01.511.01.01');
  expect(commune && placeName(commune.name, 'en')).toBe('Assilah');
});

it('cannot be changed', () => {
  const city = cityBySlug('tanger') as unknown as { name: { fr: string }; otherNames: string[] };
  expect(() => (city.name.fr = 'x')).toThrow(TypeError);
  expect(() => city.otherNames.push('x')).toThrow(TypeError);
  expect(() => (communes() as unknown[]).push({})).toThrow(TypeError);
  expect(() => (roadLegs() as unknown[]).pop()).toThrow(TypeError);
});

it('names its sources', () => {
  expect(GEOGRAPHY_ATTRIBUTION.join(' ')).toMatch(/HCP.*CC BY 4\.0.*GeoNames.*CC BY 4\.0/);
});
