/** A logo of the demo: drawn for it, and of nobody. */
export interface LogoDrawing {
  readonly name: string;
  readonly svg: string;
  /** Pixels at which it is printed sharply. */
  readonly width: number;
  readonly height: number;
  readonly alt: { readonly fr: string; readonly ar: string };
}

const drawing = (width: number, height: number, inside: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">${inside}</svg>`;

/** Mountains, a road and a sun in a round seal: the tour. */
const SEAL = drawing(
  300,
  300,
  `<circle cx="150" cy="150" r="146" fill="#0a5261"/><circle cx="150" cy="150" r="132" fill="#fff"/>
   <clipPath id="c"><circle cx="150" cy="150" r="124"/></clipPath>
   <g clip-path="url(#c)"><rect width="300" height="300" fill="#e4eff0"/><circle cx="196" cy="104" r="34" fill="#d9960f"/>
   <path d="M-10 216 86 92l56 76 34-42 134 110v80H-10z" fill="#0a5261"/>
   <path d="M128 300c4-40 60-46 48-80-8-22-30-24-24-52 14 26 52 30 54 66 2 30-26 42-30 66z" fill="#fff"/></g>`,
);

/** Four bags hand in hand, and the arrow of a parcel: those who sell together. */
const BAND = drawing(
  720,
  200,
  `${[0, 1, 2, 3]
    .map((n) => {
      const x = 20 + n * 130;
      const colour = ['#9a3b26', '#d9960f', '#0a5261', '#5b7a2a'][n];
      return `<path d="M${x} 78h110l10 104H${x - 10}z" fill="${colour}"/><path d="M${x + 26} 84V60a29 29 0 0 1 58 0v24" fill="none" stroke="${colour}" stroke-width="11"/>`;
    })
    .join('')}
   <path d="M560 118h84V82l62 50-62 50v-36h-84z" fill="#0a5261"/>`,
);

export const LOGO_DRAWINGS: readonly LogoDrawing[] = [
  {
    ...{ name: 'seal', svg: SEAL, width: 300, height: 300 },
    alt: {
      fr: 'Sceau inventé de la caravane : une route entre deux montagnes',
      ar: 'ختم خيالي للقافلة: طريق بين جبلين',
    },
  },
  {
    ...{ name: 'band', svg: BAND, width: 720, height: 200 },
    alt: {
      fr: 'Emblème inventé des coopératives : quatre paniers et une flèche',
      ar: 'شعار خيالي للتعاونيات: أربع سلال وسهم',
    },
  },
];
