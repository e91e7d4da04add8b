/** What the little server says to whoever opens an address of it. */
export const web = {
  'web.gone.title': 'This link does not work',
  'web.gone.words':
    'It may have been copied only in part, have run out, or been taken back. Please ask the person who sent it to you for a new one.',
  'web.tooMany.title': 'One moment, please',
  'web.tooMany.words': 'This page was opened very often in a short time. Please try again in a minute.',
  'web.tooLarge.title': 'That is too much text',
  'web.tooLarge.words': 'Nothing was saved. Please go back, shorten your text and send it again.',
  'web.unreadable.title': 'This could not be read',
  'web.unreadable.words': 'Nothing was saved. Please open the link again and send the form from there.',
  'web.broken.title': 'Something went wrong on our side',
  'web.broken.words': 'Please go back and try again in a few minutes: what you typed is still in your browser.',
  'web.busy.title': 'We cannot answer right now',
  'web.busy.words': 'Please go back and try again in a few minutes: what you typed is still in your browser.',
  'web.code': 'Code: {code}',
} as const;
