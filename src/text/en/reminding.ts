/** What those read who have not answered yet. */
export const reminding = {
  'reminding.words': '{meeting} still waits for your answer, until {until}. A line is enough.',
  'reminding.answer': 'Answer',
  'reminding.skip': 'Skip',
};
