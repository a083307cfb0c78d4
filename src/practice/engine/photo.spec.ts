import { factsOf } from './facts.js';
import { Player, projectScenario } from './fixtures/player.js';

const played = async (commands: string): Promise<Player> =>
  new Player(await projectScenario('ma-boutique')).play(commands);
const fact = ({ state }: Player, name: string) => factsOf(state).get(name);

describe("a trainee's own photo", () => {
  it('is a fact of the sheet, and as good as the best drawing', async () => {
    const player = await played('sheet tapis 650; photo tapis rug-dark; own tapis');
    expect([fact(player, 'sheet.tapis.ownPhoto'), fact(player, 'sheet.tapis.picture')]).toEqual([
      true,
      'own',
    ]);
    expect(fact(player, 'sheet.bol.ownPhoto')).toBe(false);
    expect(player.exercise('belle-photo')).toMatchObject({ state: 'done', points: 5 });
  });

  it('can be there before the sheet is written, and is chosen like a drawing', async () => {
    const player = await played('photo tapis own; own tapis; photo tapis own; photo bol own');
    expect(player.refused).toEqual(['sheet.save no-such-thing', 'sheet.save no-such-thing']);
    expect(player.state.sheets.get('tapis')?.picture).toBe('own');
    player.play('photo tapis rug-mess');
    expect(fact(player, 'sheet.tapis.ownPhoto')).toBe(false);
    expect(player.exercise('belle-photo').path?.id).toBe('photo-encombree');
    expect([...player.state.photos]).toEqual(['tapis']);
  });

  it('leaves the first drawing when it is taken away, and another choice alone', async () => {
    const player = await played('sheet tapis 650; publish tapis; own tapis; noown tapis');
    expect(player.state.sheets.get('tapis')).toMatchObject({ picture: 'rug-window', published: true });
    expect([...player.state.photos]).toEqual([]);
    player.play('own tapis; photo tapis rug-dark; noown tapis');
    expect(player.state.sheets.get('tapis')?.picture).toBe('rug-dark');
    player.play('photo tapis own');
    expect(player.refused).toEqual(['sheet.save no-such-thing']);
  });

  it('is refused of what is not made here, and cannot be taken away twice', async () => {
    const player = await played('own lampe; noown tapis; own tapis; noown tapis; noown tapis');
    expect(player.refused).toEqual([
      'photo.add no-such-thing',
      'photo.remove no-such-thing',
      'photo.remove no-such-thing',
    ]);
    expect([...player.state.sheets.keys()]).toEqual([]);
  });
});
