import type { Card } from '../chat/card.ts';
import type { Text } from '../text/text.ts';
import type { Words } from '../text/words.ts';
import type { Reader } from './cards.ts';
import type { Named, Survey } from './survey.ts';

const strong = (words: Words): Words => ({ strong: words });

/** The private message that somebody does not want to be asked any more; who it was is asked where the link did not say. */
export function refusedCard(survey: Pick<Survey, 'account' | 'contact'>, text: Text): Card {
  const account = strong(survey.account.name);
  if (survey.contact !== null) {
    return {
      title: text.words('surveys.told.refusedBy', { contact: survey.contact.name, account }),
      body: [{ kind: 'words', words: text.words('surveys.told.refusedWords') }],
    };
  }
  const button = { label: text.plain('surveys.button.whoRefused'), opens: 'surveys.silence', about: survey.account.id };
  return {
    title: text.words('surveys.told.refusedLink', { account }),
    body: [
      { kind: 'words', words: text.words('surveys.told.refusedLinkWords') },
      { kind: 'buttons', buttons: [button] },
    ],
  };
}

/** It is written down that somebody does not want to be asked. */
export function silencedCard({ id, account, contact }: Silenced, text: Text): Card {
  const name = strong(account.name);
  return {
    title:
      contact === null
        ? text.words('surveys.silenced.title', { account: name })
        : text.words('surveys.silenced.titleTo', { contact: contact.name, account: name }),
    body: [
      { kind: 'words', words: text.words('surveys.silenced.words') },
      {
        kind: 'buttons',
        buttons: [{ label: text.plain('surveys.button.unsilence'), does: 'surveys.unsilence', about: id }],
      },
    ],
  };
}

/** They may be asked again. */
export const unsilencedCard = ({ account, contact }: Silenced, text: Text): Card => ({
  title:
    contact === null
      ? text.words('surveys.unsilenced.title', { account: strong(account.name) })
      : text.words('surveys.unsilenced.titleTo', { contact: contact.name, account: strong(account.name) }),
  body: [
    { kind: 'words', words: text.words('surveys.unsilenced.words') },
    {
      kind: 'buttons',
      buttons: [{ label: text.plain('surveys.button.ask'), opens: 'surveys.ask', about: account.id }],
    },
  ],
});

interface Silenced {
  id: string;
  account: Named;
  /** Null: nobody of the account is asked. */
  contact: Named | null;
}

/** A link, with words to copy in the customer's language. Only who asked sees it. */
export function linkCard(
  survey: Survey,
  reader: Reader,
  given: { link: string; preview: string; inTheirs: Text; company: string },
): Card {
  const { text, timeZone } = reader;
  const { link, preview, inTheirs, company } = given;
  const until = survey.expiresAt === null ? '' : text.moment(survey.expiresAt, timeZone);
  const about = `${survey.id} ${survey.linkVersion}`;
  const greeting =
    survey.contact === null
      ? inTheirs.plain('surveys.message.greeting')
      : inTheirs.plain('surveys.message.greetingTo', { contact: survey.contact.name });
  const message = `${greeting}\n${inTheirs.plain('surveys.message.words', { company })}\n${link}`;
  const account = strong(survey.account.name);
  const title =
    survey.contact === null
      ? text.words('surveys.link.title', { account })
      : text.words('surveys.link.titleTo', { contact: survey.contact.name, account });
  return {
    title,
    body: [
      { kind: 'words', words: text.words('surveys.link.words') },
      { kind: 'divider' },
      { kind: 'words', words: message },
      { kind: 'divider' },
      { kind: 'note', words: text.words('surveys.link.until', { until }) },
      {
        kind: 'buttons',
        buttons: [
          { label: text.plain('surveys.button.open'), link: preview },
          {
            label: text.plain('surveys.button.revoke'),
            does: 'surveys.revoke',
            about,
            look: 'danger',
            confirm: {
              title: text.plain('surveys.revoke.title'),
              words: text.plain('surveys.revoke.words'),
              yes: text.plain('surveys.button.revoke'),
              no: text.plain('surveys.revoke.no'),
            },
          },
        ],
      },
    ],
  };
}

/** A link that is no longer good. */
export function revokedCard(survey: Survey, text: Text): Card {
  return {
    title: text.words('surveys.revoked.title', { account: strong(survey.account.name) }),
    body: [
      { kind: 'words', words: text.words('surveys.revoked.words') },
      {
        kind: 'buttons',
        buttons: [{ label: text.plain('surveys.button.ask'), opens: 'surveys.ask', about: survey.account.id }],
      },
    ],
  };
}
