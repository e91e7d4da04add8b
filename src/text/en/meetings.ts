/** What is said of meetings and how they are set up. */
export const meetings = {
  'meetings.kind.morning': 'Morning meeting',
  'meetings.kind.evening': 'Evening meeting',
  'meetings.kind.sales': 'Sales meeting',
  'meetings.kind.own': 'Meeting',
  'meetings.question.today': 'Which customers do you see today, and what do you want from each?',
  'meetings.question.inTheWay': 'What is in your way?',
  'meetings.question.howDidItGo': 'How did it go?',
  'meetings.question.whatNext': 'What comes next?',
  'meetings.question.agenda': 'What should we talk about?',
  'meetings.question.anything': 'What should the others know?',
};
