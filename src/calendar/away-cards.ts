import type { Temporal } from 'temporal-polyfill';
import type { Button, Card, Item, Part } from '../chat/card.ts';
import type { Text } from '../text/text.ts';
import type { Words } from '../text/words.ts';
import type { Absence } from './absence.ts';
import type { DaySpan } from './day-span.ts';

/** For whom it is drawn. */
export interface Reading {
  text: Text;
  today: Temporal.PlainDate;
}

/** Lines of a list; the rest is counted. */
const shown = 10;

/** Days as people say them, with the half of them that is meant. */
export function daysWords({ from, to, half }: DaySpan & Pick<Absence, 'half'>, { text, today }: Reading): string {
  const days = from.equals(to)
    ? text.day(from, today)
    : text.plain('calendar.days', { from: text.day(from, today), to: text.day(to, today) });
  return half === null ? days : text.plain(`calendar.daysHalf.${half}`, { days });
}

const takeBack = (absence: Absence, reading: Reading): Button => ({
  label: reading.text.plain('calendar.button.takeBack'),
  spoken: reading.text.plain('calendar.button.takeBackOf', { days: daysWords(absence, reading) }),
  does: 'calendar.takeBack',
  about: absence.id,
});

const openForm = (text: Text): Button => ({ label: text.plain('calendar.button.away'), opens: 'calendar.away' });

const words = (said: Words): Part => ({ kind: 'words', words: said });

/** A person's own absences to come, with what just happened above them. */
export function ownCard(absences: readonly Absence[], reading: Reading, happened: Words | null = null): Card {
  const { text } = reading;
  const items = absences.slice(0, shown).map(
    (absence): Item => ({
      words: { strong: daysWords(absence, reading) },
      ...(absence.reason === null ? {} : { detail: absence.reason }),
      buttons: [takeBack(absence, reading)],
    }),
  );
  const more = absences.length - items.length;
  return {
    title: text.words('calendar.away.title'),
    body: [
      ...(happened === null ? [] : [words(happened)]),
      items.length === 0
        ? words(text.words('calendar.away.none'))
        : { kind: 'list', items, ...(more > 0 ? { more: text.words('chat.more', { count: more }) } : {}) },
      { kind: 'buttons', buttons: [openForm(text)] },
    ],
  };
}

/** Somebody else's absence was entered. */
export const enteredCard = (absence: Absence, person: Words, reading: Reading): Card => ({
  body: [
    words(
      reading.text.words('calendar.away.enteredFor', {
        person,
        days: daysWords(absence, reading),
      }),
    ),
    { kind: 'buttons', buttons: [takeBack(absence, reading)] },
  ],
});

/** One sentence about an absence; no button is left. */
export const sentenceCard = (said: Words): Card => ({ body: [words(said)] });

/** The person is told what somebody else has entered for them. */
export const toldCard = (absence: Absence, by: Words, reading: Reading): Card => ({
  title: reading.text.words('calendar.told.entered', { by, days: daysWords(absence, reading) }),
  body: [
    ...(absence.reason === null ? [] : [words(absence.reason)]),
    { kind: 'buttons', buttons: [takeBack(absence, reading)] },
  ],
});

/** The person is told that somebody else has taken it back. */
export const toldTakenBackCard = (absence: Absence, by: Words, reading: Reading): Card =>
  sentenceCard(reading.text.words('calendar.told.takenBack', { by, days: daysWords(absence, reading) }));

/** The words were not understood, or mean what cannot be: what to type, and the form. */
export const helpCard = (said: Words, text: Text): Card => ({
  body: [
    { kind: 'warning', words: said },
    { kind: 'note', words: text.words('calendar.away.how') },
    { kind: 'buttons', buttons: [openForm(text)] },
  ],
});

/** Several colleagues may be meant; `about` of each says all that was typed. */
export const chooseCard = (name: string, choices: readonly { name: string; about: string }[], text: Text): Card => ({
  title: text.words('calendar.away.whose', { name }),
  body: [
    {
      kind: 'buttons',
      buttons: choices.map((choice) => ({ label: choice.name, does: 'calendar.awayOf', about: choice.about })),
    },
  ],
});
