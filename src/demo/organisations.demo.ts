import { Injectable, type OnModuleInit } from '@nestjs/common';
import { cities } from '../shared/geography/geography.js';
import { demoId } from './demo-id.js';
import { DemoWriter } from './demo-writer.js';

const CREATED_AT = '2021-10-01T09:00:00Z';

/** Ids that other demo files point at. */
export const APDN = demoId('organisation apdn');
export const CRI = demoId('organisation cri-tta');
export const CHAMBER = demoId('organisation chamber');

const ORGANISATIONS = [
  [
    'apdn',
    'agency',
    'Agence pour la promotion et le développement du Nord',
    'وكالة إنعاش وتنمية الشمال',
    APDN,
  ],
  [
    'cri-tta',
    'operator',
    'Centre régional d’investissement Tanger-Tétouan-Al Hoceïma',
    'المركز الجهوي للاستثمار طنجة تطوان الحسيمة',
    CRI,
  ],
  [
    'chambre-commerce-demo',
    'chamber',
    'Chambre de commerce (démonstration)',
    'غرفة التجارة (عرض تجريبي)',
    CHAMBER,
  ],
] as const;

const COURSES = [
  ['e-marketing', 'E-marketing', 'التسويق الإلكتروني', 'E-marketing'],
  ['vente-en-ligne', 'Vente en ligne', 'البيع عبر الإنترنت', 'Selling online'],
  ['paiement-electronique', 'Paiement électronique', 'الأداء الإلكتروني', 'Electronic payment'],
] as const;

/** Slugs of the three courses; the catalogue's loader owns their rows and updates them by slug. */
export const COURSE_SLUGS = COURSES.map(([slug]) => slug);

const LANDMARKS: ReadonlyArray<readonly [string, string]> = [
  ['À côté de la gare routière, entrée par le jardin', 'بجانب المحطة الطرقية، الدخول من جهة الحديقة'],
  ['Face au marché couvert, premier étage', 'قبالة السوق المغطاة، الطابق الأول'],
  ['Derrière la grande poste, porte bleue', 'خلف البريد المركزي، الباب الأزرق'],
  [
    'À cent mètres de la place centrale, vers la médina',
    'على بعد مائة متر من الساحة المركزية، في اتجاه المدينة العتيقة',
  ],
];
const ROOMS = [
  ['Grande salle', 'القاعة الكبرى', 60],
  ['Salle des ateliers', 'قاعة الورشات', 45],
] as const;

export const venueId = (city: string): string => demoId(`venue ${city}`);
/** @param n 0 for the large room, 1 for the second */
export const roomId = (city: string, n: 0 | 1): string => demoId(`room ${city} ${n}`);

/** Organisations, the three courses if the catalogue has not brought them, and a venue with two rooms in each tour city. */
@Injectable()
export class OrganisationsDemo implements OnModuleInit {
  constructor(private readonly demo: DemoWriter) {}

  onModuleInit(): void {
    this.demo.register('organisations', 100, () => this.load());
  }

  private async load(): Promise<void> {
    const organisations = ORGANISATIONS.map(([slug, kind, name_fr, name_ar, id]) => ({
      id,
      slug,
      kind,
      name_fr,
      name_ar,
      created_at: CREATED_AT,
    }));
    await this.demo.put('organisation', organisations);
    await this.demo.putMissing(
      'course',
      'slug',
      COURSES.map(([slug, title_fr, title_ar, title_en], i) => ({
        id: demoId(`course ${slug}`),
        slug,
        position: i + 1,
        title_fr,
        title_ar,
        title_en,
      })),
    );
    const stops = cities('tour');
    await this.demo.put(
      'venue',
      stops.map(({ slug, name }, i) => {
        const [landmark_fr = '', landmark_ar = ''] = LANDMARKS[i % LANDMARKS.length] ?? [];
        const names = { name_fr: `Maison de la formation de ${name.fr}`, name_ar: `دار التكوين ${name.ar}` };
        return {
          id: venueId(slug),
          organisation_id: CHAMBER,
          city_slug: slug,
          ...names,
          landmark_fr,
          landmark_ar,
          wheelchair: i % 3 !== 1,
        };
      }),
    );
    await this.demo.put(
      'room',
      stops.flatMap(({ slug }) =>
        ROOMS.map(([name_fr, name_ar, capacity], n) => ({
          id: roomId(slug, n === 0 ? 0 : 1),
          venue_id: venueId(slug),
          name_fr,
          name_ar,
          capacity,
        })),
      ),
    );
  }
}
