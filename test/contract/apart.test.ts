import { expect } from 'vitest';
import { askedOf, eventually, fill, onBoth, shownTo } from './both.ts';

const scenario = onBoth();

const no = 'KAM is only for full members of this workspace.';
const story = { Customer: 'Spree Elektronik', 'What happened': 'half a story' };

scenario.apart(
  'a form that is left by hand',
  'Slack closes the window and offers what was in it the next time; in Teams the form stays in the chat until it is sent or cancelled, and to cancel is to drop it',
  {
    async slack({ who, rows }) {
      const anna = await askedOf(who('U0BECKER'), () => who('U0BECKER').tell('log'));
      await fill(anna, story);
      await anna.leave();
      expect((await rows()).came.Draft).toMatchObject([{ personId: 'Anna Becker', answers: { note: 'half a story' } }]);
      await askedOf(anna, () => anna.tell('log'));
      await anna.press('Resume');
      await eventually(() => expect(anna.answer('What happened')).toBe('half a story'));
      await shownTo(anna, () => anna.submit());
      expect((await rows()).came).toMatchObject({ Visit: [{ note: 'half a story' }] });
    },
    async teams({ who, rows }) {
      const anna = await askedOf(who('U0BECKER'), () => who('U0BECKER').tell('log'));
      await fill(anna, story);
      // Something else in between takes nothing from it.
      await shownTo(anna, () => anna.tell('today'));
      expect(anna.answer('What happened')).toBe('half a story');
      await shownTo(anna, () => anna.submit());
      expect((await rows()).came).toMatchObject({ Visit: [{ note: 'half a story' }] });

      await askedOf(anna, () => anna.tell('log'));
      await anna.fill('What happened', 'the wrong form');
      const left = await shownTo(anna, () => anna.leave());
      expect(left).toEqual({ lines: ['Closed without saving.'], facts: {}, buttons: [] });
      await askedOf(anna, () => anna.tell('log'));
      expect(anna.formLines.join()).not.toContain('Go on with it?');
      expect((await rows()).came.Draft).toBeUndefined();
    },
  },
);

scenario.apart(
  'what was logged among others',
  'Slack shows it there to its author alone; Teams has no such message that every client shows, so it is in their own chat, and there stands where',
  {
    async slack({ who, posted }) {
      const tom = who('U0CARTER');
      await shownTo(tom, () => tom.tellInChannel('log Pennine a secret', 'C0SUPPORT'));
      expect(posted('C0SUPPORT')).toEqual([]);
    },
    async teams({ who, posted }) {
      const tom = who('U0CARTER');
      await shownTo(tom, () => tom.tellInChannel('log Pennine a secret', 'C0SUPPORT'));
      await eventually(() => expect(posted('C0SUPPORT')).toEqual(['I have answered you in our own chat.']));
    },
  },
);

scenario.apart(
  'an outsider among others',
  'in Slack a guest; in Teams also somebody of another tenant, whose own chat with the bot is not even listened to',
  {
    async slack({ who, rows, posted }) {
      const guest = who('U0GUEST');
      const card = await shownTo(guest, () => guest.tellInChannel('visits Brandt', 'C0GENERAL'));
      expect(card.lines).toEqual([no]);
      expect(posted('C0GENERAL')).toEqual([]);
      expect((await rows()).came).toEqual({});
    },
    async teams({ who, rows, expectTrouble }) {
      const [guest, nora, tom] = [who('U0GUEST'), who('U0NEIGHBOUR'), who('U0CARTER')];
      const card = await shownTo(guest, () => guest.tellInChannel('visits Brandt', 'G0PROJECT'));
      expect(card.lines).toEqual([no]);
      await nora.tellInChannel('visits Brandt', 'G0PROJECT');
      expect(
        nora
          .cards()
          .flatMap(({ lines }) => lines)
          .join(),
      ).not.toContain('Brandt');
      for (const { lines } of tom.posted('G0PROJECT'))
        expect(lines.join()).toMatch(/^I (have answered|can’t write to) you/);
      expectTrouble();
      await expect(nora.tell('visits Brandt')).rejects.toThrow('answered 401');
      expect((await rows()).came).toEqual({});
    },
  },
);
