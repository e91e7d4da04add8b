import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { isPointer } from '../chat/pointer.ts';
import { notFound, type Reply, show, tell } from '../chat/reply.ts';
import type { Action, Call, Command } from '../chat/slice.ts';
import { reach, roleOf } from '../people/index.ts';
import { cut } from '../text/cut.ts';
import type { Words } from '../text/words.ts';
import { listCard } from './cards.ts';
import type { WithStores } from './needs.ts';
import { type Period, readPeriod, usualPeriod } from './period.ts';
import type { Search } from './store.ts';

/** Visits on one page of a list. */
const pageSize = 10;

/** What a list shows; it travels in the button that leads to the next page. */
interface Listing {
  of: 'mine' | 'person' | 'account';
  id: string | null;
  period: Period | null;
  skip: number;
}

const day = z.string().regex(/^-?\d{4,6}-\d{2}-\d{2}$/);
const listingText = z.tuple([
  z.enum(['mine', 'person', 'account']),
  z.union([z.literal(''), z.uuid()]),
  z.union([z.literal(''), day]),
  z.union([z.literal(''), day]),
  z.coerce.number().int().min(0).max(100_000),
]);

/** A listing as a button carries it. */
export const writeListing = ({ of, id, period, skip }: Listing): string =>
  [of, id ?? '', period?.from.toString() ?? '', period?.to.toString() ?? '', skip].join(' ');

/** Reads what a button carries; null when it is none of ours. */
export function readListing(about: string | undefined): Listing | null {
  const read = listingText.safeParse(about?.split(' '));
  if (!read.success) return null;
  const [of, id, from, to, skip] = read.data;
  if (of !== 'mine' && id === '') return null;
  try {
    const period = from && to ? { from: Temporal.PlainDate.from(from), to: Temporal.PlainDate.from(to) } : null;
    return { of, id: id || null, period, skip };
  } catch {
    return null;
  }
}

/** Whose visits a person may see. A manager reads along in the teams that they merely belong to. */
export function seenBy({ me }: Pick<Call, 'me'>): Search['seenBy'] {
  const far = reach(me, 'visit.read');
  if (far === 'all') return 'all';
  const teams = roleOf(me) === 'salesManager' ? [...me.manages, ...me.memberOf] : me.memberOf;
  return { personId: me.id, teamIds: far === 'team' ? teams : [] };
}

/** Looking visits up: one's own, a colleague's, a customer's. */
export function createListing({ store, people, accounts }: WithStores) {
  async function page(call: Call, listing: Listing): Promise<Reply> {
    const { organizationId, id: me } = call.me;
    const { of, id, period } = listing;
    const title = await titleOf(call, listing);
    if (title === null) return notFound(call);
    const search = (skip: number) =>
      store.search(organizationId, {
        ...(of === 'account' && id ? { accountId: id } : { personId: of === 'person' && id ? id : me }),
        ...(period ? { period } : {}),
        seenBy: seenBy(call),
        limit: pageSize + 1,
        skip,
      });
    let { skip } = listing;
    let found = await search(skip);
    // Visits were taken back since the page before was read: that one, or else the first, is what is left.
    for (const earlier of [skip - pageSize, 0]) {
      if (found.length > 0 || earlier < 0 || earlier >= skip) continue;
      skip = earlier;
      found = await search(skip);
    }
    const next = { does: 'visits.page', about: writeListing({ ...listing, skip: skip + pageSize }) };
    const visits = found.slice(0, pageSize);
    const shown = { title, period, visits, from: skip + 1, next: found.length > pageSize ? next : null };
    return show(listCard(shown, call));
  }

  async function titleOf({ me, text }: Call, { of, id }: Listing): Promise<Words | null> {
    if (of === 'mine' || id === null || id === me.id) return text.words('visits.list.mine');
    if (of === 'person') {
      const person = (await people.people(me.organizationId, [id])).get(id);
      return person ? text.words('visits.list.of', { who: { person: id, name: person.name } }) : null;
    }
    const name = (await accounts.named(me.organizationId, [id])).get(id);
    return name === undefined ? null : text.words('visits.list.at', { account: { strong: name } });
  }

  /** `visits [person|customer] [period]`. */
  async function list(call: Call, words: string): Promise<Reply> {
    const { text, today } = call;
    const { rest, period } = readPeriod(words, today);
    const asked = period ?? usualPeriod(today);
    const who = rest.trim();
    if (who === '' || ['me', 'my', 'mine', '我', '我的'].includes(who.toLowerCase())) {
      return page(call, { of: 'mine', id: null, period: asked, skip: 0 });
    }
    const [colleagues, leading] = await Promise.all([
      people.findByName(call.me.organizationId, who),
      accounts.leading(call, who),
    ]);
    // Words behind a customer's name mean that it is not the name of the customer.
    const exact = leading.filter((one) => one.rest.trim() === '').map(({ account }) => account);
    const customers = exact.length > 0 || colleagues.length > 0 ? exact : await accounts.suggest(call, who, 5);
    const [customer] = customers;
    const [colleague] = colleagues;
    if (customers.length === 1 && colleagues.length === 0 && customer) {
      return page(call, { of: 'account', id: customer.id, period: period ?? null, skip: 0 });
    }
    if (colleagues.length === 1 && customers.length === 0 && colleague) {
      return page(call, { of: 'person', id: colleague.id, period: asked, skip: 0 });
    }
    const said = cut(who, 60);
    if (customers.length + colleagues.length === 0) return tell(text.words('visits.list.unknown', { words: said }));
    return several(call, said, { customers, colleagues }, period);
  }

  /** Which of them? Each with a button that leads to its visits. */
  function several(
    { text }: Call,
    words: string,
    found: {
      customers: readonly { id: string; name: string }[];
      colleagues: readonly { id: string; name: string }[];
    },
    period: Period | null,
  ): Reply {
    const choices = [
      ...found.colleagues.map((one) => ({ ...one, of: 'person' as const })),
      ...found.customers.map((one) => ({ ...one, of: 'account' as const })),
    ];
    const items = choices.slice(0, pageSize).map(({ of, id, name }) => ({
      words: of === 'person' ? { person: id, name } : { strong: name },
      buttons: [
        {
          label: text.plain('visits.card.open'),
          spoken: `${text.plain('visits.card.open')}: ${name}`,
          does: 'visits.page',
          about: writeListing({ of, id, period, skip: 0 }),
        },
      ],
    }));
    const left = choices.length - items.length;
    const more = left > 0 ? { more: text.words('chat.more', { count: left }) } : {};
    return show({ title: text.words('visits.list.several', { words }), body: [{ kind: 'list', items, ...more }] });
  }

  const commands: Command[] = [
    { words: ['visits', '拜访'], usage: 'visits.list.usage', help: 'visits.list.help', run: list },
  ];
  const buttons: Action[] = [
    {
      name: 'visits.page',
      run: (call, about) => {
        const listing = readListing(about);
        return listing ? page(call, listing) : Promise.resolve(notFound(call));
      },
    },
    {
      name: 'visits.ofAccount',
      run: (call, about) =>
        isPointer(about)
          ? page(call, { of: 'account', id: about, period: null, skip: 0 })
          : Promise.resolve(notFound(call)),
    },
  ];
  return { commands, actions: buttons };
}
