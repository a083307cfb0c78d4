/** The French voice of SVOX Pico: the engine from npm (WebAssembly), the voice data from a folder that is not committed. */
import createPico from '@echogarden/svoxpico-wasm';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

const FILES = ['fr-FR_ta.bin', 'fr-FR_nk0_sg.bin'];
/** Bytes the engine works in. */
const MEMORY = 8 * 1024 * 1024;
const BUFFER = 4096;
/** `pico_getData`: more of this text is to come. */
const BUSY = 201;

/** Loads the voice files of `folder`; gives the narrator with `say`, samples of 16 kHz mono. */
export async function loadPicoVoice(folder, narrator) {
  const pico = await createPico();
  const call = (name, ...args) => {
    const types = args.map((value) => (typeof value === 'string' ? 'string' : 'number'));
    const status = pico.cwrap(`pico_${name}`, 'number', types)(...args);
    if (status < 0) throw new Error(`the voice engine failed at ${name} (${status})`);
    return status;
  };
  const out = pico._malloc(8);
  call('initialize', pico._malloc(MEMORY), MEMORY, out);
  const system = pico.getValue(out, 'i32');
  call('createVoiceDefinition', system, 'french');
  for (const file of FILES) {
    pico.FS.writeFile(`/${file}`, await readFile(join(folder, file)));
    call('loadResource', system, `/${file}`, out);
    const name = pico._malloc(256);
    call('getResourceName', system, pico.getValue(out, 'i32'), name);
    call('addResourceToVoiceDefinition', system, 'french', name);
  }
  call('newEngine', system, 'french', out);
  const engine = pico.getValue(out, 'i32');
  // The noise in a voice depends on all that was said before, even by an earlier engine: without going back to
  // this memory no single line could be spoken again the same.
  const fresh = pico.HEAPU8.slice();
  return {
    ...narrator,
    say: (text) => {
      pico.HEAPU8.fill(0, fresh.length);
      pico.HEAPU8.set(fresh);
      return speak(pico, call, engine, marked(text, narrator.speedPercent));
    },
  };
}

function marked(text, speedPercent) {
  return `<speed level="${speedPercent}">${text.replace(/[<>&]/g, ' ')}</speed>\0`;
}

function speak(pico, call, engine, text) {
  const bytes = Buffer.from(text, 'utf8');
  const input = pico._malloc(bytes.length + BUFFER + 16);
  const output = input + bytes.length;
  const numbers = output + BUFFER + ((4 - ((output + BUFFER) % 4)) % 4);
  pico.HEAPU8.set(bytes, input);
  const chunks = [];
  for (let offset = 0; offset < bytes.length;) {
    call('putTextUtf8', engine, input + offset, bytes.length - offset, numbers);
    offset += pico.getValue(numbers, 'i16');
    let status = BUSY;
    while (status === BUSY) {
      status = call('getData', engine, output, BUFFER, numbers, numbers + 4);
      const count = pico.getValue(numbers, 'i16');
      if (count > 0) chunks.push(Buffer.from(pico.HEAPU8.subarray(output, output + count)));
    }
  }
  const samples = Buffer.concat(chunks);
  return new Int16Array(samples.buffer.slice(samples.byteOffset, samples.byteOffset + samples.length));
}
