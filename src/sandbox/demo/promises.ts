/** What people write in the morning and in the evening; the customers they see come from their visits. */
export const desk = {
  /** With a customer. */
  about: [
    'finish the offer',
    'call about the open order',
    'send the drift report',
    'minutes of the last visit',
    'confirm the delivery date',
    'plan the trial with the application team',
    'check the open invoices',
  ],
  alone: ['Forecast for the quarter', 'Travel expenses', 'Call with the lab', 'Prepare the sales meeting'],
  went: [
    'Good talks, one offer still to write.',
    'More calls than planned, the report has to wait.',
    'The CFO came by for ten minutes and asked the right questions.',
    'Quiet day, caught up with the offers.',
    'Long drive, short meeting, clear next step.',
  ],
  next: ['The offer goes out first thing.', 'Ask logistics for the date.', 'Prepare the review.', 'Nothing special.'],
};

/** What was in somebody's way: whose it is, weekdays ago, and when it was out of the way. */
export const inTheWay = [
  { member: 2, ago: 16, text: 'No Italian price list yet', gone: 12 },
  { member: 1, ago: 4, text: 'The demo probe is still in the lab', gone: null },
] as const;
