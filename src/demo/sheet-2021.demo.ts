import { Injectable, type OnModuleInit } from '@nestjs/common';
import sharp from 'sharp';
import { StoredFiles } from '../shared/files/stored-files.js';
import { CAMPAIGN_2021 } from './campaign-ids.js';
import { demoId } from './demo-id.js';
import { DemoWriter } from './demo-writer.js';
import { LOGO_DRAWINGS, type LogoDrawing } from './logo-drawings.js';

const DRAWN_AT = '2021-12-01T09:00:00Z';
const NOTE = {
  key: 'note',
  text_fr: 'Attestation de démonstration : la personne et les logos sont inventés.',
  text_ar: 'شهادة للعرض فقط: الشخص والشعارات من نسج الخيال.',
};

/** What the certificates of 2021 print besides their facts: logos drawn for the demo, and a closing note. */
@Injectable()
export class Sheet2021Demo implements OnModuleInit {
  constructor(
    private readonly demo: DemoWriter,
    private readonly files: StoredFiles,
  ) {}

  onModuleInit(): void {
    // Before the job that prints the certificates.
    this.demo.register('sheet-2021', 148, () => this.load());
  }

  private async load(): Promise<void> {
    const pictures = await Promise.all(
      LOGO_DRAWINGS.map(({ svg }) => sharp(Buffer.from(svg)).png().toBuffer()),
    );
    await this.demo.db.transaction(async () => {
      const logos = [];
      for (const [n, drawing] of LOGO_DRAWINGS.entries()) {
        const hash = await this.files.keep(pictures[n] ?? Buffer.alloc(0), 'image/png');
        logos.push(rowOf(drawing, n + 1, hash));
      }
      await this.demo.put('certificate_logo', logos);
      await this.demo.put('certificate_text', [{ campaign_id: CAMPAIGN_2021, ...NOTE }]);
    });
  }
}

function rowOf(
  { name, width, height, alt }: LogoDrawing,
  position: number,
  hash: string,
): Record<string, unknown> {
  return {
    ...{ id: demoId(`logo ${name}`), campaign_id: CAMPAIGN_2021, position, hash, width, height },
    ...{ alt_fr: alt.fr, alt_ar: alt.ar, created_at: DRAWN_AT },
  };
}
